/** How long a stream is waited for, in milliseconds. */
export interface Limits {
  /** While nothing comes at all. */
  readonly silence: number;
  /** In all, while nothing comes but signs of life. */
  readonly signs: number;
}

/**
 * Waits for a stream, but not for ever: only the time counts in which something is waited for. One timer serves for all of
 * it, however often something comes.
 */
export class Patience {
  readonly #giveUp: () => void;
  #limits: Limits;
  /** How long was waited since the last news, up to the last sign of life. */
  #waited = 0;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `giveUp` is called once a limit is reached. */
  constructor(limits: Limits, giveUp: () => void) {
    this.#limits = limits;
    this.#giveUp = giveUp;
  }

  /** Something is waited for from now on. */
  wait(): void {
    this.#since = performance.now();
    if (!this.#timer) this.#check();
  }

  /** Something has come: whoever has it may take any time. */
  rest(): void {
    if (this.#since !== undefined) this.#waited += performance.now() - this.#since;
    this.#since = undefined;
  }

  /** What has come was more than a sign of life. */
  progress(): void {
    this.#waited = 0;
  }

  /** From now on the whole wait is `limit` milliseconds, whatever comes. */
  hurry(limit: number): void {
    if (this.#limits.silence === Infinity) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#giveUp, limit);
    this.#limits = { silence: Infinity, signs: Infinity };
  }

  /** Nothing is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #check(): void {
    const left = this.#left();
    if (left <= 0) this.#giveUp();
    else this.#timer = setTimeout(() => this.#check(), left);
  }

  #left(): number {
    const { silence, signs } = this.#limits;
    if (this.#since === undefined) return this.#waited < signs ? silence : 0;
    const waiting = performance.now() - this.#since;
    return Math.min(silence - waiting, signs - this.#waited - waiting);
  }
}
