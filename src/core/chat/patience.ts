/** How long a stream is waited for, in milliseconds. */
interface StreamLimits {
  /** While nothing comes at all. */
  readonly silence: number;
  /** In all, while nothing comes but signs of life. */
  readonly signs: number;
}

/**
 * Waits for a stream, but not for ever: only the time counts in which something is waited for. One timer serves for all
 * of it, however often something comes.
 */
export class Patience {
  readonly #giveUp: (reached: keyof StreamLimits) => void;
  readonly #limits: StreamLimits;
  /** How long was waited since the last news, up to the last sign of life. */
  #waited = 0;
  #since: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** How long is waited behind the end; undefined before it. */
  #afterwards: number | undefined;

  /** `giveUp` is called once a limit is reached, with its name. */
  constructor(limits: StreamLimits, giveUp: (reached: keyof StreamLimits) => void) {
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
    if (this.#afterwards !== undefined) this.#waitAfterwards(this.#afterwards);
  }

  /** From now on the whole wait for progress is `limit` milliseconds, whatever else comes. */
  hurry(limit: number): void {
    if (this.#afterwards === undefined) this.#waitAfterwards(limit);
  }

  /** Nothing is waited for any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #waitAfterwards(limit: number): void {
    this.#afterwards = limit;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp('silence'), limit);
  }

  #check(): void {
    const { silence } = this.#limits;
    const signs = this.#limits.signs - this.#waited;
    const waiting = this.#since === undefined ? 0 : performance.now() - this.#since;
    const left = Math.min(silence, signs) - waiting;
    if (left <= 0) this.#giveUp(signs < silence ? 'signs' : 'silence');
    else this.#timer = setTimeout(() => this.#check(), left);
  }
}
