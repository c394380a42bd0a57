import { type PlanWindow, weekAround, ZONES } from './calendar';
import type { RefusalWords } from './refusedPart';

const WINDOWS = [
  { window: 'week', words: /week|7[- ]day|周/i },
  { window: 'month', words: /month|30[- ]day|billing cycle|月/i },
  { window: 'day', words: /24[- ]?h/i },
  { window: 'fiveHours', words: /\b(?:5|five)[- ]?h|5 ?小时|hour allocated/i },
  { window: 'day', words: /\bday\b|PerDay|per-day|daily|today|\b[RT]PD\b|[天日]/i },
] as const;

/** How Alibaba's plans say that a window is used up, without saying when it goes on. */
const ALLOCATED = /(hour|week|month) allocated quota exceeded/i;
const FIVE_HOURS_MS = 5 * 3_600_000;

/** Which window of a plan a refusal says is used up; undefined where its words do not tell. */
export function refusedWindow({ code = '', text = '' }: RefusalWords): PlanWindow | undefined {
  return WINDOWS.find(({ words }) => words.test(`${code} ${text}`))?.window;
}

/** Whether these are the words of Alibaba's plans for a window that is used up. */
export function isAllocatedQuota(text: string): boolean {
  return ALLOCATED.test(text);
}

/** Whether the time that `codingPlanResumesAt` says is the latest one, and it may be sooner. */
export function isLatestTime(text: string): boolean {
  return ALLOCATED.exec(text)?.[1]?.toLowerCase() === 'hour';
}

/**
 * When Alibaba's Coding Plan goes on after its refusal of the week or of the five hours, in milliseconds since the
 * epoch: it does not say so itself. The five hours go on at the latest then: each request is forgotten after that time.
 * Undefined for any other refusal.
 */
export function codingPlanResumesAt(text: string, now: number): number | undefined {
  if (isLatestTime(text)) return now + FIVE_HOURS_MS;
  return ALLOCATED.exec(text)?.[1]?.toLowerCase() === 'week' ? weekAround(now, ZONES.china).end : undefined;
}
