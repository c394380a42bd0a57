import { type Disposable, Emitter } from '../base/events';
import type { SecretStore } from '../base/ports';
import { OAUTH_ACCOUNT, type OAuthAccount } from './account';
import { OAUTH_RECORD, readRecord, saveAccount } from './accountStore';

/** What the key of the keychain's own record begins with while another sign-in is shared; the account's id follows. */
export const HIDDEN_RECORD_PREFIX = 'hidden/';

const HIDDEN_RECORD = HIDDEN_RECORD_PREFIX + OAUTH_ACCOUNT;

/** The keychain, but for the OAuth sign-in while it is shared with Qwen Code: that is in Qwen Code's file then. */
export interface SharedSignIn extends SecretStore, Disposable {
  readonly isShared: boolean;
  /**
   * Begins or ends the sharing, and moves the sign-in along. Where both places have one, each keeps its own, and the
   * keychain's is back when the sharing ends. Throws `ConfigurationError` where it cannot be moved; then all is as before.
   */
  share(wanted: boolean): Promise<void>;
  /**
   * Moves Qwen Code's sign-in into the keychain, unverified, so that Qwen Code is signed out. False where there is none,
   * or one in the keychain. Throws like `share`.
   */
  takeOver(): Promise<boolean>;
}

/** Keeps the OAuth sign-in in one of two stores, to begin with in the keychain. */
export function createSharedSignIn(keychain: SecretStore, qwenCode: SecretStore): SharedSignIn {
  const changed = new Emitter<unknown>();
  let shared = false;
  let watching: Disposable | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const isQwenCodes = (key: string): boolean => shared && key === OAUTH_RECORD;
  const storeOf = (key: string): SecretStore => (isQwenCodes(key) ? qwenCode : keychain);
  /** All windows wait for each other at the keychain first, so that Qwen Code's own lock is held as shortly as can be. */
  const inBoth = <T>(work: () => Promise<T>): Promise<T> =>
    lockedIn(keychain, OAUTH_RECORD, () => lockedIn(qwenCode, OAUTH_RECORD, work));
  const settle = async (wanted: boolean): Promise<void> => {
    if (wanted === shared) return;
    const [from, to] = wanted ? [keychain, qwenCode] : [qwenCode, keychain];
    const become = (): void => {
      shared = wanted;
      watching?.dispose();
      watching = shared ? qwenCode.onDidChange((change) => changed.fire(change)) : undefined;
    };
    // With nothing to move nobody is waited for: a lock that somebody left behind would hold up the start.
    if ((await from.get(OAUTH_RECORD)) === undefined) become();
    else await inBoth(() => move(from, to).then(become));
    changed.fire(undefined);
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const following = keychain.onDidChange((change) => changed.fire(change));
  return {
    get isShared() {
      return shared;
    },
    share: (wanted) => inTurn(() => settle(wanted)),
    takeOver: () =>
      inTurn(async () => !shared && (await inBoth(() => move(qwenCode, keychain, { status: 'unverified' })))),
    keys: async () => {
      const keys = await keychain.keys();
      return shared ? [...keys.filter((key) => key !== OAUTH_RECORD), ...(await qwenCode.keys())] : keys;
    },
    get: async (key) => {
      if (key === HIDDEN_RECORD) return shared ? await keychain.get(OAUTH_RECORD) : undefined;
      return await storeOf(key).get(key);
    },
    store: async (key, value) => {
      if (key === HIDDEN_RECORD) await keychain.store(OAUTH_RECORD, value);
      else await storeOf(key).store(key, value);
    },
    // What is forgotten must not be back when the sharing ends.
    delete: async (key) => {
      if (isQwenCodes(key)) await qwenCode.delete(key);
      await keychain.delete(key);
    },
    onDidChange: changed.event,
    fileOf: (key) => storeOf(key).fileOf?.(key),
    locked: async (work, key) => {
      for (;;) {
        const before = isQwenCodes(key);
        // The sign-in may have moved while the lock was waited for: then it was the wrong one.
        const attempt = async () => (isQwenCodes(key) === before ? { value: await work() } : undefined);
        const done = await (before ? inBoth(attempt) : lockedIn(keychain, key, attempt));
        if (done) return done.value;
      }
    },
    dispose: () => {
      following.dispose();
      watching?.dispose();
      changed.dispose();
    },
  };
}

async function lockedIn<T>(store: SecretStore, key: string, work: () => Promise<T>): Promise<T> {
  return await (store.locked ? store.locked(work, key) : work());
}

/** Two programs with one refresh token would end each other's sign-in, so nothing is left behind. */
async function move(from: SecretStore, to: SecretStore, changes: Partial<OAuthAccount> = {}): Promise<boolean> {
  const [moved, there] = [await signInOf(from), await signInOf(to)];
  // What has ended gives way, and the same in both is a move that was cut short.
  if (!moved || (there && there.status !== 'ended' && !there.tokens.accessToken.equals(moved.tokens.accessToken))) {
    return false;
  }
  await saveAccount(to, { ...moved, ...changes });
  await from.delete(OAUTH_RECORD);
  return true;
}

async function signInOf(store: SecretStore): Promise<OAuthAccount | undefined> {
  const record = await store.get(OAUTH_RECORD);
  const account = record === undefined ? undefined : readRecord(OAUTH_ACCOUNT, record);
  return account?.method === 'qwen-oauth' ? account : undefined;
}
