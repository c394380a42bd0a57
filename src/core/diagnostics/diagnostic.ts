import type { JsonPath } from '../config/jsonc';

/** A stretch of a text, in characters. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What is wrong at a place of a file, in words for a person, and what mends it. */
export interface Diagnostic extends Span {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly fix?: Fix;
}

/** A change of the text, or a key that goes into the keychain before anything is changed. */
export type Fix =
  | ({ readonly kind: 'edit'; readonly title: string; readonly newText: string } & Span)
  | { readonly kind: 'moveKey'; readonly title: string; readonly place: JsonPath };

/** Line and column, both from 0, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where an offset is in a text. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
