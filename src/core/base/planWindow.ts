import { weekAround, ZONES } from './calendar';
import type { RefusalWords } from './refusedPart';

/** A time for which a plan has a limit. */
export type PlanWindow = 'fiveHours' | 'day' | 'week' | 'month';

const WINDOWS = [
  { window: 'week', words: /week|7[- ]day|周/i },
  { window: 'month', words: /month|30[- ]day|billing cycle|月/i },
  { window: 'day', words: /24[- ]?h/i },
  { window: 'fiveHours', words: /\b(?:5|five)[- ]?h|5 ?小时|hour allocated/i },
  { window: 'day', words: /\bday\b|PerDay|per-day|daily|today|\b[RT]PD\b|[天日]/i },
] as const;

/** Which window of a plan is used up; undefined where the words do not tell. */
export function planWindow({ code = '', text = '' }: RefusalWords): PlanWindow | undefined {
  return WINDOWS.find(({ words }) => words.test(`${code} ${text}`))?.window;
}

/**
 * When Alibaba's Coding Plan goes on after its refusal of the week, in milliseconds since the epoch: it does not say so
 * itself. Undefined for any other refusal.
 */
export function codingPlanResumesAt(text: string, now: number): number | undefined {
  if (!/week allocated quota exceeded/i.test(text)) return undefined;
  return weekAround(now, ZONES.china).end;
}
