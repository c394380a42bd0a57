import type { Disposable } from '../../core/base/events';
import type { Fetch } from '../../core/base/ports';
import type { Settings } from '../../core/config/settings';
import { findLocalServers, type OwnServer } from '../../core/models/localServers';
import { PROVIDERS } from '../../core/providers/catalogue';

/** Which servers of this computer answer. None is asked before a page wants to know. */
export class LocalServers implements Disposable {
  readonly #fetch: Fetch;
  readonly #settings: Settings;
  readonly #changed: () => void;
  readonly #over = new AbortController();
  #found: readonly string[] | undefined;

  /** The servers as asked for one page; `changed` is called when they have answered. */
  constructor(fetch: Fetch, settings: Settings, changed: () => void) {
    this.#fetch = fetch;
    this.#settings = settings;
    this.#changed = changed;
  }

  /** The ids of the providers that answered last; undefined before the first time. */
  get found(): readonly string[] | undefined {
    return this.#found;
  }

  /** Asks all of them. */
  async find(): Promise<void> {
    this.#found = await findLocalServers(this.#fetch, this.#servers(), this.#over.signal);
    this.#changed();
  }

  dispose(): void {
    this.#over.abort();
  }

  /** An address that cannot be read is said where the settings' problems are. */
  #servers(): readonly OwnServer[] {
    return PROVIDERS.filter(({ group }) => group === 'own').flatMap((provider) => {
      try {
        return [{ provider, baseUrl: this.#settings.endpoint(provider, provider.regions[0]).baseUrl }];
      } catch {
        return [];
      }
    });
  }
}
