import { window } from 'vscode';
import { actionsOf, type Problem, problemText } from '../core/views/problem';
import type { Intent } from '../core/views/problem';

const LONGEST = 300;

/**
 * Shows a message with buttons and answers which one was taken. Servers have a say in many of them, and VS Code makes
 * links of `[text](command:…)`: they lose their brackets here, as all text loses what is invisible or endless.
 */
export async function notify(
  kind: 'info' | 'warning' | 'error',
  text: string,
  ...buttons: readonly string[]
): Promise<string | undefined> {
  const show = {
    info: window.showInformationMessage,
    warning: window.showWarningMessage,
    error: window.showErrorMessage,
  }[kind];
  return await show(plainText(text), ...buttons);
}

/** Shows a problem with its buttons; `run` does what the one that is taken promises. */
export async function showProblem(problem: Problem, run: (intent: Intent) => Promise<void>): Promise<void> {
  const actions = actionsOf(problem);
  const chosen = await notify('error', problemText(problem), ...actions.map(({ label }) => label));
  const action = actions.find(({ label }) => label === chosen);
  if (action) await run(action.intent);
}

/** The text without links, control and direction characters, at most 300 characters of it. */
export function plainText(text: string): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/\]\(/g, '] (')
    .trim();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
