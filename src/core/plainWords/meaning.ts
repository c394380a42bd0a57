import type { PlainSignIn } from './plainSignIn';
import type { Snippet } from './snippet';

/** What a pasted text was understood as. `notUnderstood` are sentences for a person, without secrets. */
export type Meaning =
  | ({ readonly kind: 'signIn' } & PlainSignIn)
  | ({ readonly kind: 'modelProviders' } & Snippet)
  | { readonly kind: 'nothing'; readonly why: string };
