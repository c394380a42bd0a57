import type { AnswerParts } from '../answers/answerParts';
import { showError } from '../answers/errorNotice';

/** Tells at the start of a window of the sign-in that the end of the one before has interrupted. */
export async function tellInterrupted(parts: AnswerParts): Promise<void> {
  const { session } = parts;
  await session.signIns.reportInterrupted();
  const { attempt } = session.snapshot;
  if (attempt.kind === 'failed')
    void showError(parts, attempt.error, { during: 'signIn', method: attempt.request.method });
}
