import type { JsonPath } from '../config/jsonPath';

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
