import { Cancelled } from '../../src/core/base/errors';
import type { Clock } from '../../src/core/base/ports';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Time that stands still until somebody moves it. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 5, 1);
  #sleepers: readonly Sleeper[] = [];
  #waiting: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  /** How many wait for time to pass. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new Cancelled());
      const abort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(new Cancelled());
      };
      const wake = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper = { until: this.#now + ms, wake };
      this.#sleepers = [...this.#sleepers, sleeper];
      signal.addEventListener('abort', abort);
      for (const notice of this.#waiting.splice(0)) notice();
    });
  }

  /** Lets time pass and wakes who has slept long enough. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
  }

  /** Waits until somebody sleeps; resolves with the milliseconds until the first wakes. */
  async nextSleep(): Promise<number> {
    if (this.#sleepers.length === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return Math.min(...this.#sleepers.map(({ until }) => until)) - this.#now;
  }

  /** Lets time pass through every sleep until the work is over, well or badly; resolves with the seconds of each. */
  async passUntil(work: Promise<unknown>): Promise<readonly number[]> {
    const over = work.then(
      () => undefined,
      () => undefined,
    );
    const slept: number[] = [];
    for (;;) {
      const ms = await Promise.race([over, this.nextSleep()]);
      if (ms === undefined) return slept;
      slept.push(ms / 1000);
      this.advance(ms);
    }
  }
}
