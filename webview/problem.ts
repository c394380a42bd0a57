import type { ProblemView } from '../src/shared/messages.js';
import { el } from './dom.js';
import { button } from './toolkit.js';

/** What the one button of a problem asks for. */
export type ProblemIntent = NonNullable<ProblemView['action']>['intent'];

/** A problem as a box: what happened, why, and the button that mends it. */
export function problemBox(
  problem: ProblemView,
  tone: 'bad' | 'warning',
  act: (intent: ProblemIntent) => void,
): HTMLElement {
  const { message, cause, action } = problem;
  return el(
    'div',
    { class: `problem ${tone}` },
    el(
      'div',
      { class: 'words' },
      el('p', { class: 'message' }, message),
      cause === undefined ? undefined : el('p', { class: 'cause' }, cause),
    ),
    action &&
      button({
        label: action.label,
        key: `problem ${action.label}`,
        appearance: 'secondary',
        onClick: () => act(action.intent),
      }),
  );
}
