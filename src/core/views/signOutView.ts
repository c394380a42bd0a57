import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { addressText, hostOf } from '../base/origin';
import type { Account } from '../credentials/account';
import type { Restored } from '../credentials/trash';
import { accountLabel } from '../models/modelList';
import type { Snapshot } from '../session/snapshot';
import { joinSentences } from '../../language/joinSentences';
import { longListText } from '../../language/listText';
import { credentialName } from './credentialName';

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
      description: [addressText(account.baseUrl), keyEnding(account), isInUse(account) && l10n.t('in use')]
        .filter(Boolean)
        .join(' · '),
    })),
    ...unreadable.map((id) => ({ ids: [id], label: id, description: l10n.t('cannot be read') })),
  ];
  if (rows.length < 2) return rows;
  const all = {
    ids: rows.flatMap(({ ids }) => ids),
    label: l10n.t('All of them'),
    description: l10n.t('{0} sign-ins', rows.length),
  };
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
  const title =
    ids.length > 1
      ? l10n.t('Sign out of everything?')
      : l10n.t('Sign out of {0}?', (only ? accountLabel(only) : broken[0]) ?? '');
  const lost = [...keys.map(storedText), ...broken.map(brokenText)];
  const removed =
    lost.length > 1
      ? `${l10n.t('This removes from the keychain:')}\n\n${lost.map((text) => `• ${text}`).join('\n')}`
      : l10n.t('This removes {0} from the keychain.', lost[0] ?? '');
  const again =
    keys.length > 0 ? l10n.t('You can undo it for half a minute. After that, signing in again needs the key.') : '';
  const detail = lost.length > 1 ? [removed, again].filter(Boolean).join('\n\n') : joinSentences(removed, again);
  return { title, detail };
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
  if (texts.length === 0) return l10n.t('Nothing was stored, so nothing had to be forgotten.');
  const wasInUse = accounts.some(({ id }) => id === before.credential?.account?.id);
  return joinSentences(l10n.t('Forgotten: {0}.', longListText(texts)), wasInUse ? inUseText(after) : undefined);
}

/** What an *Undo* came to: which accounts are back, and what they took the place of. */
export function restoredText(restored: readonly (Restored | undefined)[]): string {
  const back = restored.flatMap((one) => one ?? []);
  const isLate = back.length < restored.length;
  const texts = back.map(({ account, replaced }) => {
    const text = account ? storedText(account) : l10n.t('what cannot be read');
    return replaced?.account
      ? l10n.t('{text}, in the place of {replaced}', { text, replaced: storedText(replaced.account) })
      : text;
  });
  return joinSentences(
    texts.length > 0 ? l10n.t('Back again: {0}.', longListText(texts)) : undefined,
    isLate ? l10n.t('The time to undo is over: what you signed out of is destroyed. Sign in again.') : undefined,
  );
}

/** What is said where the time to undo is over, and what was signed out of cannot be destroyed for that reason. */
export function notDestroyedText(error: unknown): string {
  const why = error instanceof ConfigurationError ? error.message : undefined;
  return joinSentences(
    l10n.t('You are signed out, but what was stored of it could not be destroyed yet.'),
    why,
    l10n.t('It is tried again when something is stored, and when VS Code starts.'),
  );
}

/** What a new sign-in replaced; undefined for what could not be read. */
export function replacedText(account: Account | undefined): string {
  return l10n.t('It replaces {0}.', account ? storedText(account) : l10n.t('one that could not be read'));
}

function storedText(account: Account): string {
  if (account.method === 'qwen-oauth') return l10n.t('the sign-in at {0}', hostOf(account.issuer));
  if (!account.key) return l10n.t('the server {0}', hostOf(account.baseUrl));
  const label = accountLabel(account);
  return account.key.last4
    ? l10n.t('the {account} key that ends in {ending}', { account: label, ending: account.key.last4 })
    : l10n.t('the {0} key', label);
}

function forgottenText(account: Account): string {
  const text = storedText(account);
  return account.file ? l10n.t('{0}, which Qwen Code shared: it is signed out too', text) : text;
}

function brokenText(id: string): string {
  return l10n.t('the unreadable entry {0}', id);
}

function inUseText({ selected, credential }: Pick<Snapshot, 'selected' | 'credential'>): string {
  if (!selected || !credential) return l10n.t('No model is in use now.');
  const about = { model: selected.name, host: hostOf(selected.baseUrl), key: credentialName(credential) };
  return l10n.t('In use now: {model} at {host}, with {key}.', about);
}

function keyOf(account: Account) {
  return account.method === 'qwen-oauth' ? undefined : account.key;
}

function keyEnding(account: Account): string | undefined {
  const last4 = keyOf(account)?.last4;
  return last4 && l10n.t('key ends in {0}', last4);
}
