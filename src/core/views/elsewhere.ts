import { RequestError } from '../base/errors';
import { isUsable } from '../credentials/account';
import { hostOf } from '../base/origin';
import { fullWindowFor } from '../limits/fullWindows';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import type { Action, Problem } from './action';

/** What has to be known to go on elsewhere. */
export type Accounts = Pick<Snapshot, 'selected' | 'accounts' | 'models' | 'full'>;

/**
 * The button to a model of another account that can answer, as far as is known, where what one was asked with has nothing
 * left: the same model where that account has it, else its first. Undefined where there is no such account.
 */
export function elsewhere(baseUrl: string, { selected, accounts, models, full }: Accounts): Action | undefined {
  for (const account of accounts.filter((one) => one.baseUrl !== baseUrl && isUsable(one))) {
    const free = models.filter((model) => model.baseUrl === account.baseUrl && !fullWindowFor(full, model));
    const model = free.find(({ id }) => id === selected?.id) ?? free[0];
    if (!model) continue;
    const intent = { type: 'switchModel', id: model.id, baseUrl: model.baseUrl } as const;
    return { label: `Use ${accountLabel(account)}`, intent };
  }
  return undefined;
}

/** The problem of an error, with the button to another account where the one that was asked has nothing left. */
export function withElsewhere(problem: Problem, error: unknown, snapshot: Accounts): Problem {
  const { selected } = snapshot;
  const { action } = problem;
  if (!(error instanceof RequestError) || !error.isUsedUp || action?.intent.type !== 'chooseModel') return problem;
  const wasAsked = selected !== undefined && hostOf(selected.baseUrl) === error.host;
  const other = wasAsked ? elsewhere(selected.baseUrl, snapshot) : undefined;
  return other ? { ...problem, action: other, others: [action] } : problem;
}
