import type { ActionView, ProblemView } from '../src/shared/messages.js';
import { el } from './dom.js';
import { button } from './toolkit.js';

/** What the one button of a problem asks for. */
export type ProblemIntent = ActionView['intent'];

/** A problem as a box: what happened, why, and what may be done. */
export function problemBox(
  problem: ProblemView,
  tone: 'bad' | 'warning',
  act: (intent: ProblemIntent) => void,
): HTMLElement {
  const { message, cause, action, others = [] } = problem;
  const actions = action === undefined ? others : [action, ...others];
  return el(
    'div',
    { class: `problem ${tone}` },
    el(
      'div',
      { class: 'words' },
      el('p', { class: 'message' }, message),
      cause === undefined ? undefined : el('p', { class: 'cause' }, cause),
    ),
    ...actions.map(({ label, intent }) =>
      button({ label, key: `problem ${label}`, appearance: 'secondary', onClick: () => act(intent) }),
    ),
  );
}
