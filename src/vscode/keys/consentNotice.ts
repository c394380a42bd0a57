import * as l10n from '@vscode/l10n';
import type { Disposable } from 'vscode';
import { isSameModel } from '../../core/providers/model';
import type { Session } from '../../core/session/session';
import { heldKey } from '../../core/session/heldKey';
import type { Snapshot } from '../../core/session/snapshot';
import { consentQuestions } from '../../core/views/consentQuestions';
import { answer } from '../answers/answer';
import type { AnswerParts, CommandResult } from '../answers/answerParts';
import { askToSend } from '../answers/consentDialog';
import { notify } from '../answers/notifications';
import { joinSentences } from '../../language/joinSentences';

const REFUSE = l10n.t("Don't");

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
    const [{ title, detail, yes }] = consentQuestions(heldKey(snapshot));
    const said = await notify('warning', joinSentences(title, detail), yes, REFUSE);
    if (said === yes) await askToSend(session, snapshot, true);
    if (said === REFUSE) await session.decideConsent('refused', snapshot);
  };
  void ask();
  return session.onDidChange(() => void ask());
}

/** `qwen.forgetPermissions`: takes back what was said in this workspace, and says so. */
export async function forgetPermissions(parts: AnswerParts): Promise<CommandResult<{ readonly message: string }>> {
  return await answer(parts, { during: 'test' }, async () => {
    await parts.session.decideConsent(undefined);
    const message = l10n.t('Forgotten: where you allowed this workspace to send your keys, and where you did not.');
    void notify('info', message);
    return { message };
  });
}

function isSameWish(one: Snapshot, other: Snapshot): boolean {
  if (!one.selected || !other.selected || one.credential?.kind !== 'key' || other.credential?.kind !== 'key')
    return false;
  return isSameModel(one.selected, other.selected) && (one.credential.key?.equals(other.credential.key) ?? false);
}
