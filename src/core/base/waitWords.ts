import { isTime } from './rateLimitHeaders';

const DAY_MS = 86_400_000;
/** What is further away is no time of waiting. */
const LONGEST_MS = 40 * DAY_MS;

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
/** Such as `43m12s` or `1 hour, 5 minutes and 3 s`. */
const SPAN = `((?:${PART}[\\s,]*(?:and\\s+)?)+)`;

/** A span behind what announces it, or, in Chinese, before. */
const ANNOUNCED = [
  new RegExp(`\\b(?:again|retry|retrying|wait|resets?|available)\\b[^.\\d]{0,40}?${SPAN}`, 'i'),
  new RegExp(`等待\\s*${SPAN}`),
  new RegExp(`${SPAN}(?:之?后|内)?[^。,，]{0,6}(?:重试|再试|恢复|重置|刷新)`),
];
/** What makes a time the one at which something goes on. */
const AGAIN = /again|retry|wait|reset|refresh|renew|available|until|重试|再试|恢复|重置|刷新|等待/i;
const STAMP = /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?/i;
/** Zhipu's and Z.AI's times are those of China, and do not say so. */
const OF_CHINA = /\p{Script=Han}|limit will reset at/u;
const CLOCK = /\bat\s+(\d{1,2}):(\d{2})(?::\d{2})?\s*(?:UTC|GMT|Z)\b/i;

/** When a server's words say that it takes requests again, in milliseconds since the epoch; undefined where they do not. */
export function resumesAtIn(text: string, now: number): number | undefined {
  if (!AGAIN.test(text)) return undefined;
  const at = stampIn(text) ?? clockIn(text, now) ?? spanIn(text, now) ?? NaN;
  return isTime(at) && at >= now && at - now <= LONGEST_MS ? at : undefined;
}

/** `will reset at 2026-09-12 00:35:41`, `将在 2026-09-12 00:35:41 重置`, `resets at 2026-05-15T15:00:00Z`. */
function stampIn(text: string): number | undefined {
  const [, day, time, given] = STAMP.exec(text) ?? [];
  const zone = given ? given.replace(/UTC|GMT/i, 'Z') : OF_CHINA.test(text) ? '+08:00' : undefined;
  return day && zone ? Date.parse(`${day}T${time}${zone}`) : undefined;
}

/** `Resets at 10:00 UTC`: today, or tomorrow where that is over. */
function clockIn(text: string, now: number): number | undefined {
  const [, hours, minutes] = CLOCK.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const at = now - (now % DAY_MS) + Number(hours) * 3_600_000 + Number(minutes) * 60_000;
  return at >= now ? at : at + DAY_MS;
}

function spanIn(text: string, now: number): number | undefined {
  const span = ANNOUNCED.map((form) => form.exec(text)?.[1]).find((found) => found !== undefined);
  if (span === undefined) return undefined;
  return [...span.matchAll(PARTS)].reduce((sum, [, count, unit = '']) => sum + Number(count) * msOf(unit), now);
}

function msOf(name: string): number {
  return UNITS.find(({ unit }) => unit.test(name))?.ms ?? 0;
}
