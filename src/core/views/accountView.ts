import * as l10n from '@vscode/l10n';
import { addressText, hostOf } from '../base/origin';
import type { Account, KeyAccount } from '../credentials/account';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import type { Action } from './action';

/** A credential that is stored, without its secret, and what may mend it. */
export function accountView(account: Account, { credential }: Pick<Snapshot, 'credential'>) {
  const what = account.method === 'qwen-oauth' ? hostOf(account.issuer) : keyEnding(account.key?.last4);
  return {
    id: account.id,
    label: accountLabel(account),
    detail: what,
    address: addressText(account.baseUrl),
    active: credential?.account?.id === account.id,
    actions: mendingActions(account),
    ...replaceAction(account),
    ...STATUS[account.status],
  };
}

/** The way to another key where the account has one and nothing needs mending, as when a key is renewed in time. */
function replaceAction(account: Account): { readonly replace?: Action } {
  if (account.method === 'qwen-oauth' || account.status !== 'verified' || !account.key) return {};
  return { replace: editAction(account) };
}

/** Opens the form of the sign-in for the place of the account. */
function editAction({ method, provider, region, baseUrl, baseUrlFrom, key }: KeyAccount): Action {
  const place = { method, provider, ...(region && { region }), ...(baseUrlFrom === 'typed' && { baseUrl }) };
  return { label: key ? l10n.t('Replace key…') : l10n.t('Edit…'), intent: { type: 'showMethod', ...place } };
}

/** A button that asks the server of an account once more. */
type Again = { readonly label: string; readonly intent: { readonly type: 'tryAgain'; readonly account: string } };

/**
 * What the person may do where the server has not taken what is stored: the same once more, or another key or address.
 */
function mendingActions(account: Account): readonly (Action | Again)[] {
  if (account.method === 'qwen-oauth' || account.status === 'verified') return [];
  const edit = editAction(account);
  if (account.key && account.status === 'refused') return [edit];
  return [{ label: l10n.t('Try again'), intent: { type: 'tryAgain', account: account.id } }, edit];
}

const STATUS = {
  verified: { status: l10n.t('Signed in'), tone: 'good' },
  unverified: { status: l10n.t('Not verified'), tone: 'warning' },
  offline: { status: l10n.t('Not renewed'), tone: 'warning' },
  ended: { status: l10n.t('Ended'), tone: 'bad' },
  refused: { status: l10n.t('Key refused'), tone: 'bad' },
} as const;

function keyEnding(last4: string | undefined): string {
  if (last4 === undefined) return l10n.t('no key');
  return last4 ? l10n.t('key ends in {0}', last4) : l10n.t('key saved');
}
