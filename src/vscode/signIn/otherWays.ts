import { otherWays } from '../../core/views/otherWays';
import { signInStep } from './signInStep';
import type { AnswerParts } from '../answers/answerParts';
import { offer } from '../answers/notifications';
import { askForRedirect } from './pastedRedirect';

/**
 * Says that the person is waited for, and offers what else can be done, for as long as the sign-in stands where it is.
 */
export async function offerOtherWays({ session, act }: AnswerParts): Promise<void> {
  const { signInAttempt } = session.snapshot;
  const step = signInStep(session);
  if (signInAttempt.kind !== 'running' || !step) return;
  const ways = otherWays(signInAttempt.request, signInAttempt.others).map(({ label, intent }) => ({
    label,
    run: async () => void (await act(intent)),
  }));
  const chosen = await (step.kind === 'redirect'
    ? offer(
        'info',
        `The browser has not come back from ${step.host} yet.`,
        [{ label: 'Paste the address', run: async () => askForRedirect(session, step) }],
        ways,
      )
    : offer('info', `The sign-in at ${step.host} is not approved yet.`, [], ways));
  // The notification may outlive what it tells of.
  if (signInStep(session) === step) await chosen?.run();
}
