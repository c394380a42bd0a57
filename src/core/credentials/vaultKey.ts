import * as l10n from '@vscode/l10n';
import type { KeyObject } from 'node:crypto';
import type { Disposable } from '../base/events';
import { keychainError } from './accountStore';
import { askForKey, offerKey } from './keyHandover';
import { createKey, idOfKey, readKey, writeKey } from './sealedRecords';

/** Where the key of a vault is kept: one entry of the system's keychain, as this window sees it. */
export interface KeyEntry {
  get(): PromiseLike<string | undefined>;
  store(key: string): PromiseLike<void>;
}

/** The key of a vault in this window, which has it of the keychain or of another window, and hands it on. */
export class VaultKey implements Disposable {
  readonly #windows: string;
  readonly #keychain: KeyEntry;
  #key: KeyObject | undefined;
  #offer: Promise<Disposable | undefined> = Promise.resolve(undefined);

  /** `windows` is the folder in which windows find each other. */
  constructor(windows: string, keychain: KeyEntry) {
    this.#windows = windows;
    this.#keychain = keychain;
  }

  /** The key as far as it is known by now. */
  get known(): KeyObject | undefined {
    return this.#key;
  }

  /**
   * The key that opens one of the files with these ids: this window's own, else the keychain's, else another window's.
   * Where none opens one, the key for a new file; undefined where there is no key at all.
   */
  async find(ids: readonly string[]): Promise<KeyObject | undefined> {
    const fits = (key: KeyObject): boolean => ids.length === 0 || ids.includes(idOfKey(key));
    if (this.#key && fits(this.#key)) return this.#key;
    const kept = readKey(await this.#keychain.get());
    if (kept && fits(kept)) return await this.#adopt(kept);
    const handed = await askForKey(this.#windows, ids);
    if (handed) return await this.#keep(handed);
    // The other files are somebody else's, and ours does not exist yet.
    const own = this.#key ?? kept;
    return own && (await this.#adopt(own));
  }

  /** Makes a key and keeps it in the keychain. Throws `ConfigurationError` where that does not keep it. */
  async create(): Promise<KeyObject> {
    return await this.#keep(createKey());
  }

  dispose(): void {
    void this.#offer.then((offer) => offer?.dispose());
  }

  /** Each window writes the key to its keychain. They may overwrite each other, but with the same key. */
  async #keep(key: KeyObject): Promise<KeyObject> {
    const text = writeKey(key);
    await this.#keychain.store(text);
    if ((await this.#keychain.get()) !== text) throw keychainError(l10n.t('did not keep what was saved'));
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
}
