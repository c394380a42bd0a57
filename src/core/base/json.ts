import * as l10n from '@vscode/l10n';
/** Whether a parsed JSON value is an object, neither null nor an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parsed text, or undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A non-empty string under that name, else undefined. */
export function stringIn(record: unknown, name: string): string | undefined {
  const value = isRecord(record) ? record[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number under that name, else undefined; `"60"` counts, as some servers quote numbers. */
export function numberIn(record: unknown, name: string): number | undefined {
  const value = isRecord(record) ? record[name] : undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A whole number above 0 under that name, else undefined. */
export function countIn(record: unknown, name: string): number | undefined {
  const number = numberIn(record, name);
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** What a value is, in words that go on after "is": `null`, `a list`, `a number`. */
export function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value.trim() === '' ? l10n.t('empty') : l10n.t('a text');
  if (Array.isArray(value)) return l10n.t('a list');
  return typeof value === 'object' ? l10n.t('an object') : l10n.t('a {type}', { type: typeof value });
}
