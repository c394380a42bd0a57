import { randomUUID } from 'node:crypto';
import { Cancelled } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import type { Clock, SecretStore } from '../base/ports';
import type { Account } from './account';
import {
  changeAccount,
  deleteAccount,
  findAccount,
  HIDDEN_RECORD_PREFIX,
  locked,
  RECORD_PREFIX,
  RecordTooLarge,
} from './accountStore';
import { secretOf } from './openAccess';
import { accountOf, readTrashRecord, TRASH_PREFIX, type TrashRecord } from './trashRecord';

/** For how long a sign-out can be undone in an editor: VS Code shows a notification for half of that, and then lists it. */
export const UNDO_MS = 30_000;

/** What the trash needs from outside. */
interface TrashPorts {
  readonly secrets: SecretStore;
  readonly clock: Clock;
  /** For how long an account can be restored; 0 in a terminal, which asks before it destroys one. */
  readonly undoMs: number;
  /** Called before the account of that id is destroyed; it is undefined where it cannot be read. Must not throw. */
  readonly beforeDestroyed: (id: string, account: Account | undefined) => Promise<void>;
}

/** An account in the trash. */
export interface Trashed {
  /** The name by which it can be restored. */
  readonly name: string;
  /** Undefined where it cannot be read. */
  readonly account: Account | undefined;
}

/** An account that was restored, and the one that was in its place meanwhile, which is in the trash now. */
export interface Restored {
  readonly account: Account | undefined;
  readonly replaced: Trashed | undefined;
}

/**
 * Accounts that were signed out of or replaced, for as long as that can be undone. They stay in the same store under
 * other names: every window sees at once that they are gone, and they are sealed as before. When the time is over,
 * whichever window is open destroys them; if none is, the next one that starts.
 */
export class Trash implements Disposable {
  readonly #ports: TrashPorts;
  /** The names that this window waits for, and how to stop that. */
  readonly #waiting = new Map<string, AbortController>();
  /** What was put into the trash in this window, so that nobody else can restore it. */
  readonly #own = new Set<string>();
  readonly #failed = new Emitter<unknown>();

  /** Fires with the error when an account could not be destroyed in time. The next change of the store tries again. */
  readonly onDidFail: Event<unknown> = this.#failed.event;

  constructor(ports: TrashPorts) {
    this.#ports = ports;
  }

  /**
   * Puts an account into the trash. Undefined where it was destroyed at once, since it does not fit or nobody could
   * restore it. Throws `ConfigurationError` where the keychain fails.
   */
  async discard(id: string): Promise<Trashed | undefined> {
    const { secrets, beforeDestroyed } = this.#ports;
    return await locked(secrets, id, async () => {
      const trashed = await this.#copy(id, [HIDDEN_RECORD_PREFIX + id, RECORD_PREFIX + id]);
      const last = await deleteAccount(secrets, id);
      // The server is told of it without anybody waiting.
      if (!trashed) void beforeDestroyed(id, last);
      return trashed;
    });
  }

  /**
   * Stores an account; what it replaces goes into the trash where that has another secret. Throws `ConfigurationError`
   * where the keychain fails, and `Cancelled` once the signal aborts: then what was stored before is stored again.
   */
  async replace(account: Account, signal: AbortSignal): Promise<Trashed | undefined> {
    const { secrets } = this.#ports;
    const { id } = account;
    return await locked(secrets, id, async () => {
      const before = await findAccount(secrets, id).catch(() => undefined);
      const isWorthless = before && (before.status === 'ended' || hasSameSecret(before, account));
      const trashed = isWorthless ? undefined : await this.#copy(id, [RECORD_PREFIX + id]);
      await changeAccount(secrets, id, () => (signal.aborted ? undefined : account));
      if (!signal.aborted) {
        // The server is told of it without anybody waiting.
        if (before && !isWorthless && !trashed) void this.#ports.beforeDestroyed(id, before);
        return trashed;
      }
      // An account that was signed out of meanwhile must not come back.
      await (before ? changeAccount(secrets, id, (current) => current && before) : deleteAccount(secrets, id));
      const record = trashed && (await this.#read(trashed.name));
      if (record && !before) await this.#storeEntries(record);
      if (trashed) await this.#remove(trashed.name);
      throw new Cancelled();
    });
  }

  /**
   * Restores an account; one that was stored in its place meanwhile goes into the trash. Undefined where it was
   * destroyed. Throws `ConfigurationError` where the keychain fails.
   */
  async restore(name: string): Promise<Restored | undefined> {
    const { secrets } = this.#ports;
    const record = await this.#read(name);
    if (!record) return undefined;
    return await locked(secrets, record.id, async () => {
      if (!(await this.#read(name))) return undefined;
      const replaced = await this.#copy(record.id, [RECORD_PREFIX + record.id]);
      await this.#storeEntries(record);
      await this.#remove(name);
      return { account: accountOf(record), replaced };
    });
  }

  /** Destroys what is in the trash when its time is over; to be called whenever the store has changed. Never throws. */
  async follow(): Promise<void> {
    // What is wrong with the store is told where its accounts are read.
    const keys = await this.#ports.secrets.keys().catch((): readonly string[] => []);
    for (const key of keys) {
      const name = key.slice(TRASH_PREFIX.length);
      if (key.startsWith(TRASH_PREFIX) && !this.#waiting.has(name)) void this.#wait(name);
    }
  }

  /** Destroys at once what was put into the trash in this window; to be called when it ends. */
  async empty(): Promise<void> {
    await Promise.all([...this.#own].map((name) => this.#destroy(name)));
  }

  dispose(): void {
    for (const waiting of this.#waiting.values()) waiting.abort();
    this.#failed.dispose();
  }

  async #copy(id: string, keys: readonly string[]): Promise<Trashed | undefined> {
    const { secrets, clock, undoMs } = this.#ports;
    const texts = await Promise.all(keys.map(async (key) => await secrets.get(key).catch(() => undefined)));
    const entries = keys.flatMap((key, index) => {
      const text = texts[index];
      return text === undefined ? [] : [[key, text] as const];
    });
    if (undoMs === 0 || entries.length === 0) return undefined;
    const name = randomUUID();
    const record: TrashRecord = { id, until: clock.now() + undoMs, entries };
    try {
      await secrets.store(TRASH_PREFIX + name, JSON.stringify(record));
    } catch (error) {
      if (error instanceof RecordTooLarge) return undefined;
      throw error;
    }
    this.#own.add(name);
    return { name, account: accountOf(record) };
  }

  async #storeEntries({ entries }: TrashRecord): Promise<void> {
    for (const [key, text] of entries) await this.#ports.secrets.store(key, text);
  }

  async #remove(name: string): Promise<void> {
    await this.#ports.secrets.delete(TRASH_PREFIX + name);
    this.#own.delete(name);
    this.#waiting.get(name)?.abort();
  }

  async #wait(name: string): Promise<void> {
    const waiting = new AbortController();
    this.#waiting.set(name, waiting);
    try {
      const until = (await this.#read(name))?.until ?? 0;
      const left = until - this.#ports.clock.now();
      if (left > 0) await this.#ports.clock.sleep(left, waiting.signal);
      await this.#destroy(name);
    } catch (error) {
      if (!(error instanceof Cancelled)) this.#failed.fire(error);
    } finally {
      this.#waiting.delete(name);
    }
  }

  /**
   * Destroys a record after all that is to be done before; it stays until then, so that the next window does that if
   * this one is killed. Under the account's lock, so that one window does it, and nobody restores it meanwhile.
   */
  async #destroy(name: string): Promise<void> {
    const { secrets, beforeDestroyed } = this.#ports;
    const record = await this.#read(name);
    if (!record) return await this.#remove(name);
    await locked(secrets, record.id, async () => {
      if (!(await this.#read(name))) return;
      await beforeDestroyed(record.id, accountOf(record));
      await this.#remove(name);
    });
  }

  async #read(name: string): Promise<TrashRecord | undefined> {
    return readTrashRecord(await this.#ports.secrets.get(TRASH_PREFIX + name));
  }
}

/** Whether two accounts sign requests with the same key or token. */
export function hasSameSecret(one: Account, other: Account): boolean {
  const [secret, otherSecret] = [secretOf(one), secretOf(other)];
  return secret === undefined ? otherSecret === undefined : secret.equals(otherSecret);
}
