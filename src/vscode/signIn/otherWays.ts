import * as l10n from '@vscode/l10n';
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
        l10n.t('The browser has not come back from {host} yet.', { host: step.host }),
        [{ label: l10n.t('Paste the address'), run: async () => askForRedirect(session, step) }],
        ways,
      )
    : offer('info', l10n.t('The sign-in at {host} is not approved yet.', { host: step.host }), [], ways));
  // The notification may outlive what it tells of.
  if (signInStep(session) === step) await chosen?.run();
}
