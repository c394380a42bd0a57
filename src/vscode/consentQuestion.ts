import type { Disposable } from 'vscode';
import { isSameModel } from '../core/models/model';
import type { Session } from '../core/session/session';
import { notAllowed, type Snapshot } from '../core/session/snapshot';
import { problemOf, problemText } from '../core/views/problem';
import { notify } from './notifications';

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

function isSameWish(one: Snapshot, other: Snapshot): boolean {
  if (!one.selected || !other.selected || one.credential?.kind !== 'key' || other.credential?.kind !== 'key')
    return false;
  return isSameModel(one.selected, other.selected) && (one.credential.key?.equals(other.credential.key) ?? false);
}
