import * as l10n from '@vscode/l10n';
import type { ToHost } from '../../src/shared/messages';
import type { TestedView } from '../../src/shared/providersMessages';
import { action } from '../kit/actions';
import { el, whenChanged } from '../kit/dom';
import { failureBox } from '../kit/problem';
import { progressRing } from '../kit/toolkit';

/** The outcome of a test: one box, in which the text follows the answer as it comes. */
export interface Tested {
  readonly element: HTMLElement;
  show(tested: TestedView | undefined): void;
}

/** The box, still hidden. */
export function createTested(post: (intent: ToHost) => void): Tested {
  const asking = el('span', { class: 'row muted' }, progressRing(), l10n.t('Asking for a short answer…'));
  const text = el('span');
  const answer = el('p', { class: 'answer' }, asking, text);
  const problem = el('div');
  const close = action('close', l10n.t('Put the outcome of the test away'), 'tested close', () =>
    post({ type: 'stopFetching' }),
  );
  const element = el('div', { class: 'tested' }, answer, problem, close);
  element.hidden = true;
  return {
    element,
    show: whenChanged((tested: TestedView | undefined) => {
      element.hidden = tested === undefined;
      if (tested === undefined) return;
      element.className = `tested ${tested.kind}`;
      text.textContent = tested.kind === 'failed' ? '' : tested.text;
      asking.hidden = text.textContent !== '';
      answer.hidden = tested.kind === 'failed';
      problem.replaceChildren(...(tested.kind === 'failed' ? [failureBox(tested.problem, post)] : []));
      problem.hidden = !answer.hidden;
    }),
  };
}
