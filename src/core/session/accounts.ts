import type { Account, OAuthAccount } from '../credentials/account';
import { changeAccount, deleteAccount, listAccounts, type StoredAccounts } from '../credentials/accountStore';
import { noteVerdict } from '../credentials/openAccess';
import { type Credential, credentialOf } from '../credentials/resolve';
import { Cancelled, ConfigurationError } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import type { Access } from '../providers/access';
import type { AccessCheck } from '../models/checkAccess';
import { forgetDiscovered, listOwner, saveDiscovered } from '../models/discovered';
import { revoke } from '../oauth/revocation';
import type { Clock, Fetch, SecretStore, StateStore } from '../base/ports';

/** What the accounts need of their session. */
export interface AccountsPorts {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly secrets: SecretStore;
  readonly state: StateStore;
  /** What is known has become another. */
  readonly changed: () => void;
}

/** A sign-in that was forgotten here, and why its server does not know. */
export interface NotRevoked {
  readonly account: OAuthAccount;
  readonly error: unknown;
}

/** The accounts as the keychain has them, what was last read of it, and what servers said of them since. */
export class Accounts implements Disposable {
  readonly #ports: AccountsPorts;
  readonly #doubts = new Map<string, unknown>();
  readonly #notRevoked = new Emitter<NotRevoked>();
  #stored: StoredAccounts | undefined;
  #reading: Promise<StoredAccounts | ConfigurationError> | undefined;

  /** Fires when a server could not be told that somebody signed out. */
  readonly onDidNotRevoke: Event<NotRevoked> = this.#notRevoked.event;

  constructor(ports: AccountsPorts) {
    this.#ports = ports;
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
    // A later reading knows better.
    while (reading !== this.#reading) listed = await (reading = this.#reading);
    this.#stored = listed instanceof ConfigurationError ? { accounts: [], unreadable: [], problems: [listed] } : listed;
    this.#ports.changed();
    if (listed instanceof ConfigurationError) throw listed;
  }

  /**
   * Stores the account of a sign-in, and the models that its server named. Throws `Cancelled` where it was called off in the
   * meantime; what was there before is left, then.
   */
  async keep(account: Account, check: AccessCheck, signal: AbortSignal): Promise<void> {
    let before: Account | undefined;
    await changeAccount(this.#ports.secrets, account.id, (current) => {
      before = current;
      return signal.aborted ? undefined : account;
    });
    if (signal.aborted) {
      await this.#putBack(account, before);
      throw new Cancelled();
    }
    this.#doubts.delete(account.id);
    if (check.kind === 'unverified') this.#doubts.set(account.id, check.error);
    if (check.models.length > 0) {
      const { clock, state } = this.#ports;
      const owner = listOwner(account.id, account.baseUrl, credentialOf(account));
      await saveDiscovered(state, owner, check.models, clock.now());
    }
    await this.load();
  }

  /** Keeps what a server said to the credential of an account. */
  async note({ account }: Credential, used: Access | undefined, status: 'verified' | 'refused'): Promise<void> {
    if (account) {
      this.#doubts.delete(account.id);
      await noteVerdict(this.#ports.secrets, account.id, used?.key, status);
    }
    await this.load();
  }

  /** Forgets the accounts of these ids, records that cannot be read included, and has their servers revoke them. */
  async forget(ids: readonly string[]): Promise<void> {
    const last: (Account | undefined)[] = [];
    for (const id of ids) {
      last.push(await deleteAccount(this.#ports.secrets, id));
      await forgetDiscovered(this.#ports.state, id);
    }
    await this.load();
    for (const account of last) void this.#tellServer(account);
  }

  dispose(): void {
    this.#notRevoked.dispose();
  }

  /** Best effort, and after the fact: what is forgotten here is forgotten, whether or not anybody can be told. */
  async #tellServer(account: Account | undefined): Promise<void> {
    if (account?.method !== 'qwen-oauth' || account.status === 'ended') return;
    const { signal } = new AbortController();
    await revoke(this.#ports.fetch, account, signal).catch((error: unknown) =>
      this.#notRevoked.fire({ account, error }),
    );
  }

  /** What was signed out of meanwhile stays forgotten. */
  async #putBack({ id }: Account, before: Account | undefined): Promise<void> {
    const { secrets } = this.#ports;
    await (before ? changeAccount(secrets, id, (current) => current && before) : deleteAccount(secrets, id));
    await this.load();
  }
}
