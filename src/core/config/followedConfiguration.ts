import { type Disposable, Emitter, type Event } from '../base/events';
import {
  type Configuration,
  configurationPaths,
  type ConfigurationPlaces,
  emptyConfiguration,
  readConfiguration,
} from './configuration';

/** The configuration of one folder, read again whenever one of its files changes. */
export class FollowedConfiguration implements Disposable {
  readonly #places: () => ConfigurationPlaces;
  readonly #changed = new Emitter<void>();
  #current: Configuration;
  #readings = 0;
  /** The reading that was begun last. */
  #loading: Promise<void> | undefined;
  #isRead = false;
  #isOver = false;
  #watching: Disposable | undefined;
  /** The paths that are watched, a line each. */
  #watched: string | undefined;

  /** Fires when the files were read anew. */
  readonly onDidChange: Event<void> = this.#changed.event;

  /** Where to look is asked for at each reading. Nothing is read before `load`. */
  constructor(places: () => ConfigurationPlaces) {
    this.#places = places;
    this.#current = emptyConfiguration(places().environment);
  }

  /** What was last read. */
  get current(): Configuration {
    return this.#current;
  }

  /** False until the files were read for the first time. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Reads the files anew, and follows them from then on. */
  async load(): Promise<void> {
    this.#loading = this.#read();
    await this.#loading;
  }

  /** Waits until the files have been read, which begins here where nobody has begun it. */
  async loaded(): Promise<void> {
    await (this.#loading ?? this.load());
  }

  dispose(): void {
    this.#isOver = true;
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    const reading = (this.#readings += 1);
    const places = this.#places();
    // Before they are read: what changes meanwhile is read again.
    this.#watch(places);
    const read = await readConfiguration(places);
    if (this.#isOver) return;
    // A later reading knows better.
    if (reading !== this.#readings) return await this.#loading;
    this.#current = read;
    this.#isRead = true;
    this.#changed.fire();
  }

  #watch(places: ConfigurationPlaces): void {
    const paths = configurationPaths(places);
    if (this.#isOver || paths.join('\n') === this.#watched) return;
    this.#watched = paths.join('\n');
    this.#watching?.dispose();
    this.#watching = places.files.watch(paths, () => void this.load());
  }
}
