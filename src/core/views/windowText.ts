import type { PlanWindow } from '../base/calendar';

/** What kind of limit the limit of a window is. */
export const WINDOW_LIMITS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: '5-hour',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
};

/** How long a window is. */
export const WINDOW_LENGTHS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: '5 h',
  day: 'a day',
  week: 'a week',
  month: 'a month',
};

/** The window that a time is in, as a label. */
export const WINDOW_LABELS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: '5 hours',
  day: 'Today',
  week: 'This week',
  month: 'This month',
};
