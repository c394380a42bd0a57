import * as l10n from '@vscode/l10n';
import { hostOf } from '../base/origin';
import type { Snapshot } from '../session/snapshot';

/** How the model in use was chosen, where nobody chose it from a server's list: `the first chat model in the list of …`. */
export function modelChoiceText({ candidates }: Pick<Snapshot, 'candidates'>): string | undefined {
  const [inUse] = candidates;
  if (inUse?.chosenBy !== 'signIn' && inUse?.chosenBy !== 'first') return undefined;
  const host = hostOf(inUse.model.baseUrl);
  const { kind, name } = inUse.model.source;
  // The catalogue's first model is a recommendation.
  return kind === 'catalogue' && name === `${host}/models`
    ? l10n.t('the first chat model in the list of {0}', host)
    : undefined;
}
