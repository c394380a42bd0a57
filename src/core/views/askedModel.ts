import { RequestError } from '../base/errors';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import type { Problem } from './action';
import { inertText } from './inertText';

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
  const { account, source } = credential ?? {};
  const who = account ? accountLabel(account) : source?.name && `the variable ${source.name}`;
  const asked = `The model was ${inertText(selected.name)}${who ? `, with ${who}` : ''}.`;
  return { ...problem, cause: problem.cause ? `${problem.cause} ${asked}` : asked };
}
