import type { RequestLimits, Settings } from '../config/settings';
import type { KeyAccount } from '../credentials/account';
import type { QuotaReading } from '../limits/askedQuotas';
import type { FullWindow } from '../limits/fullWindow';
import { fullWindowFor } from '../limits/fullWindows';
import type { LimitStatus } from '../limits/limits';
import { planQuotas, type RequestCounts } from '../limits/planQuotas';
import type { RateLimit } from '../base/rateLimitHeaders';
import { hostOf } from '../base/origin';
import { findProvider } from '../providers/catalogue';
import type { Quota } from '../providers/quota';
import type { Snapshot } from '../session/snapshot';
import type { Action } from './action';
import { countText, quotaRow, type QuotaRow } from './quotaRow';
import { durationText, momentText, timeText } from './timeText';
import { WINDOW_LIMITS } from './windowText';

/** A limit as it is shown. `source` is who says so: we, who counted, or the server, and when it was asked for it. */
export interface LimitRow extends QuotaRow {
  readonly source: string;
}

/** The limits of the server of the model in use. */
export interface LimitsView {
  readonly host: string;
  readonly rows: readonly LimitRow[];
  /** The limit that is used up: in a sentence, and when it goes on in a few words. */
  readonly full?: { readonly text: string; readonly until: string };
  /** What the person has still to say, so that more can be shown. */
  readonly action?: Action;
}

/** What is known of limits beside the state of being signed in. */
export interface KnownLimits extends RequestCounts {
  status(baseUrl: string): LimitStatus;
  /** What a provider said when it was asked for an account. */
  asked(account: KeyAccount): QuotaReading | undefined;
}

const CHOOSE_PLAN: Action = { label: 'Choose your plan…', intent: { type: 'choosePlan' } };

/**
 * What is known of the limits of the model in use: what was counted for the OAuth sign-in and for plans whose servers tell
 * nobody, and for every server what it said itself. Undefined where nothing is known.
 */
export function limitsView(
  { selected, credential, full }: Pick<Snapshot, 'selected' | 'credential' | 'full'>,
  known: KnownLimits,
  settings: Pick<Settings, 'requestLimits' | 'codingPlan'>,
): LimitsView | undefined {
  if (!selected) return undefined;
  const { baseUrl } = selected;
  const status = known.status(baseUrl);
  const host = hostOf(baseUrl);
  const account = credential?.kind === 'key' ? credential.account : undefined;
  const quota = account && findProvider(account.provider)?.quota;
  const counted = quota?.kind === 'counted' ? quota : undefined;
  const reading = account && known.asked(account);
  // A timer may come late, after a computer has slept.
  const window = fullWindowFor(
    full.filter(({ resumesAt }) => resumesAt > status.at),
    selected,
  );
  const rows: readonly LimitRow[] = [
    ...(window ? [{ ...fullRow(window, status.at), source: `said by ${host}` }] : []),
    ...quotaRows(
      reading?.quotas ?? [],
      status.at,
      `said by ${host} ${reading ? momentText(reading.at, status.at) : ''}`,
    ),
    ...(counted
      ? quotaRows(planQuotas(known, baseUrl, counted, settings.codingPlan(), status.at), status.at, COUNTED)
      : []),
    ...(credential?.kind === 'oauth' ? countedRows(status, settings.requestLimits()) : []),
    ...saidRows(status).map((row) => ({ ...row, source: `said by ${host}` })),
  ];
  if (rows.length === 0) return undefined;
  const wantsPlan = counted?.editions !== undefined && settings.codingPlan().edition === undefined;
  return {
    host,
    rows,
    ...(window && { full: fullText(window, host, status.at) }),
    ...(wantsPlan && { action: CHOOSE_PLAN }),
  };
}

/** The rows as lines of text, for where there is no table. */
export function limitsText({ rows }: LimitsView): string {
  return rows.map(({ label, text, source }) => `${label}: ${text} (${source})`).join('\n');
}

const COUNTED = 'counted here';

function quotaRows(quotas: readonly Quota[], now: number, source: string): readonly LimitRow[] {
  return quotas.flatMap((quota) => quotaRow(quota, now) ?? []).map((row) => ({ ...row, source }));
}

function fullRow(full: FullWindow, now: number): QuotaRow {
  const label = full.window ? `The ${WINDOW_LIMITS[full.window]} limit` : 'The limit';
  return { label, text: `used up · goes on ${untilText(full, now)}`, tone: 'warning', usedPercent: 100 };
}

function fullText(full: FullWindow, host: string, now: number): Required<LimitsView>['full'] {
  const until = untilText(full, now);
  const limit = full.window ? `${WINDOW_LIMITS[full.window]} limit` : 'limit';
  return { text: `Your ${limit} at ${host} is used up. It goes on ${until}.`, until };
}

function untilText({ resumesAt, isLatest }: FullWindow, now: number): string {
  return `${momentText(resumesAt, now)}${isLatest ? ' at the latest' : ''}`;
}

function countedRows({ lastMinute, lastDay }: LimitStatus, { perMinute, perDay }: RequestLimits): readonly LimitRow[] {
  return [
    { label: 'Last 60 seconds', ...countedText(lastMinute, perMinute), source: COUNTED },
    { id: 'day', label: 'Last 24 hours', ...countedText(lastDay, perDay), source: COUNTED },
  ];
}

function countedText(count: number, limit: number | undefined): Omit<QuotaRow, 'label'> {
  if (limit === undefined)
    return { text: `${countText(count)} ${count === 1 ? 'request' : 'requests'}`, tone: 'normal' };
  const usedPercent = Math.min(100, Math.floor((100 * count) / limit));
  const text = `${countText(count)} of ${countText(limit)} requests`;
  return { text, tone: count < limit ? 'normal' : 'warning', usedPercent };
}

function saidRows({ at, said, retryAt }: LimitStatus): readonly QuotaRow[] {
  const next = retryAt !== undefined && `not before ${timeText(retryAt, at)}`;
  return [
    ...(next ? [{ label: 'Next request', text: next, tone: 'warning' } as const] : []),
    ...said.map((limit) => ({ label: LABELS[limit.unit ?? 'unknown'], ...saidText(limit, at) })),
  ];
}

const LABELS = { requests: 'Requests', tokens: 'Tokens', unknown: 'Limit' } as const;

function saidText({ limit, remaining, resetsAt, windowSeconds }: RateLimit, now: number): Omit<QuotaRow, 'label'> {
  const most = limit === undefined ? '' : countText(limit);
  const left = remaining === undefined ? `${most} at most` : `${countText(remaining)}${most && ` of ${most}`} left`;
  const per = windowSeconds === undefined ? '' : ` per ${durationText(windowSeconds)}`;
  const until = resetsAt === undefined ? '' : `, until ${timeText(resetsAt, now)}`;
  return { text: left + per + until, tone: remaining === 0 ? 'warning' : 'normal' };
}
