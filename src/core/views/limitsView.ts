import type { RequestLimits, Settings } from '../config/settings';
import type { LimitStatus } from '../limits/limits';
import type { RateLimit } from '../base/rateLimitHeaders';
import { hostOf } from '../base/origin';
import type { Snapshot } from '../session/snapshot';
import { durationText, timeText } from './timeText';

/** A limit as it is shown. `source` is who says so: we, who counted, or the server. */
export interface LimitRow {
  readonly label: string;
  readonly text: string;
  readonly source: string;
  readonly tone: 'normal' | 'warning';
}

/** The limits of the server of the model in use. */
export interface LimitsView {
  readonly host: string;
  readonly rows: readonly LimitRow[];
}

/**
 * What is known of the limits of the model in use: what was counted for the OAuth sign-in, whose documents name limits,
 * and for every server what it said itself. Undefined where nothing is known.
 */
export function limitsView(
  { selected, credential }: Pick<Snapshot, 'selected' | 'credential'>,
  statusOf: (baseUrl: string) => LimitStatus,
  settings: Pick<Settings, 'requestLimits'>,
): LimitsView | undefined {
  if (!selected) return undefined;
  const status = statusOf(selected.baseUrl);
  const host = hostOf(selected.baseUrl);
  const rows = [
    ...(credential?.kind === 'oauth' ? countedRows(status, settings.requestLimits()) : []),
    ...saidRows(status).map((row) => ({ ...row, source: `said by ${host}` })),
  ];
  return rows.length > 0 ? { host, rows } : undefined;
}

/** The rows as lines of text, for where there is no table. */
export function limitsText({ rows }: LimitsView): string {
  return rows.map(({ label, text, source }) => `${label}: ${text} (${source})`).join('\n');
}

function countedRows({ lastMinute, lastDay }: LimitStatus, { perMinute, perDay }: RequestLimits): readonly LimitRow[] {
  return [
    { label: 'Last 60 seconds', ...countedText(lastMinute, perMinute), source: 'counted here' },
    { label: 'Last 24 hours', ...countedText(lastDay, perDay), source: 'counted here' },
  ];
}

function countedText(count: number, limit: number | undefined): Pick<LimitRow, 'text' | 'tone'> {
  if (limit === undefined) return { text: `${figure(count)} ${count === 1 ? 'request' : 'requests'}`, tone: 'normal' };
  return { text: `${figure(count)} of ${figure(limit)} requests`, tone: count < limit ? 'normal' : 'warning' };
}

function saidRows({ at, said, retryAt }: LimitStatus): readonly Omit<LimitRow, 'source'>[] {
  const next = retryAt !== undefined && `not before ${timeText(retryAt, at)}`;
  return [
    ...(next ? [{ label: 'Next request', text: next, tone: 'warning' } as const] : []),
    ...said.map((limit) => ({ label: LABELS[limit.unit ?? 'unknown'], ...saidText(limit, at) })),
  ];
}

const LABELS = { requests: 'Requests', tokens: 'Tokens', unknown: 'Limit' } as const;

function saidText(
  { limit, remaining, resetsAt, windowSeconds }: RateLimit,
  now: number,
): Pick<LimitRow, 'text' | 'tone'> {
  const most = limit === undefined ? '' : figure(limit);
  const left = remaining === undefined ? `${most} at most` : `${figure(remaining)}${most && ` of ${most}`} left`;
  const per = windowSeconds === undefined ? '' : ` per ${durationText(windowSeconds)}`;
  const until = resetsAt === undefined ? '' : `, until ${timeText(resetsAt, now)}`;
  return { text: left + per + until, tone: remaining === 0 ? 'warning' : 'normal' };
}

function figure(count: number): string {
  return count.toLocaleString('en-US');
}
