import type { Session } from '../../core/session/session';
import type { SignInStep } from '../../core/signIn/signIn';

/** Where the sign-in that is under way stands; undefined where there is none. */
export function currentStep({ snapshot: { attempt } }: Session): SignInStep | undefined {
  return attempt.kind === 'running' ? attempt.step : undefined;
}
