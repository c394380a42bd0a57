import * as l10n from '@vscode/l10n';
import type { Quota } from '../providers/quota';
import { momentText } from './timeText';
import { WINDOW_LABELS } from './windowText';
import { numberLocale } from '../../language/locale';
import { numberText, plural } from '../../language/numbers';
import type { PlanWindow } from '../base/calendar';

/** From this share on a limit is shown as one that is nearly reached. */
const NEARLY_PERCENT = 80;

/** What money was spent in. */
const SPENT_LABELS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: l10n.t('Spent 5 hours'),
  day: l10n.t('Spent today'),
  week: l10n.t('Spent this week'),
  month: l10n.t('Spent this month'),
};

/** What is left, as it is shown; `usedPercent`, from 0 to 100, is for a bar, where something has a limit. */
export interface QuotaRow {
  readonly label: string;
  readonly text: string;
  readonly tone: 'normal' | 'warning';
  readonly usedPercent?: number;
  /** The name of a limit of hours or more, for the warning before it is reached. */
  readonly id?: string;
}

/** A row for what is left, as it is at that time; undefined where the window that was told of is over. */
export function quotaRow(quota: Quota, now: number): QuotaRow | undefined {
  if ('resetsAt' in quota && quota.resetsAt !== undefined && quota.resetsAt <= now) return undefined;
  switch (quota.kind) {
    case 'balance': {
      const { amount, currency } = quota;
      return { label: l10n.t('Balance'), text: moneyText(amount, currency), tone: amount > 0 ? 'normal' : 'warning' };
    }
    case 'spending': {
      const { spent, limit, currency, window } = quota;
      const label = window ? SPENT_LABELS[window] : l10n.t('Spent');
      const amount = moneyText(spent, currency);
      if (limit === undefined) return { label, text: l10n.t('{0}, without a limit', amount), tone: 'normal' };
      const of = l10n.t('{spent} of {limit}', { spent: amount, limit: moneyText(limit, currency) });
      return { id: 'spending', label, ...usedRow((100 * spent) / limit, quota.resetsAt, now, of) };
    }
    case 'share':
      return {
        id: quota.window,
        label: WINDOW_LABELS[quota.window],
        ...usedRow(quota.usedPercent, quota.resetsAt, now),
      };
    case 'requests': {
      const { used, limit, window, resetsAt } = quota;
      const label = window === 'fiveHours' ? l10n.t('Last 5 hours') : WINDOW_LABELS[window];
      if (limit === undefined) return { label, text: requestsText(used), tone: 'normal' };
      return { id: window, label, ...usedRow((100 * used) / limit, resetsAt, now, requestsOfText(used, limit)) };
    }
  }
}

/** How much is used, when it goes on, and the figures: `73 % used · goes on at 16:40 · 730 of 1,000 requests`. */
function usedRow(
  percent: number,
  resetsAt: number | undefined,
  now: number,
  figures?: string,
): Omit<QuotaRow, 'label'> {
  const usedPercent = Math.min(100, Math.floor(percent));
  const goesOn = resetsAt !== undefined && l10n.t('goes on {0}', momentText(resetsAt, now));
  return {
    text: [l10n.t('{0} % used', usedPercent), goesOn, figures].filter(Boolean).join(' · '),
    tone: usedPercent < NEARLY_PERCENT ? 'normal' : 'warning',
    usedPercent,
  };
}

/** `1 request`, `12,345 requests`. */
export function requestsText(count: number): string {
  return plural(count, l10n.t('1 request'), l10n.t('{0} requests', numberText(count)));
}

/** `730 of 1,000 requests`. */
export function requestsOfText(count: number, limit: number): string {
  return l10n.t('{count} of {limit} requests', { count: numberText(count), limit: numberText(limit) });
}

function moneyText(amount: number, currency: string): string {
  return amount.toLocaleString(numberLocale(), { style: 'currency', currency });
}
