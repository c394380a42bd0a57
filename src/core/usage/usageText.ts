import { mergeByInitiator } from './usageRecord';
import type { UsageDay } from './usageFiles';

const COLUMNS = [
  'day',
  'model',
  'host',
  'initiator',
  'requests',
  'failed',
  'cancelled',
  'inputTokens',
  'outputTokens',
  'estimated',
] as const;

/** The use as JSON: an array with one object for each day, model and initiator. */
export function usageJson(days: readonly UsageDay[]): string {
  return `${JSON.stringify(rowsOf(days), null, 2)}\n`;
}

/** The same as a table of comma-separated values (RFC 4180), with a line of names at the top. */
export function usageCsv(days: readonly UsageDay[]): string {
  const lines = rowsOf(days).map((row) => COLUMNS.map((name) => cell(row[name])));
  return [COLUMNS, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

function rowsOf(days: readonly UsageDay[]) {
  return days.flatMap(({ day, records }) => mergeByInitiator(records).map((use) => ({ day, ...use })));
}

/** Names come from servers: where a spreadsheet would take one for a formula, an apostrophe makes it text. */
function cell(value: string | number): string {
  const text = String(value).replace(/^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
