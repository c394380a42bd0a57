import type { AnswerParts } from '../answers/answerParts';
import { showError } from '../answers/errorNotice';

/** Tells at the start of a window of the sign-in that the end of the one before has interrupted. */
export async function tellInterrupted(parts: AnswerParts): Promise<void> {
  const { session } = parts;
  await session.signIns.reportInterrupted();
  const { signInAttempt } = session.snapshot;
  if (signInAttempt.kind === 'failed')
    void showError(parts, signInAttempt.error, { during: 'signIn', method: signInAttempt.request.method });
}
