import type { Configuration } from '../config/configuration';
import type { StoredAccounts } from '../credentials/accountStore';
import type { SessionPorts } from './sessionPorts';
import { buildSnapshot } from './buildSnapshot';

/**
 * A snapshot without the sign-in and the test under way: these change often, and nothing has to be read again for them.
 */
type Built = ReturnType<typeof buildSnapshot>;

/**
 * Snapshots by the configuration of a folder: each is built once, and again when something that it is made of has
 * changed.
 */
export class SnapshotCache {
  readonly #ports: Pick<SessionPorts, 'settings' | 'selection'>;
  readonly #stored: () => StoredAccounts | undefined;
  #built = new WeakMap<Configuration, Built>();

  constructor(ports: Pick<SessionPorts, 'settings' | 'selection'>, stored: () => StoredAccounts | undefined) {
    this.#ports = ports;
    this.#stored = stored;
  }

  /** What is known in the folder of that configuration. */
  of(configuration: Configuration): Built {
    const built = this.#built.get(configuration) ?? this.#build(configuration);
    this.#built.set(configuration, built);
    return built;
  }

  /** Drops all: to be called when anything that they are made of has changed. */
  forget(): void {
    this.#built = new WeakMap();
  }

  #build(configuration: Configuration): Built {
    const { settings, selection } = this.#ports;
    const settingsProblems = settings.problems();
    const modelProviders = settings.modelProviders();
    return buildSnapshot({ stored: this.#stored(), modelProviders, settingsProblems, configuration, selection });
  }
}
