import type { Session } from '../../core/session/session';
import type { SignInStep } from '../../core/signIn/signIn';

/** Where the sign-in that is under way stands; undefined where there is none. */
export function signInStep({ snapshot: { signInAttempt } }: Session): SignInStep | undefined {
  return signInAttempt.kind === 'running' ? signInAttempt.step : undefined;
}
