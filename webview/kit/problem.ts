import type { ActionView, ProblemView } from '../../src/shared/messages';
import { el } from './dom';
import { otherWays } from './otherWays';
import { button } from './toolkit';

/** What a button of a problem asks for. */
export type ProblemIntent = ActionView['intent'];

/** A problem as a box: what happened, why, what may be done, and the other ways to what was wanted. */
export function problemBox(
  problem: ProblemView,
  tone: 'bad' | 'warning',
  act: (intent: ProblemIntent) => void,
  ways: readonly ActionView[] = [],
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
    otherWays(ways, act),
  );
}
