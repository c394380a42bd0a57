import { numberLocale } from './locale';

/** A number as it is written in the language that is set: `12,345`. */
export function numberText(value: number): string {
  return value.toLocaleString(numberLocale());
}

/** One of two whole sentences, by the number that they speak of. */
export function plural(count: number, one: string, other: string): string {
  return new Intl.PluralRules(numberLocale()).select(count) === 'one' ? one : other;
}
