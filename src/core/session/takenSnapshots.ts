import type { Configuration } from '../config/configuration';
import type { StoredAccounts } from '../credentials/accountStore';
import type { SessionPorts } from './sessionPorts';
import { takeSnapshot } from './takeSnapshot';

/** What is known without the attempt and the test: both change often, and nothing has to be read anew for them. */
type Taken = ReturnType<typeof takeSnapshot>;

/** What keychain, files and settings come to, by the configuration of a folder: put together once, until one has changed. */
export class TakenSnapshots {
  readonly #ports: Pick<SessionPorts, 'settings' | 'selection'>;
  readonly #stored: () => StoredAccounts | undefined;
  #taken = new WeakMap<Configuration, Taken>();

  constructor(ports: Pick<SessionPorts, 'settings' | 'selection'>, stored: () => StoredAccounts | undefined) {
    this.#ports = ports;
    this.#stored = stored;
  }

  /** What is known in the folder of that configuration. */
  of(configuration: Configuration): Taken {
    const taken = this.#taken.get(configuration) ?? this.#take(configuration);
    this.#taken.set(configuration, taken);
    return taken;
  }

  /** To be called when anything has changed that they are made of. */
  forget(): void {
    this.#taken = new WeakMap();
  }

  #take(configuration: Configuration): Taken {
    const { settings, selection } = this.#ports;
    const settingsProblems = settings.problems();
    const modelProviders = settings.modelProviders();
    return takeSnapshot({ stored: this.#stored(), modelProviders, settingsProblems, configuration, selection });
  }
}
