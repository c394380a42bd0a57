const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The first Monday since the epoch, 1970-01-05. */
const MONDAY_MS = 4 * DAY_MS;

const PLAN_WINDOWS = ['fiveHours', 'day', 'week', 'month'] as const;
/** A time for which a plan has a limit. */
export type PlanWindow = (typeof PLAN_WINDOWS)[number];

/** Whether a text is the name of such a time. */
export function isPlanWindow(text: string | undefined): text is PlanWindow {
  return PLAN_WINDOWS.some((window) => window === text);
}

/** Clocks that never change, by how many milliseconds they are ahead of UTC. */
export const ZONES = { utc: 0, china: 8 * HOUR_MS } as const;
/** One of them. */
type Zone = (typeof ZONES)[keyof typeof ZONES];

/** A span of time in milliseconds since the epoch; its end is the beginning of the next one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The day that a time is in, from 00:00 in that zone. */
export function dayAround(at: number, zone: Zone): Span {
  return spanAround(at, DAY_MS, -zone);
}

/** The week that a time is in, from Monday 00:00 in that zone. */
export function weekAround(at: number, zone: Zone): Span {
  return spanAround(at, 7 * DAY_MS, MONDAY_MS - zone);
}

/**
 * The month that a time is in, where months begin on that day, 1 to 31, at 00:00; in a shorter one, on its last day.
 */
export function monthAround(at: number, day: number, zone: Zone): Span {
  const date = new Date(at + zone);
  const beginning = (months: number): number => {
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
    const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return Date.UTC(year, month, Math.min(day, days)) - zone;
  };
  return at < beginning(0) ? { start: beginning(-1), end: beginning(0) } : { start: beginning(0), end: beginning(1) };
}

/** The span that a time lies in, of spans of that length in a row, one of which begins at `first`. */
function spanAround(at: number, length: number, first: number): Span {
  const start = at - ((at - first) % length);
  return { start, end: start + length };
}
