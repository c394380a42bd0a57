import * as l10n from '@vscode/l10n';
import { RequestError } from '../base/errors';
import { isUsable } from '../credentials/account';
import { consentFor } from '../credentials/consent';
import { resolveCredential } from '../credentials/resolve';
import { hostOf } from '../base/origin';
import { fullWindowFor } from '../limits/fullWindows';
import { accountLabel, defaultModel } from '../models/modelList';
import type { Model } from '../providers/model';
import type { Snapshot } from '../session/snapshot';
import type { Action, Problem } from './action';

/** What has to be known to go on elsewhere. */
export type Accounts = Pick<Snapshot, 'selected' | 'accounts' | 'models' | 'full' | 'configuration'>;

/**
 * The button to a model of another account or key that can answer, as far as is known, where what one was
 * asked with has nothing left: the same model where it has that, else the one that a sign-in to it chooses, else its
 * first. Accounts come first.
 * Undefined where there is none.
 */
export function elsewhere(baseUrl: string, about: Accounts): Action | undefined {
  const { selected, accounts, models } = about;
  const able = models.filter((model) => model.baseUrl !== baseUrl && canAnswer(model, about));
  for (const place of new Set([...accounts.filter(isUsable), ...able].map((one) => one.baseUrl))) {
    const here = able.filter((model) => model.baseUrl === place);
    const account = accounts.find((one) => one.baseUrl === place);
    const usual = account ? defaultModel(account, here) : undefined;
    const model = here.find(({ id }) => id === selected?.id) ?? usual ?? here[0];
    if (!model) continue;
    const intent = { type: 'switchModel', id: model.id, baseUrl: model.baseUrl } as const;
    return { label: l10n.t('Use {0}', account ? accountLabel(account) : hostOf(place)), intent };
  }
  return undefined;
}

/** Whether a model has something left, and a credential that may go to its server without a question. */
function canAnswer(model: Model, { accounts, full, configuration: { variables } }: Accounts): boolean {
  const credential = resolveCredential(model, { accounts, variables });
  if (!credential || fullWindowFor(full, { model, credential })) return false;
  if (credential.account) return isUsable(credential.account);
  const isNothing = credential.kind === 'key' && credential.key === undefined;
  return !isNothing && consentFor(undefined, credential, model) === 'notNeeded';
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
