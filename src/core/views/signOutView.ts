import { ConfigurationError } from '../base/errors';
import { addressText, hostOf } from '../base/origin';
import type { Account } from '../credentials/account';
import type { Restored } from '../credentials/trash';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';

/** A row of the list that asks what to sign out of. */
export interface SignOutRow {
  /** The account, or all of them, by id. */
  readonly ids: readonly string[];
  readonly label: string;
  readonly description: string;
}

/** What is stored, the account in use first, and a last row for all of it where there are two or more. */
export function signOutRows({ accounts, unreadable, credential }: Snapshot): readonly SignOutRow[] {
  const isInUse = ({ id }: Account): boolean => id === credential?.account?.id;
  const ordered = [...accounts.filter(isInUse), ...accounts.filter((account) => !isInUse(account))];
  const rows = [
    ...ordered.map((account) => ({
      ids: [account.id],
      label: accountLabel(account),
      description: [addressText(account.baseUrl), keyEnding(account), isInUse(account) && 'in use']
        .filter(Boolean)
        .join(' · '),
    })),
    ...unreadable.map((id) => ({ ids: [id], label: id, description: 'cannot be read' })),
  ];
  if (rows.length < 2) return rows;
  const all = { ids: rows.flatMap(({ ids }) => ids), label: 'All of them', description: `${rows.length} sign-ins` };
  return [...rows, all];
}

/** The question before a sign-out of these ids; undefined where nothing is lost that only the person has. */
export function signOutQuestion(
  ids: readonly string[],
  { accounts, unreadable }: Pick<Snapshot, 'accounts' | 'unreadable'>,
): { readonly title: string; readonly detail: string } | undefined {
  const keys = accounts.filter((account) => ids.includes(account.id) && keyOf(account) !== undefined);
  const broken = unreadable.filter((id) => ids.includes(id));
  if (keys.length + broken.length === 0) return undefined;
  const [only] = keys;
  const title = ids.length > 1 ? 'Sign out of everything?' : `Sign out of ${only ? accountLabel(only) : broken[0]}?`;
  const lost = [...keys.map(storedText), ...broken.map(brokenText)];
  const removed =
    lost.length > 1
      ? `This removes from the keychain:\n\n${lost.map((text) => `• ${text}`).join('\n')}\n\n`
      : `This removes ${lost[0]} from the keychain. `;
  return {
    title,
    detail: `${removed}${keys.length > 0 ? 'To sign in again, you have to enter the key again.' : ''}`.trim(),
  };
}

/** What was signed out of, and which model is in use in the place of the one before, if that is another one now. */
export function signedOutText(
  ids: readonly string[],
  before: Pick<Snapshot, 'accounts' | 'unreadable' | 'selected' | 'credential'>,
  after: Pick<Snapshot, 'selected' | 'credential'>,
): string {
  const accounts = before.accounts.filter(({ id }) => ids.includes(id));
  const broken = before.unreadable.filter((id) => ids.includes(id));
  const texts = [...accounts.map(forgottenText), ...broken.map(brokenText)];
  if (texts.length === 0) return 'Nothing was stored, so nothing had to be forgotten.';
  const wasInUse = accounts.some(({ id }) => id === before.credential?.account?.id);
  return [`Forgotten: ${texts.join('; ')}.`, ...(wasInUse ? [inUseText(after)] : [])].join(' ');
}

/** What an *Undo* came to: which accounts are back, and what they took the place of. */
export function restoredText(restored: readonly (Restored | undefined)[]): string {
  const back = restored.flatMap((one) => one ?? []);
  const isLate = back.length < restored.length;
  const texts = back.map(({ account, replaced }) => {
    const text = account ? storedText(account) : 'what cannot be read';
    return replaced?.account ? `${text}, in the place of ${storedText(replaced.account)}` : text;
  });
  return [
    ...(texts.length > 0 ? [`Back again: ${texts.join('; ')}.`] : []),
    ...(isLate ? ['The time to undo is over: what you signed out of is destroyed. Sign in again.'] : []),
  ].join(' ');
}

/** What is said where the time to undo is over, and what was signed out of cannot be destroyed for that reason. */
export function notDestroyedText(error: unknown): string {
  const why = error instanceof ConfigurationError ? error.message : undefined;
  const what = 'You are signed out, but what was stored of it could not be destroyed yet.';
  return [what, why, 'It is tried again when something is stored, and when VS Code starts.'].filter(Boolean).join(' ');
}

/** What a new sign-in replaced; undefined for what could not be read. */
export function replacedText(account: Account | undefined): string {
  return `It replaces ${account ? storedText(account) : 'one that could not be read'}.`;
}

function storedText(account: Account): string {
  if (account.method === 'qwen-oauth') return `the sign-in at ${hostOf(account.issuer)}`;
  if (!account.key) return `the server ${hostOf(account.baseUrl)}`;
  const ending = account.key.last4 ? ` that ends in ${account.key.last4}` : '';
  return `the ${accountLabel(account)} key${ending}`;
}

function forgottenText(account: Account): string {
  return account.file ? `${storedText(account)}, which Qwen Code shared: it is signed out too` : storedText(account);
}

function brokenText(id: string): string {
  return `the unreadable entry ${id}`;
}

function inUseText({ selected, credential }: Pick<Snapshot, 'selected' | 'credential'>): string {
  if (!selected || !credential) return 'No model is in use now.';
  const { account, source } = credential;
  const key = account ? accountLabel(account) : source.name ? `the variable ${source.name}` : 'no key';
  return `In use now: ${selected.name} at ${hostOf(selected.baseUrl)}, with ${key}.`;
}

function keyOf(account: Account) {
  return account.method === 'qwen-oauth' ? undefined : account.key;
}

function keyEnding(account: Account): string | undefined {
  const last4 = keyOf(account)?.last4;
  return last4 && `key ends in ${last4}`;
}
