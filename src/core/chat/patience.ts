/**
 * Waits for a stream, but not for ever: only the time counts in which something is waited for. One timer serves for all of
 * it, however often something comes.
 */
export class Patience {
  readonly #giveUp: () => void;
  #limit: number;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `giveUp` is called once nothing has come for `limit` milliseconds. */
  constructor(limit: number, giveUp: () => void) {
    this.#limit = limit;
    this.#giveUp = giveUp;
  }

  /** Something is waited for from now on. */
  wait(): void {
    this.#since = performance.now();
    if (!this.#timer) this.#check();
  }

  /** It has come: whoever has it may take any time. */
  rest(): void {
    this.#since = undefined;
  }

  /** From now on the whole wait is `limit` milliseconds, whatever comes. */
  hurry(limit: number): void {
    if (this.#limit === Infinity) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#giveUp, limit);
    this.#limit = Infinity;
  }

  /** Nothing is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const waited = this.#since === undefined ? 0 : performance.now() - this.#since;
    const left = this.#limit - waited;
    if (left <= 0) this.#giveUp();
    else this.#timer = setTimeout(() => this.#check(), left);
  }
}
