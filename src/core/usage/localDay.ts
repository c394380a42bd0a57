/** The day of a time, in milliseconds since the epoch, on the calendar of this machine: `2026-06-01`. */
export function localDay(at: number): string {
  const date = new Date(at);
  const year = String(date.getFullYear()).padStart(4, '0');
  return [year, twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
}

/** So many days of the calendar up to that of a time, oldest first, however many hours each of them has. */
export function lastDays(now: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => localDay(dayFrom(now, index + 1 - count)));
}

/** When the next day begins here, in milliseconds since the epoch. */
export function nextMidnight(now: number): number {
  return dayFrom(now, 1);
}

/**
 * The beginning of the day that is so many days from that of a time; where clocks skip midnight, that is an hour later.
 */
function dayFrom(now: number, days: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

function twoDigits(figure: number): string {
  return String(figure).padStart(2, '0');
}
