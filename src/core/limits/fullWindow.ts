import { monthAround, type PlanWindow, weekAround, ZONES } from '../base/calendar';
import type { RequestError } from '../base/errors';
import { isAllocatedQuota, refusedWindow } from '../base/refusedWindow';
import { fingerprint } from '../credentials/fingerprint';
import type { Credential } from '../credentials/resolve';
import type { ModelIdentity } from '../providers/model';

/** A limit of hours or more that is used up, as a server said when it refused a request. */
export interface FullWindow {
  readonly baseUrl: string;
  /** The fingerprint of the credential that was refused: another one has limits of its own. */
  readonly credential: string;
  /** Only this model is refused; absent where the limit is of the whole account. */
  readonly model?: string;
  /** Absent where the server did not say which one. */
  readonly window?: PlanWindow;
  /** When requests are taken again, in milliseconds since the epoch. */
  readonly resumesAt: number;
  /** Whether that is the latest time, and it may be sooner. */
  readonly isLatest: boolean;
}

/** A request to a model, and what signs it. */
export interface SignedRequest {
  readonly model: ModelIdentity;
  readonly credential: Credential;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long a window is at most. */
const LENGTHS: Readonly<Record<PlanWindow, number>> = {
  fiveHours: 5 * HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 31 * DAY_MS,
};
/** Whose limit it is, where that is told: of a model, or of all that are free. */
const OF_MODEL = /model|模型/i;

/**
 * The window that a refusal tells of; undefined for any other error, and where neither words nor headers tell when it
 * goes on. `startDay` is the day of the month on which the person's plan begins anew, where they have said so.
 */
export function fullWindowOf(
  error: RequestError,
  { model: { id, baseUrl }, credential }: SignedRequest,
  now: number,
  startDay: number | undefined,
): FullWindow | undefined {
  if (error.reason !== 'windowUsedUp') return undefined;
  const { code = '', text = '', retryAfterSeconds } = error.details;
  const window = refusedWindow(error.details);
  const until = isAllocatedQuota(text)
    ? allocatedUntil(window, now, startDay)
    : (saidUntil(retryAfterSeconds, now) ?? latestOf(window, now));
  const isOfModel = !isAllocatedQuota(text) && OF_MODEL.test(`${code} ${text}`);
  const whose = { baseUrl, credential: fingerprint(credential), ...(isOfModel && { model: id }) };
  return until && { ...whose, ...(window && { window }), ...until };
}

type Until = Pick<FullWindow, 'resumesAt' | 'isLatest'>;

/**
 * Alibaba's plans do not say when: their weeks begin on Monday and their months on the day of the subscription, in
 * China.
 */
function allocatedUntil(window: PlanWindow | undefined, now: number, startDay: number | undefined): Until | undefined {
  if (window === 'week') return { resumesAt: weekAround(now, ZONES.china).end, isLatest: false };
  if (window === 'month' && startDay !== undefined)
    return { resumesAt: monthAround(now, startDay, ZONES.china).end, isLatest: false };
  return latestOf(window, now);
}

function saidUntil(seconds: number | undefined, now: number): Until | undefined {
  return seconds === undefined ? undefined : { resumesAt: now + seconds * 1000, isLatest: false };
}

function latestOf(window: PlanWindow | undefined, now: number): Until | undefined {
  return window && { resumesAt: now + LENGTHS[window], isLatest: true };
}
