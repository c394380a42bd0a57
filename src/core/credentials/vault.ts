import { createHash, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import type { Clock, Files, SecretStore } from '../base/ports';
import { MAX_FILE_BYTES } from '../base/files';
import { replacePrivateFile } from '../base/privateFile';
import { Scope } from '../base/scope';
import { keychainError, RecordChanged, RecordsClosed, RecordTooLarge } from './accountStore';
import { OWN_TERMS, withFileLock } from './fileLock';
import { askForKey, offerKey } from './keyHandover';
import { createKey, idOfKey, readKey, type Records, seal, unseal, writeKey } from './sealedRecords';

const SUFFIX = '.sealed';
const NOTHING: Records = { version: 0, entries: new Map() };

/** Where the key of a vault is kept: one entry of the system's keychain, as this window sees it. */
export interface KeyEntry {
  get(): PromiseLike<string | undefined>;
  store(key: string): PromiseLike<void>;
}

interface Holding {
  /** What was read of each entry under the lock; a write replaces only that. */
  readonly read: Map<string, string | undefined>;
  /** The file of the lock. What is about to be written is noted beside it. */
  readonly lock: string;
}

/** What a vault needs from outside. */
export interface VaultPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly keychain: KeyEntry;
}

/**
 * Secrets in one sealed file that all windows of a person share, whatever each of them sees of the keychain: that holds
 * only the key, which windows hand each other. Reading waits for nobody. Throws `ConfigurationError` where the file
 * cannot be opened or written; one that cannot be opened is kept, and the next secret begins a new one.
 */
export class Vault implements SecretStore, Disposable {
  readonly #folder: string;
  readonly #ports: VaultPorts;
  readonly #changed = new Emitter<unknown>();
  readonly #watching: Disposable;
  readonly #holding = new Scope<Holding>();
  #key: KeyObject | undefined;
  #offer: Promise<Disposable | undefined> = Promise.resolve(undefined);
  /** The state of the file that listeners know. */
  #told: string | undefined;

  readonly onDidChange: Event<unknown> = this.#changed.event;

  /** Opens the vault of a folder, which need not be there yet. */
  constructor(folder: string, ports: VaultPorts) {
    this.#folder = folder;
    this.#ports = ports;
    this.#watching = ports.files.watch([folder], () => void this.#tell());
  }

  async keys(): Promise<readonly string[]> {
    return [...(await this.#read()).entries.keys()];
  }

  async get(key: string): Promise<string | undefined> {
    const held = this.#holding.current;
    // It is compared at the write; until then nothing may delay the note, see `#note`.
    if (held?.read.has(key)) return held.read.get(key);
    const value = (await this.#read()).entries.get(key);
    held?.read.set(key, value);
    return value;
  }

  async store(key: string, value: string): Promise<void> {
    await this.#write(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#write(key, undefined);
  }

  /** Works on an entry, or on any, while no other window does so. Within the work no lock is waited for. */
  async locked<T>(work: () => Promise<T>, key = ''): Promise<T> {
    if (this.#holding.current) return await work();
    const lock = this.#lock(createHash('sha256').update(key).digest('hex').slice(0, 16));
    const finishThenWork = async (): Promise<T> => {
      await this.#finish(lock);
      return await work();
    };
    const hold = (): Promise<T> => this.#holding.run({ read: new Map(), lock }, finishThenWork);
    return await withFileLock(lock, this.#ports.clock, hold, OWN_TERMS);
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
    void this.#offer.then((offer) => offer?.dispose());
  }

  async #read(): Promise<Records> {
    const { key, records } = await this.#look();
    this.#told ??= stamp(key, records);
    return records;
  }

  async #look(): Promise<{ readonly key: KeyObject | undefined; readonly records: Records }> {
    const ids = await this.#sealedIds();
    const key = await this.#findKey(ids);
    if (!key && ids[0]) throw shut(this.#file(ids[0]));
    return { key, records: key ? await this.#open(key) : NOTHING };
  }

  /** The records that this key opens. */
  async #open(key: KeyObject): Promise<Records> {
    const file = this.#file(idOfKey(key));
    const read = await this.#ports.files.read(file);
    if (read.kind === 'missing') return NOTHING;
    if (read.kind === 'broken') throw new ConfigurationError({ file }, `${file} ${read.why}.`);
    const records = read.kind === 'text' ? unseal(key, read.text) : undefined;
    if (!records) throw new Damaged(file);
    return records;
  }

  async #write(key: string, value: string | undefined): Promise<void> {
    const held = this.#holding.current;
    if (held && value !== undefined) this.#note(held, key, value);
    try {
      await withFileLock(this.#lock('write'), this.#ports.clock, () => this.#change(key, value, held?.read), OWN_TERMS);
    } catch (error) {
      if (held && (error instanceof RecordChanged || error instanceof RecordTooLarge)) {
        held.read.delete(key);
        await this.#forgetNote(held);
      }
      throw error;
    }
    held?.read.set(key, value);
    if (held) await this.#forgetNote(held);
    // Listeners run outside of this lock.
    this.#holding.leave(() => this.#changed.fire(undefined));
  }

  /**
   * Notes at once what is about to be written: a server sends a rotated refresh token only once. If this window is
   * killed now, the next holder of the lock finishes the write.
   */
  #note({ read, lock }: Holding, key: string, value: string): void {
    if (!this.#key) return;
    const entries = new Map([
      ['key', key],
      ['value', value],
      ['before', read.get(key) ?? ''],
    ]);
    try {
      writeFileSync(noteBeside(lock, this.#key), seal(this.#key, { version: 0, entries }), { mode: 0o600 });
    } catch {
      // An error here would also occur at the file, and is reported there.
    }
  }

  async #forgetNote({ lock }: Holding): Promise<void> {
    if (this.#key) await rm(noteBeside(lock, this.#key), { force: true });
  }

  /** Writes what a holder of the lock noted and was killed before it wrote, unless the entry was changed since. */
  async #finish(lock: string): Promise<void> {
    // An error of the keychain is reported when something is read.
    const key = await this.#findKey(await this.#sealedIds()).catch(() => undefined);
    if (!key) return;
    const late = noteBeside(lock, key);
    const read = await this.#ports.files.read(late);
    if (read.kind !== 'text') return;
    const { entries } = unseal(key, read.text) ?? NOTHING;
    const [name, value] = [entries.get('key'), entries.get('value')];
    try {
      if (name && value && ((await this.get(name)) ?? '') === entries.get('before')) await this.store(name, value);
      await rm(late, { force: true });
    } catch (error) {
      // The next record begins a new file.
      if (!(error instanceof RecordsClosed)) throw error;
    }
  }

  async #change(key: string, value: string | undefined, held: Holding['read'] | undefined): Promise<void> {
    const vaultKey = (await this.#findKey(await this.#sealedIds())) ?? (await this.#createKey());
    const before = await this.#openOrPutAside(vaultKey);
    const current = before.entries.get(key);
    if (held?.has(key) && held.get(key) !== current) throw new RecordChanged();
    if (current === value) return;
    const entries = new Map(before.entries);
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
    const after = { version: before.version + 1, entries };
    const text = seal(vaultKey, after);
    // Servers decide the length of tokens; too long ones must not make the whole file unreadable.
    if (text.length > MAX_FILE_BYTES) throw tooLarge(this.#file(idOfKey(vaultKey)));
    // After a delay longer than the lock's life another window may have written.
    if ((await this.#open(vaultKey)).version !== before.version) return await this.#change(key, value, held);
    await replacePrivateFile(this.#file(idOfKey(vaultKey)), text);
    this.#told = stamp(vaultKey, after);
  }

  async #openOrPutAside(key: KeyObject): Promise<Records> {
    try {
      return await this.#open(key);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      const file = this.#file(idOfKey(key));
      await rename(file, `${file}.damaged.${this.#ports.clock.now()}`);
      return NOTHING;
    }
  }

  /** The key that opens one of these files: this window's own, else the keychain's, else another window's. */
  async #findKey(ids: readonly string[]): Promise<KeyObject | undefined> {
    const fits = (key: KeyObject): boolean => ids.length === 0 || ids.includes(idOfKey(key));
    if (this.#key && fits(this.#key)) return this.#key;
    const kept = readKey(await this.#ports.keychain.get());
    if (kept && fits(kept)) return await this.#adopt(kept);
    const handed = await askForKey(this.#windows, ids);
    if (handed) return await this.#keep(handed);
    // The other files are somebody else's, and ours does not exist yet.
    const own = this.#key ?? kept;
    return own && (await this.#adopt(own));
  }

  async #createKey(): Promise<KeyObject> {
    return await this.#keep(createKey());
  }

  /** Each window writes the key to its keychain. They may overwrite each other, but with the same key. */
  async #keep(key: KeyObject): Promise<KeyObject> {
    const text = writeKey(key);
    await this.#ports.keychain.store(text);
    if ((await this.#ports.keychain.get()) !== text) throw keychainError('did not keep what was saved');
    return await this.#adopt(key);
  }

  /** Hands the key to windows that lack it from now on. Without sockets, those windows have to sign in themselves. */
  async #adopt(key: KeyObject): Promise<KeyObject> {
    if (!this.#key?.equals(key)) {
      this.#key = key;
      this.#offer = this.#offer.then(async (before) => {
        before?.dispose();
        return await offerKey(this.#windows, key).catch(() => undefined);
      });
    }
    await this.#offer;
    return key;
  }

  /** Tells of a change that another window made. */
  async #tell(): Promise<void> {
    const now = await this.#look().then(
      ({ key, records }) => stamp(key, records),
      () => 'cannot be read',
    );
    if (now === this.#told) return;
    this.#told = now;
    this.#changed.fire(undefined);
  }

  async #sealedIds(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((): readonly string[] => []);
    return names.flatMap((name) => (name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length)] : []));
  }

  #file(id: string): string {
    return path.join(this.#folder, id + SUFFIX);
  }

  #lock(name: string): string {
    return path.join(this.#folder, 'locks', `${name}.lock`);
  }

  get #windows(): string {
    return path.join(this.#folder, 'windows');
  }
}

/** The file is sealed with this key, and does not open: it is damaged. */
class Damaged extends RecordsClosed {
  constructor(file: string) {
    super(
      { file },
      `${file}, which holds your sign-ins, is damaged or was changed by another program. Sign in again; it is kept beside the new one.`,
    );
  }
}

/** Several people may use the lock in turn; each has a note of their own. */
function noteBeside(lock: string, key: KeyObject): string {
  return `${lock}.${idOfKey(key)}.late`;
}

function tooLarge(file: string): RecordTooLarge {
  const advice = 'Sign out where you need none, or choose another server.';
  return new RecordTooLarge({ file }, `A sign-in is too large for ${file}. ${advice}`);
}

function shut(file: string): RecordsClosed {
  return new RecordsClosed(
    { file },
    `${file} holds sign-ins, and its key is not in the keychain. Sign in again; the file stays where it is.`,
  );
}

function stamp(key: KeyObject | undefined, { version }: Records): string {
  return key ? `${idOfKey(key)} ${version}` : '';
}
