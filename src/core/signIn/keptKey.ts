import type { Disposable } from '../base/events';
import type { Clock } from '../base/ports';
import type { SignInRequest } from './signInRequest';

const KEPT_MS = 5 * 60 * 1000;

/**
 * The key of the last sign-in that failed, for as long as it may still be good, elsewhere or with another model: five
 * minutes, or until the next one. It is nowhere but here.
 */
export class KeptKey implements Disposable {
  readonly #clock: Clock;
  #kept: SignInRequest | undefined;
  #waiting = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a request with its key, if it has one, in the place of the one before. */
  keep(request: SignInRequest): void {
    this.dispose();
    this.#kept = request;
    const { signal } = (this.#waiting = new AbortController());
    this.#clock.sleep(KEPT_MS, signal).then(
      () => this.dispose(),
      () => undefined,
    );
  }

  /** Returns the request and forgets it; undefined where it is not kept any more. */
  release(): SignInRequest | undefined {
    const kept = this.#kept;
    this.dispose();
    return kept;
  }

  dispose(): void {
    this.#waiting.abort();
    this.#kept = undefined;
  }
}
