import { exhaustedSeconds } from './rateLimitHeaders';
import { isTime, readReset } from './serverTimes';

/** How many seconds to wait for a server: by `Retry-After`, else until its used-up limit is reset. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const ms = headers.get('retry-after-ms');
  return (
    readRetryAfter(ms && String(Number(ms) / 1000)) ??
    readRetryAfter(headers.get('retry-after')) ??
    exhaustedSeconds(headers, Date.now())
  );
}

/** `Retry-After` in seconds, be it given in seconds, as a date (RFC 9110 §10.2.3), or as limits say when they are reset. */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (Number(header) < 0) return 0;
  const now = Date.now();
  const at = readReset(header, now) ?? NaN;
  if (!isTime(at)) return undefined;
  const seconds = Math.max(0, (at - now) / 1000);
  return seconds === Number(header) ? seconds : Math.ceil(seconds);
}
