import { isTime, SPAN, spanMs } from './serverTimes';

const DAY_MS = 86_400_000;
/** What is further away is no time of waiting. */
const LONGEST_MS = 40 * DAY_MS;

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

/**
 * When a server's words say that it takes requests again, in milliseconds since the epoch; undefined where they do not.
 */
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
  return span === undefined ? undefined : now + spanMs(span);
}
