import * as l10n from '@vscode/l10n';
import { RequestError } from '../base/errors';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import type { Problem } from './action';
import { inertText } from './inertText';
import { joinSentences } from '../../language/joinSentences';

/**
 * The problem of a request to a model that need not be the one in use:
 * with the model's name, and whose key it was asked with.
 */
export function withAskedModel(
  problem: Problem,
  error: unknown,
  { selected, credential }: Pick<Snapshot, 'selected' | 'credential'>,
): Problem {
  if (!(error instanceof RequestError) || error.role !== 'modelServer' || !selected) return problem;
  return { ...problem, cause: joinSentences(problem.cause, askedText(inertText(selected.name), credential)) };
}

function askedText(model: string, credential: Snapshot['credential']): string {
  const { account, source } = credential ?? {};
  if (account) return l10n.t('The model was {model}, with {account}.', { model, account: accountLabel(account) });
  const variable = source?.name;
  return variable
    ? l10n.t('The model was {model}, with the variable {variable}.', { model, variable })
    : l10n.t('The model was {0}.', model);
}
