// A plan that is counted in requests, as Alibaba's are: what it takes in each of its windows, and how it says no.
import { openAiStyle, type Refusal } from './refusals';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The first Monday since the epoch at 00:00 in China. */
const MONDAY_MS = 4 * DAY_MS - 8 * HOUR_MS;

/**
 * How many requests a plan takes in the last five hours, in the week and in the month; what is left out has no limit.
 */
export type PlanLimits = Partial<Record<'hour' | 'week' | 'month', number>>;

/** Counts the requests of every plan. */
export class PlanMeter {
  readonly #behavior: { readonly plan: PlanLimits };
  readonly #taken = new Map<string, readonly number[]>();

  constructor(behavior: { readonly plan: PlanLimits }) {
    this.#behavior = behavior;
  }

  /** Counts a request to a plan at that time, or refuses it, uncounted, where a window is full. */
  claim(plan: string, at: number): Refusal | undefined {
    const taken = this.#taken.get(plan) ?? [];
    const { hour = Infinity, week = Infinity, month = Infinity } = this.#behavior.plan;
    const since = (start: number): number => taken.filter((time) => time >= start).length;
    const full = [
      { window: 'hour', isFull: since(at - 5 * HOUR_MS + 1) >= hour },
      { window: 'week', isFull: since(at - ((at - MONDAY_MS) % (7 * DAY_MS))) >= week },
      { window: 'month', isFull: since(at - 30 * DAY_MS) >= month },
    ].findLast(({ isFull }) => isFull);
    if (full)
      return openAiStyle(429, 'insufficient_quota', `${full.window} allocated quota exceeded.`, 'insufficient_quota');
    this.#taken.set(plan, [...taken, at]);
    return undefined;
  }
}
