import type { Flow } from './flows';
import type { SignInStep } from './signIn';
import type { SignInOptions } from './signInRequest';

/** A sign-in that is under way, or the last one that failed. */
export type SignInAttempt =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running';
      readonly request: SignInOptions;
      readonly step: SignInStep | undefined;
      /** What else would work here, best first; empty while unknown. */
      readonly others: readonly Flow[];
      /** Whether the person has been waited for so long that the others are worth offering. */
      readonly overdue: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly request: SignInOptions;
      readonly error: unknown;
      readonly others: readonly Flow[];
    };
