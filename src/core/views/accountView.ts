import { addressText, hostOf } from '../base/origin';
import type { Account } from '../credentials/account';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import type { Action } from './action';

/** A credential that is stored, without its secret, and what may mend it. */
export function accountView(account: Account, { credential }: Pick<Snapshot, 'credential'>) {
  const what = account.method === 'qwen-oauth' ? hostOf(account.issuer) : keyEnding(account.key?.last4);
  return {
    id: account.id,
    label: accountLabel(account),
    detail: `${what} · ${addressText(account.baseUrl)}`,
    active: credential?.account?.id === account.id,
    actions: mendingActions(account),
    ...STATUS[account.status],
  };
}

/** A button that asks the server of an account once more. */
type Again = { readonly label: string; readonly intent: { readonly type: 'tryAgain'; readonly account: string } };

/**
 * What the person may do where the server has not taken what is stored: the same once more, or another key or address.
 */
function mendingActions(account: Account): readonly (Action | Again)[] {
  if (account.method === 'qwen-oauth' || account.status === 'verified') return [];
  const { method, provider, region, baseUrl, baseUrlFrom, key } = account;
  const place = { method, provider, ...(region && { region }), ...(baseUrlFrom === 'typed' && { baseUrl }) };
  const edit: Action = { label: key ? 'Replace key…' : 'Edit…', intent: { type: 'showMethod', ...place } };
  if (key && account.status === 'refused') return [edit];
  return [{ label: 'Try again', intent: { type: 'tryAgain', account: account.id } }, edit];
}

const STATUS = {
  verified: { status: 'Signed in', tone: 'good' },
  unverified: { status: 'Not verified', tone: 'warning' },
  offline: { status: 'Not renewed', tone: 'warning' },
  ended: { status: 'Ended', tone: 'bad' },
  refused: { status: 'Key refused', tone: 'bad' },
} as const;

function keyEnding(last4: string | undefined): string {
  if (last4 === undefined) return 'no key';
  return last4 ? `key ends in ${last4}` : 'key saved';
}
