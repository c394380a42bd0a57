import * as l10n from '@vscode/l10n';
import { createHash, type KeyObject, randomUUID } from 'node:crypto';
import { readdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import type { Clock, Files, SecretStore, StateStore } from '../base/ports';
import { MAX_FILE_BYTES } from '../base/files';
import { replacePrivateFile } from '../base/privateFile';
import { Scope } from '../base/scope';
import { RecordChanged, RecordsClosed, RecordTooLarge } from './accountStore';
import { OWN_TERMS, withFileLock } from './fileLock';
import { idOfKey, type Records, seal, unseal } from './sealedRecords';
import { shownFile, VaultDamaged, VaultOlder, vaultShut, vaultTooLarge, VaultUnusable } from './vaultErrors';
import { VaultGenerations } from './vaultGenerations';
import { type KeyEntry, VaultKey } from './vaultKey';
import { noteBeside, noteText, readNote, removeNote, writeNote } from './vaultNotes';

const SUFFIX = '.sealed';
const NOTHING: Records = { id: '', version: 0, entries: new Map(), changed: [] };
/** How many writes a vault remembers, for notes that come late. */
const LATEST_WRITES = 64;

interface Holding {
  /** What was read of each entry under the lock, and of which vault; a write replaces only that. */
  readonly read: Map<string, Reading>;
  /** The file of the lock. What is about to be written is noted beside it. */
  readonly lock: string;
}

interface Reading {
  readonly value: string | undefined;
  readonly vault: Pick<Records, 'id' | 'version'>;
}

/** The person whose vault it is, where something about it is odd. */
export interface VaultKeeper {
  /** Tells that a file was put aside, in a sentence that names both. */
  tellPutAside(sentence: string): void;
  /** Asks whether a vault that is older than it was is to be used all the same. */
  useOlder(sentence: string): Promise<boolean>;
}

/** What a vault needs from outside. */
interface VaultPorts {
  readonly files: Files;
  readonly clock: Clock;
  readonly keychain: KeyEntry;
  /**
   * Where the newest version that was seen outlives the window. Without it an older file is noticed by open windows.
   */
  readonly state?: StateStore;
  readonly keeper?: VaultKeeper;
}

/**
 * Secrets in one sealed file that all windows of a person share. The keychain, of which windows may see different
 * states, holds only the key; windows hand it to each other. Reading waits for nobody. Throws `ConfigurationError`
 * where the file cannot be opened or written. One that cannot be opened is kept, and the next secret begins a new one.
 */
export class Vault implements SecretStore, Disposable {
  readonly #folder: string;
  readonly #ports: VaultPorts;
  readonly #changed = new Emitter<unknown>();
  readonly #watching: Disposable;
  readonly #holding = new Scope<Holding>();
  readonly #key: VaultKey;
  readonly #generations: VaultGenerations;
  /** The older vaults that the person was asked about, or is being asked about. */
  readonly #asked = new Set<string>();
  /** The state of the file that listeners know. */
  #told: string | undefined;

  readonly onDidChange: Event<unknown> = this.#changed.event;

  /** Opens the vault of a folder, which need not be there yet. */
  constructor(folder: string, ports: VaultPorts) {
    this.#folder = folder;
    this.#ports = ports;
    this.#key = new VaultKey(path.join(folder, 'windows'), ports.keychain);
    this.#generations = new VaultGenerations(ports.state);
    this.#watching = ports.files.watch([folder], () => void this.#tell());
  }

  async keys(): Promise<readonly string[]> {
    return [...(await this.#read()).entries.keys()];
  }

  async get(key: string): Promise<string | undefined> {
    const held = this.#holding.current;
    const read = held?.read.get(key);
    // It is compared at the write; until then nothing may delay the note, see `#note`.
    if (read) return read.value;
    const vault = await this.#read();
    const value = vault.entries.get(key);
    held?.read.set(key, { value, vault });
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
    const holding: Holding = { read: new Map(), lock };
    const finishThenWork = async (): Promise<T> => {
      await this.#finish(holding);
      return await work();
    };
    const hold = (): Promise<T> => this.#holding.run(holding, finishThenWork);
    return await withFileLock(lock, this.#ports.clock, hold, OWN_TERMS);
  }

  dispose(): void {
    this.#watching.dispose();
    this.#changed.dispose();
    this.#key.dispose();
  }

  async #read(): Promise<Records> {
    const { key, records } = await this.#look().catch((error: unknown) => {
      if (error instanceof VaultOlder) void this.#askAbout(error);
      throw error;
    });
    this.#told ??= stamp(key, records);
    return records;
  }

  async #look(): Promise<{ readonly key: KeyObject | undefined; readonly records: Records }> {
    const ids = await this.#sealedIds();
    const key = await this.#key.find(ids);
    if (!key && ids[0]) throw vaultShut(this.#file(ids[0]));
    return { key, records: key ? await this.#open(key) : NOTHING };
  }

  /** The records that this key opens. */
  async #open(key: KeyObject): Promise<Records> {
    const file = this.#file(idOfKey(key));
    const reading = this.#generations.fromNow(file);
    const read = await this.#ports.files.read(file);
    if (read.kind === 'missing') return NOTHING;
    if (read.kind === 'broken' && !read.isRead)
      throw new ConfigurationError({ file }, l10n.t('{file} {what}.', { file, what: read.why }));
    const records = read.kind === 'text' ? unseal(key, read.text) : undefined;
    // Version 0.1 sealed its notes as vaults of version 0.
    if (!records || records.version === 0) throw new VaultDamaged(file);
    if (reading.isOlder(records)) throw new VaultOlder(file, records);
    reading.see(records);
    return records;
  }

  /** Asks once whether an older vault is to be used all the same. A yes makes it a vault of its own. */
  async #askAbout({ records, message }: VaultOlder): Promise<void> {
    const { keeper, clock } = this.#ports;
    const which = `${records.id} ${records.version}`;
    if (!keeper || this.#asked.has(which)) return;
    this.#asked.add(which);
    if (!(await keeper.useOlder(message))) return;
    const use = async (): Promise<void> => {
      const key = this.#key.known;
      const older = key && (await this.#open(key).catch((error: unknown) => error));
      // Meanwhile another window may have begun a new one.
      if (!key || !(older instanceof VaultOlder) || `${older.records.id} ${older.records.version}` !== which) return;
      await this.#replace(key, older.records, { ...older.records, id: randomUUID(), changed: [] });
    };
    await withFileLock(this.#lock('write'), clock, use, OWN_TERMS);
    this.#changed.fire(undefined);
  }

  async #write(key: string, value: string | undefined): Promise<void> {
    const held = this.#holding.current;
    if (held && value !== undefined) this.#note(held, key, value);
    try {
      const change = (): Promise<Records> => this.#change(key, value, held?.read.get(key));
      const vault = await withFileLock(this.#lock('write'), this.#ports.clock, change, OWN_TERMS);
      held?.read.set(key, { value, vault });
    } catch (error) {
      if (held && (error instanceof RecordChanged || error instanceof RecordTooLarge)) {
        held.read.delete(key);
        await this.#forgetNote(held);
      }
      throw error;
    }
    if (held) await this.#forgetNote(held);
    // Listeners run outside of this lock.
    this.#holding.leave(() => this.#changed.fire(undefined));
  }

  /**
   * Notes at once what is about to be written over what was read: a server sends a rotated refresh token only once. If
   * this window is killed now, the next holder of the lock finishes the write.
   */
  #note({ read, lock }: Holding, name: string, value: string): void {
    const key = this.#key.known;
    const vault = read.get(name)?.vault;
    if (key && vault) writeNote(lock, key, vault.id, { version: vault.version, key: name, value });
  }

  async #forgetNote({ lock }: Holding): Promise<void> {
    if (this.#key.known) await removeNote(lock, this.#key.known);
  }

  /** Writes what a holder of the lock noted and was killed before it wrote, unless the entry was changed since. */
  async #finish({ read, lock }: Holding): Promise<void> {
    // An error of the keychain is reported when something is read.
    const key = await this.#key.find(await this.#sealedIds()).catch(() => undefined);
    const text = key && (await noteText(this.#ports.files, lock, key));
    if (!key || text === undefined) return;
    try {
      const vault = await this.#open(key);
      const note = readNote(text, key, vault);
      if (note.kind === 'foreign') return await this.#putAside(noteBeside(lock, key));
      if (note.kind === 'late') {
        read.set(note.key, { value: vault.entries.get(note.key), vault });
        await this.store(note.key, note.value);
      }
      await removeNote(lock, key);
    } catch (error) {
      // The next record begins a new file.
      if (!(error instanceof RecordsClosed)) throw error;
    }
  }

  async #change(key: string, value: string | undefined, read: Reading | undefined): Promise<Records> {
    const vaultKey = (await this.#key.find(await this.#sealedIds())) ?? (await this.#key.create());
    const before = await this.#openOrPutAside(vaultKey);
    const current = before.entries.get(key);
    if (read && read.value !== current) throw new RecordChanged();
    if (current === value) return before;
    const entries = new Map(before.entries);
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
    // After a delay longer than the lock's life another window may have written.
    const isStill = async (): Promise<boolean> => (await this.#open(vaultKey)).version === before.version;
    const changed = [...before.changed, key].slice(-LATEST_WRITES);
    const after = { id: before.id || randomUUID(), entries, changed };
    return (await this.#replace(vaultKey, before, after, isStill)) ?? (await this.#change(key, value, read));
  }

  /** Writes the version after `before`; undefined where that is not what is there any more. */
  async #replace(
    key: KeyObject,
    before: Records,
    changes: Omit<Records, 'version'>,
    isStill = async (): Promise<boolean> => true,
  ): Promise<Records | undefined> {
    const file = this.#file(idOfKey(key));
    const after = { ...changes, version: before.version + 1 };
    const text = seal(key, after);
    // Servers decide the length of tokens; too long ones must not make the whole file unreadable.
    if (text.length > MAX_FILE_BYTES) throw vaultTooLarge(file);
    if (!(await isStill())) return undefined;
    await replacePrivateFile(file, text);
    this.#generations.see(after, file);
    this.#told = stamp(key, after);
    return after;
  }

  async #openOrPutAside(key: KeyObject): Promise<Records> {
    try {
      return await this.#open(key);
    } catch (error) {
      if (!(error instanceof VaultUnusable)) throw error;
      await this.#putAside(this.#file(idOfKey(key)));
      return NOTHING;
    }
  }

  async #putAside(file: string): Promise<void> {
    const aside = `${file}.damaged.${this.#ports.clock.now()}`;
    await rename(file, aside);
    this.#ports.keeper?.tellPutAside(
      l10n.t('{file} was changed or put back by another program. It is kept as {aside}.', {
        file: shownFile(file),
        aside: path.basename(shownFile(aside)),
      }),
    );
  }

  /** Tells of a change that another window made. */
  async #tell(): Promise<void> {
    const now = await this.#look().then(
      ({ key, records }) => stamp(key, records),
      () => 'unreadable',
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
}

/** Which state of which vault that is. */
function stamp(key: KeyObject | undefined, { id, version }: Records): string {
  return key ? `${idOfKey(key)} ${id} ${version}` : '';
}
