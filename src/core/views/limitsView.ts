import type { OwnPlan, RequestLimits, Settings } from '../config/settings';
import { type QuotaAccount, quotaAccountAt } from '../limits/askQuota';
import type { QuotaReading } from '../limits/askedQuotas';
import type { FullWindow } from '../limits/fullWindow';
import { fullWindowFor } from '../limits/fullWindows';
import type { LimitStatus } from '../limits/limits';
import { countedQuotaOf, planQuotas, type RequestCounts } from '../limits/planQuotas';
import type { RateLimit } from '../base/rateLimitHeaders';
import type { Credential } from '../credentials/resolve';
import type { ModelIdentity } from '../providers/model';
import { hostOf } from '../base/origin';
import type { Quota } from '../providers/quota';
import type { Snapshot } from '../session/snapshot';
import type { Action } from './action';
import { type Accounts, elsewhere } from './elsewhere';
import { countText, quotaRow, type QuotaRow } from './quotaRow';
import { durationText, momentText, timeText } from './timeText';
import { WINDOW_LIMITS } from './windowText';

/** A limit as it is shown. `source` is who says so: we, who counted, or the server, and when it was asked for it. */
interface LimitRow extends QuotaRow {
  readonly source: string;
}

/** The limits of the server of the model in use. */
export interface LimitsView {
  readonly host: string;
  readonly rows: readonly LimitRow[];
  /** The limit that is used up: in a sentence, and when it goes on in a few words. */
  readonly full?: { readonly text: string; readonly until: string };
  /** Where to go on meanwhile, or what the person has still to say, so that more can be shown. */
  readonly action?: Action;
}

/** What is known of limits beside the state of being signed in. */
export interface KnownLimits extends RequestCounts {
  status(baseUrl: string): LimitStatus;
  /** What a provider said when it was asked with a key. */
  asked(account: QuotaAccount): QuotaReading | undefined;
}

const CHOOSE_PLAN: Action = { label: 'Choose your plan…', intent: { type: 'choosePlan' } };

/**
 * What is known of the limits of the model in use: what was counted for the OAuth sign-in and for plans whose servers tell
 * nobody, and for every server what it said itself. Undefined where nothing is known.
 */
export function limitsView(
  snapshot: Accounts & Pick<Snapshot, 'credential'>,
  known: KnownLimits,
  settings: Pick<Settings, 'requestLimits' | 'codingPlan'>,
): LimitsView | undefined {
  const { selected, credential } = snapshot;
  if (!selected) return undefined;
  const status = known.status(selected.baseUrl);
  const host = hostOf(selected.baseUrl);
  const source = `said by ${host}`;
  // A timer may come late, after a computer has slept.
  const goOnLater = snapshot.full.filter(({ resumesAt }) => resumesAt > status.at);
  const full = fullWindowFor(goOnLater, selected);
  const account = credential && credential.kind !== 'oauth' ? keyPlace(selected, credential) : undefined;
  const plan = settings.codingPlan();
  const rows: readonly LimitRow[] = [
    ...(full ? [{ ...fullRow(full, status.at), source }] : []),
    ...(account ? [...askedRows(account, known, status.at), ...planRows(account, known, plan, status.at)] : []),
    ...(credential?.kind === 'oauth' ? countedRows(status, settings.requestLimits()) : []),
    ...saidRows(status).map((row) => ({ ...row, source })),
  ];
  if (rows.length === 0) return undefined;
  const isUnknownPlan = countedQuotaOf(account?.provider)?.editions && plan.edition === undefined;
  const action = (full && elsewhere(selected.baseUrl, snapshot)) ?? (isUnknownPlan ? CHOOSE_PLAN : undefined);
  return { host, rows, ...(full && { full: fullText(full, status.at) }), ...(action && { action }) };
}

/** A limit that is used up: in a sentence, and when it goes on in a few words. */
export function fullText(full: FullWindow, now: number): Required<LimitsView>['full'] {
  const until = untilText(full, now);
  const limit = full.window ? `${WINDOW_LIMITS[full.window]} limit` : 'limit';
  return { text: `Your ${limit} at ${hostOf(full.baseUrl)} is used up. It goes on ${until}.`, until };
}

/** The rows as lines of text, for where there is no table. */
export function limitsText({ rows }: LimitsView): string {
  return rows.map(({ label, text, source }) => `${label}: ${text} (${source})`).join('\n');
}

/** The place of a provider that a key is for; one of a variable is for the address that its requests go to. */
function keyPlace(
  { baseUrl }: ModelIdentity,
  { account, key }: Exclude<Credential, { readonly kind: 'oauth' }>,
): QuotaAccount | undefined {
  const place = quotaAccountAt(baseUrl, key);
  return account ?? (place && { ...place, baseUrl });
}

const COUNTED = 'counted here';

function askedRows(account: QuotaAccount, known: KnownLimits, now: number): readonly LimitRow[] {
  const { at, quotas } = known.asked(account) ?? { at: now, quotas: [] };
  return quotaRows(quotas, now, `said by ${hostOf(account.baseUrl)} ${momentText(at, now)}`);
}

function planRows(account: QuotaAccount, known: KnownLimits, plan: OwnPlan, now: number): readonly LimitRow[] {
  const counted = countedQuotaOf(account.provider);
  if (!counted) return [];
  // What the person has said is of the plan that has editions.
  const own = counted.editions ? plan : {};
  return quotaRows(planQuotas(known, account.baseUrl, counted, own, now), now, COUNTED);
}

function quotaRows(quotas: readonly Quota[], now: number, source: string): readonly LimitRow[] {
  return quotas.flatMap((quota) => quotaRow(quota, now) ?? []).map((row) => ({ ...row, source }));
}

function fullRow(full: FullWindow, now: number): QuotaRow {
  const label = full.window ? `The ${WINDOW_LIMITS[full.window]} limit` : 'The limit';
  return { label, text: `used up · goes on ${untilText(full, now)}`, tone: 'warning', usedPercent: 100 };
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
