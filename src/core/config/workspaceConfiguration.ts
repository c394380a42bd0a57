import { type Disposable, Emitter, type Event } from '../base/events';
import { type Configuration, type ConfigurationPlaces, emptyConfiguration } from './configuration';
import { FollowedConfiguration } from './followedConfiguration';
import { folderLabel, type OpenFolder, type OpenFolders } from './openFolders';

/** What every folder's configuration is read from. */
type ConfigurationParts = Pick<
  ConfigurationPlaces,
  'files' | 'environment' | 'home' | 'networkProblems' | 'keyCommand'
>;

/** A folder with what its files say, as far as they have been read. */
export interface FolderConfiguration {
  readonly folder: OpenFolder;
  readonly configuration: Configuration;
}

/** Stands for the folder of a window in which none is open. */
const NO_FOLDER = '';

/**
 * The configurations of the folders that are open. The one that is worked in is followed from the beginning,
 * others once somebody asks for them.
 */
export class WorkspaceConfiguration implements Disposable {
  readonly #parts: ConfigurationParts;
  readonly #open: OpenFolders;
  readonly #followed = new Map<string, FollowedConfiguration>();
  readonly #changed = new Emitter<void>();
  readonly #changedAny = new Emitter<void>();
  readonly #following: Disposable;
  #current: Configuration;
  #followsAll = false;

  /** Fires when `current` has become another. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Fires when the configuration of any folder that is followed has become another. */
  readonly onDidChangeAny: Event<void> = this.#changedAny.event;

  constructor(parts: ConfigurationParts, open: OpenFolders) {
    this.#parts = parts;
    this.#open = open;
    this.#current = emptyConfiguration(parts.environment);
    this.#following = open.onDidChange(() => void this.load());
  }

  /**
   * Of the folder that is worked in, as it was last read: after a change of folders, of the one before for a moment.
   */
  get current(): Configuration {
    return this.#current;
  }

  /** Reads the files of all folders that are followed; to be called once at the start. */
  async load(): Promise<void> {
    this.#forgetClosed();
    if (this.#followsAll) for (const folder of this.#open.folders) this.#follow(folder);
    this.#show(this.#follow(this.#open.inEffect));
    await Promise.all([...this.#followed.values()].map((followed) => followed.load()));
  }

  /**
   * Follows every folder from now on, and answers them in their order; those that have not been read yet are left out.
   */
  followAll(): readonly FolderConfiguration[] {
    this.#followsAll = true;
    return this.#open.folders.flatMap((folder) => {
      const followed = this.#follow(folder);
      void followed.loaded();
      return followed.isRead ? [{ folder, configuration: followed.current }] : [];
    });
  }

  /** The configuration of a folder, which is followed from now on. */
  async of(folder: OpenFolder): Promise<Configuration> {
    const followed = this.#follow(folder);
    await followed.loaded();
    return followed.current;
  }

  dispose(): void {
    this.#following.dispose();
    for (const followed of this.#followed.values()) followed.dispose();
    this.#changed.dispose();
    this.#changedAny.dispose();
  }

  #follow(folder: OpenFolder | undefined): FollowedConfiguration {
    const key = folder?.uri ?? NO_FOLDER;
    const known = this.#followed.get(key);
    if (known) return known;
    const followed = new FollowedConfiguration(() => this.#places(folder));
    this.#followed.set(key, followed);
    followed.onDidChange(() => {
      if ((this.#open.inEffect?.uri ?? NO_FOLDER) === key) this.#show(followed);
      this.#changedAny.fire();
    });
    return followed;
  }

  #places(folder: OpenFolder | undefined): ConfigurationPlaces {
    const { folders, isTrusted: trusted } = this.#open;
    const label = folder && folderLabel(folder, folders);
    const beside = folders.map(({ path }) => path).filter((path) => path !== undefined);
    return { ...this.#parts, folder: folder?.path, folderLabel: label, trusted, beside };
  }

  #show({ isRead, current }: FollowedConfiguration): void {
    if (!isRead || current === this.#current) return;
    this.#current = current;
    this.#changed.fire();
  }

  #forgetClosed(): void {
    const open = new Set([...this.#open.folders, this.#open.inEffect].map((folder) => folder?.uri ?? NO_FOLDER));
    for (const [key, followed] of this.#followed) {
      if (open.has(key)) continue;
      followed.dispose();
      this.#followed.delete(key);
    }
  }
}
