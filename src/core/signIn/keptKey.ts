import type { Disposable } from '../base/events';
import type { Clock } from '../base/ports';
import { Secret } from '../base/secret';
import type { SignInRequest } from './signIn';

const KEPT_MS = 5 * 60 * 1000;

/**
 * The key of the last sign-in that failed, for as long as it may still be good, elsewhere or with another model: five
 * minutes, or until the next one. It is nowhere but here.
 */
export class KeptKey implements Disposable {
  readonly #clock: Clock;
  #kept: { readonly key: Secret | undefined; readonly request: SignInRequest } | undefined;
  #waiting = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps a request with its key, if it has one, in the place of the one before. */
  keep(request: SignInRequest): void {
    this.dispose();
    const { apiKey, ...rest } = request;
    this.#kept = { key: apiKey === undefined ? undefined : new Secret(apiKey), request: rest };
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
    return kept && { ...kept.request, ...(kept.key && { apiKey: kept.key.reveal() }) };
  }

  dispose(): void {
    this.#waiting.abort();
    this.#kept = undefined;
  }
}
