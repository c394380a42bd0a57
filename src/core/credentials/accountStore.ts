import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { isRecord, parseJson, stringIn } from '../base/json';
import { readStoredTokens, storeTokens } from '../oauth/tokenSet';
import type { SecretStore } from '../base/ports';
import { Secret } from '../base/secret';
import { type Account, type AccountStatus, OAUTH_ACCOUNT } from './account';

/** What the key of an account's record begins with; its id follows. */
export const RECORD_PREFIX = 'account/';

/** The key of the one OAuth sign-in's record. */
export const OAUTH_RECORD = RECORD_PREFIX + OAUTH_ACCOUNT;

/** What the key of the keychain's own record begins with while another sign-in is shared; the account's id follows. */
export const HIDDEN_RECORD_PREFIX = 'hidden/';

/** A store did not write: the entry has changed since it was read under the lock. */
export class RecordChanged extends Error {
  override readonly name = 'RecordChanged';
}

/** A record is too large for the store; the store is unchanged. */
export class RecordTooLarge extends ConfigurationError {}

/** A store can never open what it holds. The next record begins a new file beside it. */
export class RecordsClosed extends ConfigurationError {}

/** What the keychain holds: the accounts that can be read, and a problem for each record that cannot. */
export interface StoredAccounts {
  readonly accounts: readonly Account[];
  /** The ids of records that cannot be read. */
  readonly unreadable: readonly string[];
  readonly problems: readonly ConfigurationError[];
}

/**
 * Reads every account. A record that cannot be read stays where it is.
 * Throws `ConfigurationError` where the keychain fails.
 */
export async function listAccounts(secrets: SecretStore): Promise<StoredAccounts> {
  const keys = (await reach(() => secrets.keys())).filter((key) => key.startsWith(RECORD_PREFIX)).sort();
  const read = await Promise.all(
    keys.map(async (key) => {
      const id = key.slice(RECORD_PREFIX.length);
      return { id, account: await readAccount(secrets, id) };
    }),
  );
  return {
    accounts: read.flatMap(({ account }) => (account && !(account instanceof ConfigurationError) ? [account] : [])),
    unreadable: read.flatMap(({ id, account }) => (account instanceof ConfigurationError ? [id] : [])),
    problems: read.flatMap(({ account }) => (account instanceof ConfigurationError ? [account] : [])),
  };
}

/** The account of that id as it is in the keychain now; undefined where there is none that can be read. */
export async function findAccount(secrets: SecretStore, id: string): Promise<Account | undefined> {
  const account = await readAccount(secrets, id);
  return account instanceof ConfigurationError ? undefined : account;
}

/** Stores an account and reads it back to be sure. Throws `ConfigurationError` where it was not kept. */
export async function saveAccount(secrets: SecretStore, account: Account): Promise<void> {
  const record = writeRecord(account);
  await reach(() => secrets.store(RECORD_PREFIX + account.id, record));
  if ((await reach(() => secrets.get(RECORD_PREFIX + account.id))) !== record)
    throw keychainError(l10n.t('did not keep what was saved'));
}

/** Deletes an account, and returns it as it was. Throws `ConfigurationError` where the keychain fails. */
export async function deleteAccount(secrets: SecretStore, id: string): Promise<Account | undefined> {
  const turn = async (): Promise<Account | undefined> => {
    const last = await findAccount(secrets, id).catch(() => undefined);
    await reach(() => secrets.delete(RECORD_PREFIX + id));
    return last;
  };
  return await locked(secrets, id, () => inTurn(secrets, turn));
}

/**
 * Stores what `change` makes of an account as it is now; undefined leaves it. Nobody else writes between reading and
 * writing, so that nothing forgotten or renewed comes back. Returns what is stored afterwards.
 */
export async function changeAccount(
  secrets: SecretStore,
  id: string,
  change: (current: Account | undefined) => Account | undefined,
): Promise<Account | undefined> {
  const turn = async (): Promise<Account | undefined> => {
    const current = await findAccount(secrets, id).catch(unlessClosed);
    const next = change(current);
    try {
      if (next) await saveAccount(secrets, next);
    } catch (error) {
      if (error instanceof RecordChanged) return await turn();
      throw error;
    }
    return next ?? current;
  };
  return await locked(secrets, id, () => inTurn(secrets, turn));
}

/**
 * Works on an account under the lock that is shared with other programs. Never call it while the store's own lock is
 * held.
 */
export async function locked<T>(secrets: SecretStore, id: string, work: () => Promise<T>): Promise<T> {
  return await (secrets.locked ? secrets.locked(work, RECORD_PREFIX + id) : work());
}

const turns = new WeakMap<SecretStore, Promise<unknown>>();

async function inTurn<T>(secrets: SecretStore, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(secrets) ?? Promise.resolve()).then(work, work);
  turns.set(
    secrets,
    turn.catch(() => undefined),
  );
  return await turn;
}

/** Records that cannot be opened must not prevent a new sign-in. */
function unlessClosed(error: unknown): undefined {
  if (!(error instanceof RecordsClosed)) throw error;
}

async function readAccount(secrets: SecretStore, id: string): Promise<Account | ConfigurationError | undefined> {
  const key = RECORD_PREFIX + id;
  const file = secrets.fileOf?.(key);
  try {
    const text = await reach(() => secrets.get(key));
    if (text === undefined) return undefined;
    const account = readRecord(id, text);
    return account ? { ...account, ...(file && { file }) } : unreadableRecord(id);
  } catch (error) {
    // A broken file affects the one account in it only.
    if (file && error instanceof ConfigurationError && 'file' in error.where && error.where.file === file) return error;
    throw error;
  }
}

/** An account as a record: the same text for the same account. */
export function writeRecord(account: Account): string {
  if (account.method !== 'qwen-oauth') return JSON.stringify({ ...account, key: account.key?.reveal() });
  const { id, method, status, baseUrl, issuer, tokenEndpoint, clientId, model } = account;
  const tokens = storeTokens(account.tokens);
  return JSON.stringify({ id, method, status, baseUrl, issuer, tokenEndpoint, clientId, tokens, model });
}

/** The account of a record; undefined where it is not one. */
export function readRecord(id: string, text: string): Account | undefined {
  const json = parseJson(text);
  const baseUrl = stringIn(json, 'baseUrl');
  if (!isRecord(json) || !baseUrl || !URL.canParse(baseUrl)) return undefined;
  const stored = { id, baseUrl, status: readStatus(json['status']) };
  const method = json['method'];
  if (method === 'qwen-oauth') {
    const issuer = stringIn(json, 'issuer');
    const tokenEndpoint = stringIn(json, 'tokenEndpoint');
    const clientId = stringIn(json, 'clientId');
    const tokens = readStoredTokens(json['tokens']);
    const model = stringIn(json, 'model');
    return issuer && tokenEndpoint && clientId && tokens
      ? { ...stored, method, issuer, tokenEndpoint, clientId, tokens, ...(model && { model }) }
      : undefined;
  }
  const provider = stringIn(json, 'provider');
  if ((method !== 'coding-plan' && method !== 'api-key') || !provider) return undefined;
  const key = stringIn(json, 'key');
  const from = json['baseUrlFrom'];
  const name = stringIn(json, 'name');
  return {
    ...stored,
    method,
    provider,
    region: stringIn(json, 'region') ?? '',
    key: key ? new Secret(key) : undefined,
    keyHeader: json['keyHeader'] === 'api-key' ? 'api-key' : 'authorization',
    baseUrlFrom: from === 'settings' || from === 'typed' ? from : 'catalogue',
    ...(name && { name }),
  };
}

/** A status as it was stored. */
export function readStatus(value: unknown): AccountStatus {
  return value === 'verified' || value === 'ended' || value === 'refused' || value === 'offline' ? value : 'unverified';
}

function unreadableRecord(id: string): ConfigurationError {
  return new ConfigurationError(
    { part: `keychain entry ${id}` },
    l10n.t(
      'The keychain entry for {id} cannot be read by this version. ' +
        'Sign in again to replace it, or sign out to forget it.',
      { id },
    ),
  );
}

async function reach<T>(use: () => PromiseLike<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    // A store that is a file has the more exact error.
    if (error instanceof ConfigurationError || error instanceof RecordChanged) throw error;
    throw keychainError(l10n.t('cannot be reached'));
  }
}

/** The error for a keychain that fails as a whole: it `cannot be reached`, or `did not keep what was saved`. */
export function keychainError(what: string): ConfigurationError {
  return new ConfigurationError(
    { part: 'keychain' },
    l10n.t(
      'The keychain of this system {what}, so nothing can be stored safely. Unlock or set it up, then try again.',
      { what },
    ),
  );
}
