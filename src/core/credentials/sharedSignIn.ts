import { type Disposable, Emitter } from '../base/events';
import type { SecretStore } from '../base/ports';
import { OAUTH_ACCOUNT, type OAuthAccount } from './account';
import { HIDDEN_RECORD_PREFIX, OAUTH_RECORD, readRecord, saveAccount } from './accountStore';

const HIDDEN_RECORD = HIDDEN_RECORD_PREFIX + OAUTH_ACCOUNT;

/** The keychain, but for the OAuth sign-in while it is shared with Qwen Code: that is in Qwen Code's file then. */
export class SharedSignIn implements SecretStore, Disposable {
  readonly #keychain: SecretStore;
  readonly #qwenCode: SecretStore;
  readonly #changed = new Emitter<unknown>();
  readonly #following: Disposable;
  #isShared = false;
  #watching: Disposable | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  readonly onDidChange = this.#changed.event;

  /** To begin with, the sign-in is in the keychain. */
  constructor(keychain: SecretStore, qwenCode: SecretStore) {
    this.#keychain = keychain;
    this.#qwenCode = qwenCode;
    this.#following = keychain.onDidChange((change) => this.#changed.fire(change));
  }

  get isShared(): boolean {
    return this.#isShared;
  }

  /**
   * Begins or ends the sharing, and moves the sign-in along. Where both places have one, each keeps its own, and the
   * keychain's is back when the sharing ends. Throws `ConfigurationError` where it cannot be moved; then all is as
   * before.
   */
  async share(wanted: boolean): Promise<void> {
    await this.#inTurn(() => this.#settle(wanted));
  }

  /**
   * Moves Qwen Code's sign-in into the keychain, unverified, so that Qwen Code is signed out. False where there is
   * none, or one in the keychain. Throws like `share`.
   */
  async moveToKeychain(): Promise<boolean> {
    const work = (): Promise<boolean> => move(this.#qwenCode, this.#keychain, { status: 'unverified' });
    return await this.#inTurn(async () => !this.#isShared && (await this.#inBoth(work)));
  }

  async keys(): Promise<readonly string[]> {
    const keys = await this.#keychain.keys();
    if (!this.#isShared) return keys;
    return [...keys.filter((key) => key !== OAUTH_RECORD), ...(await this.#qwenCode.keys())];
  }

  async get(key: string): Promise<string | undefined> {
    if (key === HIDDEN_RECORD) return this.#isShared ? await this.#keychain.get(OAUTH_RECORD) : undefined;
    return await this.#storeOf(key).get(key);
  }

  async store(key: string, value: string): Promise<void> {
    if (key === HIDDEN_RECORD) await this.#keychain.store(OAUTH_RECORD, value);
    else await this.#storeOf(key).store(key, value);
  }

  /** Deletes it in both places: what is forgotten must not be back when the sharing ends. */
  async delete(key: string): Promise<void> {
    if (this.#isQwenCodes(key)) await this.#qwenCode.delete(key);
    await this.#keychain.delete(key);
  }

  fileOf(key: string): string | undefined {
    return this.#storeOf(key).fileOf?.(key);
  }

  async locked<T>(work: () => Promise<T>, key: string): Promise<T> {
    for (;;) {
      const before = this.#isQwenCodes(key);
      // The sign-in may have moved while the lock was waited for: then it was the wrong one.
      const attempt = async () => (this.#isQwenCodes(key) === before ? { value: await work() } : undefined);
      const done = await (before ? this.#inBoth(attempt) : lockedIn(this.#keychain, key, attempt));
      if (done) return done.value;
    }
  }

  dispose(): void {
    this.#following.dispose();
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  #isQwenCodes(key: string): boolean {
    return this.#isShared && key === OAUTH_RECORD;
  }

  #storeOf(key: string): SecretStore {
    return this.#isQwenCodes(key) ? this.#qwenCode : this.#keychain;
  }

  /** The keychain's lock comes first, so that Qwen Code's lock is held as briefly as possible. */
  async #inBoth<T>(work: () => Promise<T>): Promise<T> {
    return await lockedIn(this.#keychain, OAUTH_RECORD, () => lockedIn(this.#qwenCode, OAUTH_RECORD, work));
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return await done;
  }

  async #settle(wanted: boolean): Promise<void> {
    if (wanted === this.#isShared) return;
    const [from, to] = wanted ? [this.#keychain, this.#qwenCode] : [this.#qwenCode, this.#keychain];
    // With nothing to move no lock is needed: a lock left behind would delay the start.
    if ((await from.get(OAUTH_RECORD)) === undefined) this.#become(wanted);
    else await this.#inBoth(() => move(from, to).then(() => this.#become(wanted)));
    this.#changed.fire(undefined);
  }

  #become(isShared: boolean): void {
    this.#isShared = isShared;
    this.#watching?.dispose();
    this.#watching = isShared ? this.#qwenCode.onDidChange((change) => this.#changed.fire(change)) : undefined;
  }
}

async function lockedIn<T>(store: SecretStore, key: string, work: () => Promise<T>): Promise<T> {
  return await (store.locked ? store.locked(work, key) : work());
}

/** Moves the sign-in, and leaves no copy: two programs with one refresh token would end each other's sign-in. */
async function move(from: SecretStore, to: SecretStore, changes: Partial<OAuthAccount> = {}): Promise<boolean> {
  const [moved, there] = [await signInOf(from), await signInOf(to)];
  // An ended sign-in is replaced, and the same one in both places is an interrupted move.
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
