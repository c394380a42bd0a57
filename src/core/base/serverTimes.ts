const DAY_MS = 86_400_000;

/** Units of time as servers write them, and what they are in milliseconds. */
const UNITS = [
  { unit: 'ms|milliseconds?|毫秒', ms: 1 },
  { unit: 'd|days?|天', ms: DAY_MS },
  { unit: 'h|hrs?|hours?|小时', ms: 3_600_000 },
  { unit: 'm|mins?|minutes?|分钟?', ms: 60_000 },
  { unit: 's|secs?|seconds?|秒钟?', ms: 1000 },
].map(({ unit, ms }) => ({ unit: new RegExp(`^(?:${unit})$`, 'i'), pattern: unit, ms }));
const PART = `(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(${UNITS.map(({ pattern }) => pattern).join('|')})(?![a-z])`;
const PARTS = new RegExp(PART, 'gi');

/**
 * A span of time as the source of a regular expression, in one group: `120ms`, `43m12s`, `1 hour, 5 minutes and 3 s`.
 */
export const SPAN = `((?:${PART}[\\s,]*(?:and\\s+)?)+)`;
const SPAN_ALONE = new RegExp(`^${SPAN}$`, 'i');

/** The milliseconds of a text that `SPAN` has found. */
export function spanMs(span: string): number {
  return [...span.matchAll(PARTS)].reduce((sum, [, count, unit = '']) => sum + Number(count) * msOf(unit), 0);
}

function msOf(name: string): number {
  return UNITS.find(({ unit }) => unit.test(name))?.ms ?? 0;
}

/** A value up to what follows it: parameters, or the same again where two on the way have set it. */
const FIRST = /^"?((?:[a-z]{3,9}, )?[^,;"]*)/i;
const DATE = /^(?:\d{4}-\d{2}-\d{2}T|[a-z]{3,9}, \d)/i;

/**
 * When a limit is reset, in milliseconds since the epoch. Servers send seconds to go, a span such as `6m0s`, a date, or
 * seconds or milliseconds since 1970, which are too large for seconds to go.
 */
export function readReset(text: string | undefined, now: number): number | undefined {
  const value = FIRST.exec(text?.trim() ?? '')?.[1]?.trim() ?? '';
  if (/^\d{1,15}(\.\d+)?$/.test(value)) {
    const number = Number(value);
    if (number > 1e11) return number;
    return number > 1e9 ? number * 1000 : now + number * 1000;
  }
  if (SPAN_ALONE.test(value)) return now + spanMs(value);
  const date = DATE.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : date;
}

/** Whether milliseconds since the epoch are a valid date; formatting any other throws. */
export function isTime(at: number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}
