import * as l10n from '@vscode/l10n';
import { oneLine } from '../base/oneLine';
import { lastDays } from '../usage/localDay';
import type { UsageDay } from '../usage/usageFiles';
import { mergeBy, type Sums, totalOf, type UsageRecord } from '../usage/usageRecord';
import { timeLocale } from '../../language/locale';
import { numberText } from '../../language/numbers';
import { requestsText } from './quotaRow';

/** For how many days use can be shown. */
export const USAGE_RANGES = [7, 14, 30, 90] as const;
/** One of them. */
export type UsageRange = (typeof USAGE_RANGES)[number];

/** What is known of those who ask for models. */
export interface Initiators {
  /** The name of an extension; undefined where it is not here. */
  readonly nameOf: (id: string) => string | undefined;
  /** Whether it is ourselves, who cannot be blocked. */
  readonly isOwn: (id: string) => boolean;
  /** The ids of those that are blocked, in lower case, whether or not they have ever asked. */
  readonly blocked: readonly string[];
}

/**
 * What the page of the usage shows: the days up to that time, in milliseconds since the epoch, and who used what in
 * them.
 */
export function usageView(all: readonly UsageDay[], now: number, range: UsageRange, initiators: Initiators) {
  const days = lastDays(now, range).map((day) => ({ day, records: all.find((one) => one.day === day)?.records ?? [] }));
  const records = days.flatMap((one) => one.records);
  const sums = totalOf(records);
  return {
    range,
    summary: summaryText(sums, range),
    days: days.map(dayView),
    models: modelRows(records),
    extensions: extensionRows(records, initiators),
    total: figures(sums),
    isEstimated: sums.estimated > 0,
  };
}

/** What was forgotten, in numbers and in a sentence. */
export function forgottenText(days: readonly UsageDay[]): { readonly requests: number; readonly message: string } {
  const [first] = days;
  const { requests } = totalOf(days.flatMap(({ records }) => records));
  if (!first || requests === 0)
    return { requests, message: l10n.t('Nothing was counted, so nothing had to be forgotten.') };
  const about = { requests: requestsText(requests), day: dayText(first.day) };
  return { requests, message: l10n.t('Forgotten: the count of {requests} since {day}.', about) };
}

function summaryText(sums: Sums, range: UsageRange): string {
  if (sums.requests === 0) return l10n.t('No requests in the last {0} days.', range);
  const { failed, inputTokens, outputTokens } = figures(sums);
  const about = { requests: requestsText(sums.requests), days: range, input: inputTokens, output: outputTokens };
  return sums.failed > 0
    ? l10n.t('{requests} in the last {days} days, {failed} of which failed; {input} tokens in, {output} out.', {
        ...about,
        failed,
      })
    : l10n.t('{requests} in the last {days} days; {input} tokens in, {output} out.', about);
}

function dayView({ day, records }: UsageDay) {
  const sums = totalOf(records);
  const { requests, failed, inputTokens, outputTokens } = sums;
  return { key: day, label: dayText(day), requests, failed, inputTokens, outputTokens, figures: figures(sums) };
}

function modelRows(records: readonly UsageRecord[]) {
  const nameOf = ({ model, host }: UsageRecord): string => `${model} ${host}`;
  return byRequests(mergeBy(records, nameOf)).map((use) => ({
    key: nameOf(use),
    label: oneLine(use.model),
    detail: oneLine(use.host),
    figures: figures(use),
  }));
}

function extensionRows(records: readonly UsageRecord[], { nameOf, isOwn, blocked }: Initiators) {
  const used = byRequests(mergeBy(records, ({ initiator }) => initiator.toLowerCase()));
  const ids = new Map(used.map((use) => [use.initiator.toLowerCase(), figures(use)]));
  for (const id of blocked) if (!ids.has(id)) ids.set(id, figures(totalOf([])));
  return [...ids].map(([id, texts]) => {
    const name = nameOf(id);
    const state = isOwn(id) ? 'own' : blocked.includes(id) ? 'blocked' : 'allowed';
    return {
      key: id,
      label: oneLine(name ?? id),
      detail: name === undefined ? '' : oneLine(id),
      figures: texts,
      state,
    } as const;
  });
}

function byRequests(records: readonly UsageRecord[]): readonly UsageRecord[] {
  return [...records].sort((one, other) => other.requests - one.requests);
}

function figures({ requests, failed, inputTokens, outputTokens, estimated }: Sums) {
  const about = estimated > 0 ? '≈\u00A0' : '';
  return {
    requests: numberText(requests),
    failed: numberText(failed),
    inputTokens: about + numberText(inputTokens),
    outputTokens: about + numberText(outputTokens),
  };
}

/** `1 Jun` for `2026-06-01`. */
function dayText(day: string): string {
  return new Intl.DateTimeFormat(timeLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(day),
  );
}
