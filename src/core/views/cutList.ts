import * as l10n from '@vscode/l10n';
import type { ServerModels } from '../models/serverModels';
import { numberText } from '../../language/numbers';

/** That a server's list was cut, such as `the first 1,000 of 1,240`; undefined for a whole list. */
export function cutText({ models, leftOut = 0 }: ServerModels): string | undefined {
  if (leftOut === 0) return undefined;
  const count = numberText(models.length);
  if (leftOut === 'more') return l10n.t('the first {count}; the server has more', { count });
  return l10n.t('the first {count} of {all}', { count, all: numberText(models.length + leftOut) });
}
