import type { ProvidersIntent, StateWord, TestedView } from '../../src/shared/providersMessages';
import { el } from '../kit/dom';
import { icon, type IconName } from '../kit/icons';
import { problemBox } from '../kit/problem';
import { progressRing } from '../kit/toolkit';

/** What a row shows, whatever it is of. */
export interface RowContent {
  /** What its test is known by. */
  readonly key: string;
  readonly name: string;
  readonly state: StateWord;
  readonly inUse: boolean;
  /** Where it stands, where that is a file. */
  readonly place?: string | undefined;
  readonly facts: readonly string[];
  readonly notes: readonly (HTMLElement | undefined)[];
  readonly actions: readonly (HTMLElement | undefined)[];
  /** Takes the place of the actions until it is answered. */
  readonly question?: HTMLElement;
}

/** A row: what something is and how it is, and what can be done with it. */
export function providerRow(content: RowContent): HTMLElement {
  const { key, name, state, inUse, place, facts, notes, actions, question } = content;
  return el(
    'li',
    { class: state.tone === 'off' ? 'provider-row idle' : 'provider-row', 'data-row': key },
    el('span', { class: `dot ${state.tone}`, 'aria-hidden': 'true' }),
    el(
      'div',
      { class: 'about' },
      el(
        'p',
        { class: 'name' },
        el('span', {}, name),
        el('span', { class: 'word' }, state.text),
        inUse ? el('span', { class: 'badge' }, 'In use') : undefined,
        place === undefined ? undefined : el('span', { class: 'place' }, place),
      ),
      el('p', { class: 'facts-line' }, facts.join(' · ')),
      ...notes,
    ),
    el('div', { class: 'actions' }, ...actions),
    question,
  );
}

/** A quiet button with an icon; a row has many, so it is the browser's own. */
export function action(name: IconName, label: string, key: string, onClick: () => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'icon-action', 'data-key': key }, icon(name));
  button.ariaLabel = button.title = label;
  button.addEventListener('click', onClick);
  return button;
}

/** A quiet button with words. */
export function textAction(label: string, key: string, onClick: () => void): HTMLElement {
  const button = el('button', { type: 'button', class: 'text-action', 'data-key': key }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** The outcome of a test, as it is shown below its row. */
export function testedPart(tested: TestedView, post: (intent: ProvidersIntent) => void): HTMLElement {
  const close = action('close', 'Put the outcome of the test away', 'tested close', () =>
    post({ type: 'stopFetching' }),
  );
  const content =
    tested.kind === 'failed'
      ? problemBox(tested.problem, 'bad', () => undefined)
      : el(
          'p',
          { class: 'answer' },
          tested.text || el('span', { class: 'row muted' }, progressRing(), 'Asking for a short answer…'),
        );
  return el('div', { class: `tested ${tested.kind}` }, content, close);
}
