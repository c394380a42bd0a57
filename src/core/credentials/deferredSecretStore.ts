import { type Disposable, Emitter, type Event } from '../base/events';
import type { SecretStore } from '../base/ports';

type OpenedStore = SecretStore & Disposable;

/**
 * A secret store that is there at once, while the one behind it is still being opened: whoever uses it waits for that.
 */
export class DeferredSecretStore implements SecretStore, Disposable {
  readonly #opening: Promise<OpenedStore>;
  readonly #changed = new Emitter<unknown>();

  readonly onDidChange: Event<unknown> = this.#changed.event;

  /** Where the opening fails, every use throws that error. */
  constructor(opening: Promise<OpenedStore>) {
    this.#opening = opening;
    opening.then(
      (store) => store.onDidChange((change) => this.#changed.fire(change)),
      () => undefined,
    );
  }

  async keys(): Promise<readonly string[]> {
    return await (await this.#opening).keys();
  }

  async get(key: string): Promise<string | undefined> {
    return await (await this.#opening).get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await (await this.#opening).store(key, value);
  }

  async delete(key: string): Promise<void> {
    await (await this.#opening).delete(key);
  }

  async locked<T>(work: () => Promise<T>, key: string): Promise<T> {
    const store = await this.#opening;
    return await (store.locked ? store.locked(work, key) : work());
  }

  dispose(): void {
    this.#changed.dispose();
    this.#opening.then(
      (store) => store.dispose(),
      () => undefined,
    );
  }
}
