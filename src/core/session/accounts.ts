import { type Account, OAUTH_ACCOUNT, type OAuthAccount } from '../credentials/account';
import { changeAccount, findAccount, listAccounts, type StoredAccounts } from '../credentials/accountStore';
import { noteVerdict } from '../credentials/openAccess';
import { credentialOf } from '../credentials/resolve';
import { hasSameSecret, type Restored, Trash, type Trashed } from '../credentials/trash';
import { ConfigurationError, SignInRequired } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import type { Access } from '../providers/access';
import type { CheckedAccount } from '../signIn/signIn';
import { forgetDiscovered, listOwner, saveDiscovered } from '../models/discovered';
import type { ServerModels } from '../models/serverModels';
import { isSameIssuer } from '../oauth/issuer';
import { revoke } from '../oauth/revocation';
import { isExpired } from '../oauth/tokenSet';
import type { Clock, Fetch, SecretStore, StateStore } from '../base/ports';

/** What the accounts need of their session. */
interface AccountsPorts {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly secrets: SecretStore;
  readonly state: StateStore;
  /** For how long a sign-out can be undone, in milliseconds; 0 in a terminal, which asks before. */
  readonly undoMs: number;
  /** Called when the accounts have changed. */
  readonly changed: () => void;
}

/** What a sign-out came to: the accounts, and the names by which they can be restored for a while. */
export interface SignedOut {
  readonly accounts: readonly Account[];
  readonly undo: readonly string[];
}

/** A sign-in that was forgotten here, and why its server does not know. */
export interface NotRevoked {
  readonly account: OAuthAccount;
  readonly error: unknown;
}

/** The accounts as last read from the keychain, and what servers have said of them since. */
export class Accounts implements Disposable {
  readonly #ports: AccountsPorts;
  readonly #doubts = new Map<string, unknown>();
  readonly #notRevoked = new Emitter<NotRevoked>();
  readonly #trash: Trash;
  #stored: StoredAccounts | undefined;
  #reading: Promise<StoredAccounts | ConfigurationError> | undefined;

  /** Fires when a server could not be told that somebody signed out. */
  readonly onDidNotRevoke: Event<NotRevoked> = this.#notRevoked.event;
  /** Fires with the error when what somebody signed out of could not be destroyed; that is tried again. */
  readonly onDidNotDestroy: Event<unknown>;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
    this.#trash = new Trash({ ...ports, beforeDestroyed: (id, account) => this.#beforeDestroyed(id, account) });
    this.onDidNotDestroy = this.#trash.onDidFail;
  }

  /** What was read last; undefined before the first time. */
  get stored(): StoredAccounts | undefined {
    return this.#stored;
  }

  /** Why a key that was kept could not be verified, by account id. */
  get doubts(): ReadonlyMap<string, unknown> {
    return this.#doubts;
  }

  /** Reads the keychain. Throws `ConfigurationError` where it fails. */
  async load(): Promise<void> {
    let reading = (this.#reading = listAccounts(this.#ports.secrets).catch((error: unknown) => {
      if (!(error instanceof ConfigurationError)) throw error;
      return error;
    }));
    let listed = await reading;
    // A later reading replaces this one.
    while (reading !== this.#reading) listed = await (reading = this.#reading);
    this.#stored =
      listed instanceof ConfigurationError
        ? { accounts: [], unreadable: [], problems: [listed] }
        : { ...listed, accounts: listed.accounts.map((account) => asItIs(account, this.#ports.clock.now())) };
    void this.#trash.follow();
    this.#ports.changed();
    if (listed instanceof ConfigurationError) throw listed;
  }

  /**
   * Stores the account of a sign-in, and the models that its server named. Answers the account that it replaced, where
   * that had another secret. Throws `Cancelled` where it was called off meanwhile; then what was there before stays,
   * and the new tokens are revoked where that leaves it alone. Throws `SignInRequired` where the account that it
   * changes was signed out of or got another secret meanwhile.
   */
  async keep({ account: signedIn, check, instead }: CheckedAccount, signal: AbortSignal): Promise<Trashed | undefined> {
    if (instead) await this.#assertKept(instead);
    const account = instead ? signedIn : this.#withName(signedIn);
    // Before the account: other windows look for its models as soon as they are told of it.
    const bringBack = await this.#saveModels(account, check);
    const replaced = await this.#trash.replace(account, signal).catch(async (error: unknown) => {
      // Its error would hide the one that tells why.
      await bringBack?.().catch(() => undefined);
      void this.#revoke(account).catch(() => undefined);
      if (signal.aborted) await this.load();
      throw error;
    });
    this.#doubts.delete(account.id);
    if (check.kind === 'unverified') this.#doubts.set(account.id, check.error);
    // It is kept under another id at another address.
    const moved = instead && instead.id !== account.id ? await this.#trash.discard(instead.id) : undefined;
    await this.load();
    return moved ?? replaced;
  }

  async #saveModels(account: Account, { models, leftOut }: ServerModels): Promise<(() => Promise<void>) | undefined> {
    if (models.length === 0) return undefined;
    const { clock, state } = this.#ports;
    const owner = listOwner(account.id, account.baseUrl, credentialOf(account));
    return await saveDiscovered(state, owner, { models, ...(leftOut && { leftOut }) }, clock.now());
  }

  /** A server may take long to answer: the person may have done something else with the account since. */
  async #assertKept(account: Account): Promise<void> {
    const now = await findAccount(this.#ports.secrets, account.id);
    if (!now || !hasSameSecret(now, account)) throw new SignInRequired({ reason: 'signedOut' });
  }

  /**
   * Whether a sign-in of that client at that server is stored, and has not ended. To revoke another one may end it too
   * (RFC 7009 §2.1): many servers keep one grant for a person and a client, or for what one browser has approved.
   */
  async isSignedIn({ issuer, clientId }: Pick<OAuthAccount, 'issuer' | 'clientId'>): Promise<boolean> {
    const { clock, secrets } = this.#ports;
    const now = await findAccount(secrets, OAUTH_ACCOUNT).catch(() => undefined);
    if (now?.method !== 'qwen-oauth' || asItIs(now, clock.now()).status === 'ended') return false;
    return now.clientId === clientId && isSameIssuer(now.issuer, issuer);
  }

  /** Gives an account the name by which the person calls it; without one it has its provider's. */
  async rename(id: string, name: string): Promise<void> {
    await changeAccount(this.#ports.secrets, id, (current) => {
      if (!current || current.method === 'qwen-oauth') return undefined;
      const { name: _, ...unnamed } = current;
      return name ? { ...unnamed, name } : unnamed;
    });
    await this.load();
  }

  /** Keeps what a server said to the credential of an account. */
  async note({ id }: Account, used: Access | undefined, status: 'verified' | 'refused'): Promise<void> {
    this.#doubts.delete(id);
    await noteVerdict(this.#ports.secrets, id, used?.key, status);
    await this.load();
  }

  /**
   * Puts the accounts of these ids into the trash, records that cannot be read included. Answers those that can be
   * restored.
   */
  async forget(ids: readonly string[]): Promise<readonly Trashed[]> {
    const trashed: (Trashed | undefined)[] = [];
    for (const id of ids) trashed.push(await this.#trash.discard(id));
    await this.load();
    return trashed.flatMap((one) => one ?? []);
  }

  /** Restores an account from the trash; undefined where it was destroyed. */
  async restore(name: string): Promise<Restored | undefined> {
    const restored = await this.#trash.restore(name);
    await this.load();
    return restored;
  }

  /** Destroys what this window put into the trash; to be called when it ends. */
  async emptyTrash(): Promise<void> {
    await this.#trash.empty();
  }

  /** A sign-in with another key is one to the same account. */
  #withName(account: Account): Account {
    const before = this.#stored?.accounts.find(({ id }) => id === account.id);
    if (account.method === 'qwen-oauth' || before?.method !== account.method || !before.name) return account;
    return { ...account, name: before.name };
  }

  dispose(): void {
    this.#trash.dispose();
    this.#notRevoked.dispose();
  }

  /** Before an account is destroyed: forgets its models, and has its server revoke its tokens, if that can be told. */
  async #beforeDestroyed(id: string, account: Account | undefined): Promise<void> {
    const now = await findAccount(this.#ports.secrets, id).catch(() => undefined);
    if (!now) await forgetDiscovered(this.#ports.state, id);
    if (account?.method !== 'qwen-oauth') return;
    await this.#revoke(account).catch((error: unknown) => {
      // Who signed in anew has nothing left to do about the sign-in before.
      if (!now) this.#notRevoked.fire({ account, error });
    });
  }

  /**
   * Has its server revoke the tokens of an account, where it has some, and that cannot end a sign-in which is stored.
   * Throws as `revoke` does.
   */
  async #revoke(account: Account): Promise<void> {
    if (account.method !== 'qwen-oauth' || account.status === 'ended' || (await this.isSignedIn(account))) return;
    await revoke(this.#ports.fetch, account, new AbortController().signal);
  }
}

/** An account as it is by now: where nothing renews a token that has run out, the sign-in has ended unnoticed. */
function asItIs(account: Account, now: number): Account {
  const isOver = account.method === 'qwen-oauth' && !account.tokens.refreshToken && isExpired(account.tokens, now, 0);
  return isOver ? { ...account, status: 'ended' } : account;
}
