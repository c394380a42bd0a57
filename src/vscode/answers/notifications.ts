import * as l10n from '@vscode/l10n';
import { window } from 'vscode';
import { withoutLinks } from '../../core/views/inertText';
import { actionsOf, problemText } from '../../core/views/problem';
import type { Action, Intent, Problem } from '../../core/views/action';

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

/** Asks in a dialog that everything else waits for; whatever is not `yes` is a no. */
export async function confirm(title: string, detail: string, yes: string): Promise<boolean> {
  return (await window.showWarningMessage(plainText(title), { modal: true, detail: plainText(detail) }, yes)) === yes;
}

const OTHER_WAYS = l10n.t('Other ways');

/**
 * Shows a problem with its buttons, and one more where there are other ways; `run` does what the taken one promises.
 */
export async function showProblem(
  problem: Problem,
  run: (intent: Intent) => Promise<void>,
  ways: readonly Action[] = [],
): Promise<void> {
  const taken = await offer('error', problemText(problem), actionsOf(problem), ways);
  if (taken) await run(taken.intent);
}

/**
 * Shows a message with choices as its buttons, and others to pick from behind one more button; answers what was taken.
 */
export async function offer<T extends { readonly label: string }>(
  kind: 'info' | 'error',
  text: string,
  choices: readonly T[],
  others: readonly T[],
): Promise<T | undefined> {
  const labels = [...choices.map(({ label }) => label), ...(others.length > 0 ? [OTHER_WAYS] : [])];
  const chosen = await notify(kind, text, ...labels);
  if (chosen !== OTHER_WAYS) return choices.find(({ label }) => label === chosen);
  return await window.showQuickPick(others, {
    title: l10n.t('Other ways to sign in'),
    placeHolder: l10n.t('How do you want to go on?'),
  });
}

/** The text without links, control and direction characters, at most 300 characters of it. */
function plainText(text: string): string {
  const plain = withoutLinks(text);
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}
