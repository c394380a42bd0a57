import type { Snapshot } from '../../core/session/snapshot';
import { withAskedModel } from '../../core/views/askedModel';
import { withElsewhere } from '../../core/views/elsewhere';
import { secondTry, waysAround } from '../../core/views/otherWays';
import { problemOf } from '../../core/views/problem';
import type { Intent, Occasion } from '../../core/views/action';
import type { AnswerParts } from './answerParts';
import { showProblem } from './notifications';

/**
 * Says what went wrong, with the buttons that mend it and the other ways on; nothing where the person called it off.
 */
export async function showError(
  { session, panel, act }: Omit<AnswerParts, 'log'>,
  error: unknown,
  occasion: Occasion,
  about: Pick<Snapshot, 'selected' | 'credential'> = session.snapshot,
): Promise<void> {
  const plain = problemOf(error, occasion);
  if (!plain) return;
  // Where the person has the model before them, its name is said already.
  const named = about === session.snapshot ? plain : withAskedModel(plain, error, about);
  const problem = withElsewhere(named, error, { ...session.snapshot, selected: about.selected });
  const { signInAttempt } = session.snapshot;
  const run = async (intent: Intent): Promise<void> => {
    const isOfSignIn = occasion.during === 'signIn' || isOfKey(intent);
    // VS Code lets nobody close a notification, which may outlive what it tells of: the panel shows what is so by now.
    if (isOfSignIn && session.snapshot.signInAttempt !== signInAttempt) return panel.show();
    const again = occasion.during === 'signIn' ? secondTry(intent, session.snapshot) : undefined;
    await act(again ? { type: 'signIn', ...again } : intent, about);
  };
  await showProblem(problem, run, waysAround(problem, error, session.snapshot));
}

/** Whether a button is about the key that was refused or held back last. */
function isOfKey({ type }: Intent): boolean {
  return type === 'sendKey' || type === 'enterModel' || type === 'checkOtherRegions';
}
