import * as l10n from '@vscode/l10n';
import type { RequestLimits, Settings } from '../config/settings';
import { type QuotaAccount, quotaAccountOf } from '../limits/askQuota';
import type { QuotaReading } from '../limits/askedQuotas';
import { credentialOf } from '../credentials/resolve';
import type { FullWindow } from '../limits/fullWindow';
import { fullWindowFor } from '../limits/fullWindows';
import type { LimitStatus } from '../limits/limits';
import { countedQuotaOf, planQuotas, type RequestCounts } from '../limits/planQuotas';
import type { RateLimit } from '../base/rateLimitHeaders';
import { hostOf } from '../base/origin';
import { accountLabel } from '../models/modelList';
import type { PlanName, Quota } from '../providers/quota';
import type { Snapshot } from '../session/snapshot';
import type { Action } from './action';
import { type Accounts, elsewhere } from './elsewhere';
import { quotaRow, type QuotaRow, requestsOfText, requestsText } from './quotaRow';
import { durationText, momentText, timeText } from './timeText';
import { WINDOW_LIMITS } from './windowText';
import { numberText } from '../../language/numbers';

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

/** The limits of an account, with what the person has still to say, so that more can be shown. */
export interface AccountLimits {
  readonly id: string;
  readonly label: string;
  readonly host: string;
  readonly rows: readonly LimitRow[];
  readonly action?: Action;
}

type LimitSettings = Pick<Settings, 'requestLimits' | 'plan'>;

/**
 * What is known of the limits of the model in use: what was counted for the OAuth sign-in and for plans whose servers
 * tell nobody, and for every server what it said itself. Undefined where nothing is known.
 */
export function limitsView(
  snapshot: Accounts & Pick<Snapshot, 'credential'>,
  known: KnownLimits,
  settings: LimitSettings,
): LimitsView | undefined {
  const { selected, credential } = snapshot;
  if (!selected) return undefined;
  const status = known.status(selected.baseUrl);
  const host = hostOf(selected.baseUrl);
  // A timer may come late, after a computer has slept.
  const goOnLater = snapshot.full.filter(({ resumesAt }) => resumesAt > status.at);
  const full = credential && fullWindowFor(goOnLater, { model: selected, credential });
  const place = credential && quotaAccountOf(selected, credential);
  const about = { baseUrl: selected.baseUrl, place, isOAuth: credential?.kind === 'oauth', full };
  const rows = limitRows(about, status, known, settings);
  if (rows.length === 0) return undefined;
  const action = (full && elsewhere(selected.baseUrl, snapshot)) ?? planAction(place, settings);
  return { host, rows, ...(full && { full: fullText(full, status.at) }), ...(action && { action }) };
}

/** A limit that is used up: in a sentence, and when it goes on in a few words. */
export function fullText(full: FullWindow, now: number): Required<LimitsView>['full'] {
  const until = untilText(full, now);
  const host = hostOf(full.baseUrl);
  const text = full.window
    ? l10n.t('Your {limit} at {host} is used up. It goes on {when}.', {
        limit: WINDOW_LIMITS[full.window],
        host,
        when: until,
      })
    : l10n.t('Your limit at {host} is used up. It goes on {when}.', { host, when: until });
  return { text, until };
}

/** What is known of the limits of every account, of which there is something to say. */
export function accountLimits(
  { accounts, full }: Pick<Snapshot, 'accounts' | 'full'>,
  known: KnownLimits,
  settings: LimitSettings,
): readonly AccountLimits[] {
  return accounts.flatMap((account) => {
    const { id, baseUrl } = account;
    const status = known.status(baseUrl);
    // A limit of one model is none of the account.
    const own = full.filter(({ model, resumesAt }) => model === undefined && resumesAt > status.at);
    const isOAuth = account.method === 'qwen-oauth';
    const place = isOAuth ? undefined : account;
    const whole = fullWindowFor(own, { model: { id: '', baseUrl }, credential: credentialOf(account) });
    const about = { baseUrl, place, isOAuth, full: whole };
    const rows = limitRows(about, status, known, settings);
    if (rows.length === 0) return [];
    const action = planAction(place, settings);
    return [{ id, label: accountLabel(account), host: hostOf(baseUrl), rows, ...(action && { action }) }];
  });
}

/** Whose limits they are: at a place of a provider that takes keys, or of the OAuth sign-in. */
interface Whose {
  readonly baseUrl: string;
  readonly place: QuotaAccount | undefined;
  readonly isOAuth: boolean;
  readonly full: FullWindow | undefined;
}

function limitRows(
  { baseUrl, place, isOAuth, full }: Whose,
  status: LimitStatus,
  known: KnownLimits,
  settings: LimitSettings,
): readonly LimitRow[] {
  const source = l10n.t('said by {0}', hostOf(baseUrl));
  return [
    ...(full ? [{ ...fullRow(full, status.at), source }] : []),
    ...(place ? [...askedRows(place, known, status.at), ...planRows(place, known, settings, status.at)] : []),
    ...(isOAuth ? countedRows(status, settings.requestLimits()) : []),
    ...saidRows(status).map((row) => ({ ...row, source })),
  ];
}

/** The button for what the person has not said of their plan yet: its edition where it has some, else its first day. */
function planAction(place: QuotaAccount | undefined, settings: LimitSettings): Action | undefined {
  const counted = countedQuotaOf(place?.provider);
  if (!counted) return undefined;
  const { edition, startDay } = settings.plan(counted.plan);
  const isKnown = counted.editions ? edition !== undefined : startDay !== undefined;
  return isKnown ? undefined : { label: PLAN_LABELS[counted.plan], intent: { type: 'choosePlan', plan: counted.plan } };
}

const PLAN_LABELS: Readonly<Record<PlanName, string>> = {
  codingPlan: l10n.t('Choose your plan…'),
  tokenPlan: l10n.t('Say when it begins anew…'),
};

/** The rows as lines of text, for where there is no table. */
export function limitsText({ rows }: LimitsView): string {
  return rows
    .map(({ label, text, source }) => l10n.t('{label}: {text} ({source})', { label, text, source }))
    .join('\n');
}

const COUNTED = l10n.t('counted here');

function askedRows(account: QuotaAccount, known: KnownLimits, now: number): readonly LimitRow[] {
  const { at, quotas } = known.asked(account) ?? { at: now, quotas: [] };
  const host = hostOf(account.baseUrl);
  return quotaRows(quotas, now, l10n.t('said by {host} {when}', { host, when: momentText(at, now) }));
}

function planRows(
  account: QuotaAccount,
  known: KnownLimits,
  settings: LimitSettings,
  now: number,
): readonly LimitRow[] {
  const counted = countedQuotaOf(account.provider);
  if (!counted) return [];
  return quotaRows(planQuotas(known, account.baseUrl, counted, settings.plan(counted.plan), now), now, COUNTED);
}

function quotaRows(quotas: readonly Quota[], now: number, source: string): readonly LimitRow[] {
  return quotas.flatMap((quota) => quotaRow(quota, now) ?? []).map((row) => ({ ...row, source }));
}

function fullRow(full: FullWindow, now: number): QuotaRow {
  const label = full.window ? l10n.t('The {0}', WINDOW_LIMITS[full.window]) : l10n.t('The limit');
  return { label, text: l10n.t('used up · goes on {0}', untilText(full, now)), tone: 'warning', usedPercent: 100 };
}

function untilText({ resumesAt, isLatest }: FullWindow, now: number): string {
  const moment = momentText(resumesAt, now);
  return isLatest ? l10n.t('{0} at the latest', moment) : moment;
}

function countedRows({ lastMinute, lastDay }: LimitStatus, { perMinute, perDay }: RequestLimits): readonly LimitRow[] {
  return [
    { label: l10n.t('Last 60 seconds'), ...countedText(lastMinute, perMinute), source: COUNTED },
    { id: 'day', label: l10n.t('Last 24 hours'), ...countedText(lastDay, perDay), source: COUNTED },
  ];
}

function countedText(count: number, limit: number | undefined): Omit<QuotaRow, 'label'> {
  if (limit === undefined) return { text: requestsText(count), tone: 'normal' };
  const usedPercent = Math.min(100, Math.floor((100 * count) / limit));
  return { text: requestsOfText(count, limit), tone: count < limit ? 'normal' : 'warning', usedPercent };
}

function saidRows({ at, said, retryAt }: LimitStatus): readonly QuotaRow[] {
  const next = retryAt !== undefined && l10n.t('not before {0}', timeText(retryAt, at));
  return [
    ...(next ? [{ label: l10n.t('Next request'), text: next, tone: 'warning' } as const] : []),
    ...said.map((limit) => ({ label: LABELS[limit.unit ?? 'unknown'], ...saidText(limit, at) })),
  ];
}

const LABELS = {
  requests: l10n.t('Requests'),
  tokens: l10n.t('Tokens'),
  unknown: l10n.t('Limit'),
} as const;

function saidText({ limit, remaining, resetsAt, windowSeconds }: RateLimit, now: number): Omit<QuotaRow, 'label'> {
  const left = leftText(limit, remaining);
  const within =
    windowSeconds === undefined
      ? left
      : l10n.t('{left} per {duration}', { left, duration: durationText(windowSeconds) });
  const text =
    resetsAt === undefined ? within : l10n.t('{left}, until {time}', { left: within, time: timeText(resetsAt, now) });
  return { text, tone: remaining === 0 ? 'warning' : 'normal' };
}

function leftText(limit: number | undefined, remaining: number | undefined): string {
  const most = limit === undefined ? '' : numberText(limit);
  if (remaining === undefined) return l10n.t('{0} at most', most);
  const count = numberText(remaining);
  return most ? l10n.t('{count} of {limit} left', { count, limit: most }) : l10n.t('{0} left', count);
}
