import type { Session } from '../../core/session/session';
import { restoredText } from '../../core/views/signOutView';
import { problemOf } from '../../core/views/problem';
import { notify, showProblem } from '../answers/notifications';
import { runIntent } from '../answers/intents';

/** The button that restores what was signed out of, or replaced. */
export const UNDO = 'Undo';

/** Says what was signed out of, and offers to restore it by these names. */
export async function offerUndo(session: Session, text: string, names: readonly string[]): Promise<void> {
  const chosen = await notify('info', text, ...(names.length > 0 ? [UNDO] : []));
  if (chosen === UNDO) await undo(session, names);
}

/** Restores these, and says what came of it; what they took the place of can be restored in turn. */
export async function undo(session: Session, names: readonly string[]): Promise<void> {
  try {
    const restored = [];
    for (const name of names) restored.push(await session.restore(name));
    const replaced = restored.flatMap((one) => one?.replaced?.name ?? []);
    await offerUndo(session, restoredText(restored), replaced);
  } catch (error) {
    const problem = problemOf(error, { during: 'test' });
    if (problem) await showProblem(problem, (intent) => runIntent(intent, session));
  }
}
