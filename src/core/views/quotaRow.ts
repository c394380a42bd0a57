import type { Quota } from '../providers/quota';
import { momentText } from './timeText';
import { WINDOW_LABELS } from './windowText';

/** From this share on a limit is shown as one that is nearly reached. */
const NEARLY_PERCENT = 80;

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
      return { label: 'Balance', text: moneyText(amount, currency), tone: amount > 0 ? 'normal' : 'warning' };
    }
    case 'spending': {
      const { spent, limit, currency, window } = quota;
      const label = window ? `Spent ${WINDOW_LABELS[window].toLowerCase()}` : 'Spent';
      if (limit === undefined) return { label, text: `${moneyText(spent, currency)}, without a limit`, tone: 'normal' };
      const of = `${moneyText(spent, currency)} of ${moneyText(limit, currency)}`;
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
      const label = window === 'fiveHours' ? 'Last 5 hours' : WINDOW_LABELS[window];
      const requests = used === 1 ? 'request' : 'requests';
      if (limit === undefined) return { label, text: `${countText(used)} ${requests}`, tone: 'normal' };
      const of = `${countText(used)} of ${countText(limit)} requests`;
      return { id: window, label, ...usedRow((100 * used) / limit, resetsAt, now, of) };
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
  const goesOn = resetsAt !== undefined && `goes on ${momentText(resetsAt, now)}`;
  return {
    text: [`${usedPercent} % used`, goesOn, figures].filter(Boolean).join(' · '),
    tone: usedPercent < NEARLY_PERCENT ? 'normal' : 'warning',
    usedPercent,
  };
}

/** A count with its thousands apart. */
export function countText(count: number): string {
  return count.toLocaleString('en-US');
}

function moneyText(amount: number, currency: string): string {
  return amount.toLocaleString('en-US', { style: 'currency', currency });
}
