import * as l10n from '@vscode/l10n';
import type { ActionView, ProblemView, ToHost, Tone } from '../../src/shared/messages';
import { textAction } from './actions';
import { el } from './dom';
import { otherWays } from './otherWays';
import { button } from './toolkit';

/** What a button of a problem asks for. */
export type ProblemIntent = ActionView['intent'];

const COPY = { type: 'copyDiagnostics' } as const;

/**
 * A problem as a box: what happened, why, what may be done, and the other ways to what was wanted. From a failure leads a
 * link to what a report of it needs.
 */
export function problemBox(
  problem: ProblemView,
  tone: Tone,
  act: (intent: ProblemIntent) => void,
  ways: readonly ActionView[] = [],
): HTMLElement {
  const { message, cause, action, others = [] } = problem;
  const actions = action === undefined ? others : [action, ...others];
  const needsNoLink = tone !== 'bad' || actions.some(({ intent }) => intent.type === COPY.type);
  // What mends a failure is what to press next.
  const appearanceOf = (one: ActionView) => (tone !== 'warning' && one === action ? 'primary' : 'secondary');
  return el(
    'div',
    { class: `problem ${tone}` },
    el(
      'div',
      { class: 'words' },
      el('p', { class: 'message' }, message),
      cause === undefined ? undefined : el('p', { class: 'cause' }, cause),
      needsNoLink
        ? undefined
        : textAction(l10n.t('Copy diagnostics'), `problem diagnostics ${message}`, () => act(COPY)),
    ),
    ...actions.map((one) =>
      button({
        label: one.label,
        key: `problem ${one.label}`,
        appearance: appearanceOf(one),
        onClick: () => act(one.intent),
      }),
    ),
    otherWays(ways, act),
  );
}

/** The box of a failure that nothing on the page can mend: from it leads only the link to what a report of it needs. */
export function failureBox(
  { message, cause }: Pick<ProblemView, 'message' | 'cause'>,
  post: (intent: ToHost) => void,
): HTMLElement {
  return problemBox({ message, ...(cause !== undefined && { cause }) }, 'bad', () => post(COPY));
}
