import * as l10n from '@vscode/l10n';
import { restoredText } from '../../core/views/signOutView';
import { answer } from '../answers/answer';
import type { AnswerParts } from '../answers/answerParts';
import { notify } from '../answers/notifications';

/** The button that restores what was signed out of, or replaced. */
export const UNDO = l10n.t('Undo');

/** Says what was signed out of, and offers to restore it by these names. */
export async function offerUndo(parts: AnswerParts, text: string, names: readonly string[]): Promise<void> {
  const chosen = await notify('info', text, ...(names.length > 0 ? [UNDO] : []));
  if (chosen === UNDO) await undo(parts, names);
}

/** Restores these, and says what came of it; what they took the place of can be restored in turn. */
export async function undo(parts: AnswerParts, names: readonly string[]): Promise<void> {
  await answer(parts, { during: 'test' }, async () => {
    const restored = [];
    for (const name of names) restored.push(await parts.session.restore(name));
    const replaced = restored.flatMap((one) => one?.replaced?.name ?? []);
    void offerUndo(parts, restoredText(restored), replaced);
    return {};
  });
}
