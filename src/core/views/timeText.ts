import * as l10n from '@vscode/l10n';
import { timeLocale } from '../../language/locale';
import { numberText } from '../../language/numbers';

const STEPS = [
  { seconds: 86_400, from: 2 * 86_400, text: (count: string) => l10n.t('{0} days', count) },
  { seconds: 3600, from: 2 * 3600, text: (count: string) => l10n.t('{0} h', count) },
  { seconds: 60, from: 2 * 60, text: (count: string) => l10n.t('{0} min', count) },
] as const;

/** A number of seconds in words, such as `7 s`, `5 min` or `3 h`; rounded up, so that nobody tries too early. */
export function durationText(seconds: number): string {
  return spanText(seconds, Math.ceil);
}

/** How long ago a time is, in milliseconds since the epoch: `just now`, `5 min ago`, `3 h ago`. */
export function agoText(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  return seconds < 60 ? l10n.t('just now') : l10n.t('{0} ago', spanText(seconds, Math.floor));
}

function spanText(seconds: number, rounded: (count: number) => number): string {
  const step = STEPS.find(({ from }) => seconds >= from);
  return step ? step.text(numberText(rounded(seconds / step.seconds))) : l10n.t('{0} s', numberText(rounded(seconds)));
}

/**
 * A time, in milliseconds since the epoch, on the clock of this machine; with its day where that is not the one of
 * `now`.
 */
export function timeText(at: number, now: number): string {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const day = isSameDay(at, now) ? {} : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(timeLocale(), { ...day, ...clock }).format(at);
}

/**
 * The minute of a time, in milliseconds since the epoch: `at 16:40`, or where that is not the day of `now`, `8 Jun at
 * 00:00`. One that is to come is rounded up, so that nobody tries too early.
 */
export function momentText(at: number, now: number): string {
  const minute = (at > now ? Math.ceil(at / 60_000) : Math.floor(at / 60_000)) * 60_000;
  const time = new Intl.DateTimeFormat(timeLocale(), { hour: '2-digit', minute: '2-digit' }).format(minute);
  if (isSameDay(minute, now)) return l10n.t('at {time}', { time });
  const day = new Intl.DateTimeFormat(timeLocale(), { day: 'numeric', month: 'short' }).format(minute);
  return l10n.t('{day} at {time}', { day, time });
}

function isSameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
