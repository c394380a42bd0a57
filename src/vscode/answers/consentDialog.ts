import type { Session } from '../../core/session/session';
import { heldKey } from '../../core/session/heldKey';
import type { Snapshot } from '../../core/session/snapshot';
import { consentQuestions } from '../../core/views/consentQuestions';
import { confirm } from './notifications';

/**
 * Asks in VS Code's own dialogs whether a key may go where a workspace sends it, and remembers a yes to every question.
 * No page of ours can give that yes. With `isAsked` the first question has been answered already.
 */
export async function askToSend(
  session: Pick<Session, 'decideConsent'>,
  about: Pick<Snapshot, 'selected' | 'credential'>,
  isAsked = false,
): Promise<void> {
  for (const { title, detail, yes } of consentQuestions(heldKey(about)).slice(isAsked ? 1 : 0)) {
    if (!(await confirm(title, detail, yes))) return;
  }
  // The answer is for the key and the place that were asked about, whatever is in use by now.
  await session.decideConsent('given', about);
}
