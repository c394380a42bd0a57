import * as l10n from '@vscode/l10n';
import type { StateWord } from '../../src/shared/providersMessages';
import { el } from '../kit/dom';

/** What a row shows, whatever it is of. */
interface RowContent {
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
        inUse ? el('span', { class: 'badge' }, l10n.t('In use')) : undefined,
        place === undefined ? undefined : el('span', { class: 'place' }, place),
      ),
      el('p', { class: 'facts-line' }, facts.join(' · ')),
      ...notes,
    ),
    el('div', { class: 'actions' }, ...actions),
    question,
  );
}

/** Shows the question of a row in the place of its actions, or the actions again. */
export function setAsking(row: HTMLElement, asking: boolean): void {
  const actions = row.querySelector<HTMLElement>('.actions');
  const question = row.querySelector<HTMLElement>('.question');
  if (actions) actions.hidden = asking;
  if (question) question.hidden = !asking;
}

/** What is open in a row: its question, or its menu. */
export function openIn(row: HTMLElement): 'question' | 'menu' | undefined {
  if (row.querySelector<HTMLElement>('.question')?.hidden === false) return 'question';
  return row.querySelector('.menu:popover-open') ? 'menu' : undefined;
}

/** Opens the same in a row that came in the place of another one. */
export function reopenIn(row: HTMLElement, open: ReturnType<typeof openIn>): void {
  if (open === 'question') setAsking(row, true);
  if (open === 'menu') row.querySelector<HTMLElement>('.menu')?.showPopover();
}
