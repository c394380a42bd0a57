import type { Disposable } from 'vscode';
import { isSameModel } from '../../core/providers/model';
import type { Session } from '../../core/session/session';
import { notAllowed, type Snapshot } from '../../core/session/snapshot';
import { problemOf, problemText } from '../../core/views/problem';
import { answer, type CommandParts, type CommandResult } from '../answers/commandAnswer';
import { notify } from '../answers/notifications';

const ALLOW = 'Allow for this workspace';
const REFUSE = "Don't";

/** Asks, as soon as a workspace wants to send a key of the person's somewhere, whether it may; once for each wish. */
export function askForConsent(session: Session): Disposable {
  let asked: Snapshot | undefined;
  const ask = async (): Promise<void> => {
    const { snapshot } = session;
    if (snapshot.consent !== 'needed') {
      asked = undefined;
      return;
    }
    if (asked && isSameWish(asked, snapshot)) return;
    asked = snapshot;
    const problem = problemOf(notAllowed(snapshot), { during: 'test' });
    const said = problem && (await notify('warning', problemText(problem), ALLOW, REFUSE));
    // The answer is for the key and the place that were asked about, whatever is in use by now.
    if (said) await session.decideConsent(said === ALLOW ? 'given' : 'refused', snapshot);
  };
  void ask();
  return session.onDidChange(() => void ask());
}

/** `qwen.forgetPermissions`: takes back what was said in this workspace, and says so. */
export async function forgetPermissions(parts: CommandParts): Promise<CommandResult<{ readonly message: string }>> {
  return await answer(parts, { during: 'test' }, async () => {
    await parts.session.decideConsent(undefined);
    const message = 'Forgotten: where you allowed this workspace to send your keys, and where you did not.';
    void notify('info', message);
    return { message };
  });
}

function isSameWish(one: Snapshot, other: Snapshot): boolean {
  if (!one.selected || !other.selected || one.credential?.kind !== 'key' || other.credential?.kind !== 'key')
    return false;
  return isSameModel(one.selected, other.selected) && (one.credential.key?.equals(other.credential.key) ?? false);
}
