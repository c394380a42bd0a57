import type { AnswerParts } from '../answers/answerParts';
import { showError } from '../answers/errorNotice';

/** Reports, when a window starts, the sign-in that was interrupted when the window before it closed. */
export async function tellInterrupted(parts: AnswerParts): Promise<void> {
  const { session } = parts;
  await session.signIns.reportInterrupted();
  const { signInAttempt } = session.snapshot;
  if (signInAttempt.kind === 'failed')
    void showError(parts, signInAttempt.error, { during: 'signIn', method: signInAttempt.request.method });
}
