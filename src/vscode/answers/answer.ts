import * as l10n from '@vscode/l10n';
import type { Snapshot } from '../../core/session/snapshot';
import { waysAround } from '../../core/views/otherWays';
import { choicesOf, problemOf, problemText } from '../../core/views/problem';
import type { Occasion } from '../../core/views/action';
import { describeError } from '../platform/log';
import type { AnswerParts, CommandResult } from './answerParts';
import { showError } from './errorNotice';

/**
 * Runs a command's work; what it throws becomes the answer, the log's entry and, unless the
 * panel shows it, a notification.
 */
export async function answer<T extends object>(
  parts: AnswerParts,
  occasion: Occasion,
  work: () => Promise<T>,
): Promise<CommandResult<T>> {
  try {
    return { ok: true, ...(await work()) };
  } catch (error) {
    const problem = problemOf(error, occasion);
    if (!problem) return { ok: false, error: l10n.t('Cancelled.') };
    parts.log.error(describeError(error));
    const { snapshot } = parts.session;
    const ways = waysAround(problem, error, snapshot);
    if (!(parts.panel.isVisible('signIn') && isShown(error, snapshot))) void showError(parts, error, occasion);
    const choices = choicesOf(ways.length > 0 ? { ...problem, others: ways } : problem);
    return { ok: false, error: problemText(problem), ...(choices.length > 0 && { choices }) };
  }
}

/** Whether the panel's page shows that this went wrong. */
function isShown(error: unknown, { signInAttempt, connection }: Snapshot): boolean {
  return [signInAttempt, connection].some((part) => part.kind === 'failed' && part.error === error);
}
