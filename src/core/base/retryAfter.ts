import { exhaustedSeconds } from './rateLimitHeaders';
import { isTime } from './serverTimes';

/** How many seconds to wait for a server: by `Retry-After`, else until its used-up limit is reset. */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const ms = headers.get('retry-after-ms');
  return (
    readRetryAfter(ms && String(Number(ms) / 1000)) ??
    readRetryAfter(headers.get('retry-after')) ??
    exhaustedSeconds(headers, Date.now())
  );
}

/** `Retry-After` in seconds, be it given in seconds or as a date (RFC 9110 §10.2.3). */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  if (header.trim() !== '' && Number.isFinite(seconds))
    return isTime(Date.now() + seconds * 1000) ? Math.max(0, seconds) : undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
