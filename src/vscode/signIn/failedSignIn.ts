import type { Method } from '../../core/base/method';
import { commands } from 'vscode';
import type { Session } from '../../core/session/session';
import { waysAround } from '../../core/views/otherWays';
import { type Intent, problemOf } from '../../core/views/problem';
import { runIntent } from '../answers/intents';
import { showProblem } from '../answers/notifications';

/** Says why a sign-in failed, with the ways on from there; nothing where it was called off. */
export async function showFailedSignIn(error: unknown, method: Method, session: Session): Promise<void> {
  const problem = problemOf(error, { during: 'signIn', method });
  if (!problem) return;
  const { attempt } = session.snapshot;
  const ways = waysAround(problem, error, session.snapshot);
  const run = async (intent: Intent): Promise<void> => {
    // VS Code lets nobody close a notification, which may outlive what it tells of: the panel shows what is so by now.
    if (session.snapshot.attempt === attempt) await runIntent(intent, session);
    else await commands.executeCommand('qwen.openPanel');
  };
  await showProblem(problem, run, ways);
}

/** Tells at the start of a window of the sign-in that the end of the one before has interrupted. */
export async function tellInterrupted(session: Session): Promise<void> {
  await session.signIns.reportInterrupted();
  const { attempt } = session.snapshot;
  if (attempt.kind === 'failed') void showFailedSignIn(attempt.error, attempt.request.method, session);
}
