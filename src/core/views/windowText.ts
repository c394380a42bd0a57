import * as l10n from '@vscode/l10n';
import type { PlanWindow } from '../base/calendar';

/** What the limit of a window is called. */
export const WINDOW_LIMITS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: l10n.t('5-hour limit'),
  day: l10n.t('daily limit'),
  week: l10n.t('weekly limit'),
  month: l10n.t('monthly limit'),
};

/** How long a window is. */
export const WINDOW_LENGTHS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: l10n.t('{0} h', 5),
  day: l10n.t('a day'),
  week: l10n.t('a week'),
  month: l10n.t('a month'),
};

/** The window that a time is in, as a label. */
export const WINDOW_LABELS: Readonly<Record<PlanWindow, string>> = {
  fiveHours: l10n.t('5 hours'),
  day: l10n.t('Today'),
  week: l10n.t('This week'),
  month: l10n.t('This month'),
};
