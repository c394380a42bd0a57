/** The day of a time, in milliseconds since the epoch, on the calendar of this machine: `2026-06-01`. */
export function localDay(at: number): string {
  const date = new Date(at);
  const year = String(date.getFullYear()).padStart(4, '0');
  return [year, twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
}

/** So many days of the calendar up to that of a time, oldest first, however many hours each of them has. */
export function lastDays(now: number, count: number): readonly string[] {
  const noon = noonOf(now);
  return Array.from({ length: count }, (_, index) => localDay(noon(index + 1 - count)));
}

/** When the next day begins here, in milliseconds since the epoch. */
export function nextMidnight(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/** Noons so many days from that of a time: unlike midnight, every day has one. */
function noonOf(now: number): (days: number) => number {
  const date = new Date(now);
  return (days) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, 12).getTime();
}

function twoDigits(figure: number): string {
  return String(figure).padStart(2, '0');
}
