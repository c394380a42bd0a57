import type { ProvidersPageView, ModelFileView, ModelListView } from '../../src/shared/providersMessages';
import type { PanelState } from '../../src/shared/messages';
import { createConnectionResult } from '../kit/connectionResult';
import { el, whenChanged } from '../kit/dom';
import { entryRow, type RowActions } from './entryRow';
import { problemBox, type ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';

/** The files with their entries. */
export interface EntryList {
  readonly element: HTMLElement;
  update(providersPage: ProvidersPageView, state: PanelState): void;
  /** Brings the focus to the button of that key, or else to the heading of the list. */
  focus(key?: string): void;
}

/** Every file that lists models, each with its entries in their order; a test is shown below the entry in use. */
export function createEntryList(
  actions: RowActions,
  act: (intent: ProblemIntent) => void,
  heading: HTMLElement,
): EntryList {
  const element = el('div', { class: 'files' });
  const result = createConnectionResult(act, heading);
  const place = el('div', { class: 'tested' }, result.progress, result.element);
  const render = whenChanged((files: readonly ModelFileView[]) => {
    const focused = focusIn(element);
    element.replaceChildren(...files.map((file) => fileSection(file, actions)));
    element.querySelector('.entry.used')?.append(place);
    refocus(element, focused, heading);
  });
  return {
    element,
    update({ files }, { connection }) {
      render(files);
      place.hidden = connection.kind === 'none';
      result.show(connection);
    },
    focus: (key) => (buttonsOf(element).find(({ dataset }) => dataset['key'] === key) ?? heading).focus(),
  };
}

function fileSection(file: ModelFileView, actions: RowActions): HTMLElement {
  const { id, label, path, exists, problem, lists } = file;
  const open = button({
    label: 'Open file',
    appearance: 'link',
    ariaLabel: `Open file: ${label}`,
    key: `open ${id}`,
    onClick: () => actions.post({ type: 'openModelFile', file: id }),
  });
  open.hidden = !exists;
  return el(
    'section',
    { class: 'file', 'aria-label': label },
    el('div', { class: 'row spread' }, el('h2', {}, label), open),
    path === '' ? undefined : el('p', { class: 'path' }, path),
    problem && problemBox(problem, 'bad', () => undefined),
    ...lists.map((list) => listPart(file, list, lists.length > 1 || list.provider !== 'openai', actions)),
    problem || lists.length > 0 ? undefined : emptyFile(file, actions),
  );
}

function listPart(file: ModelFileView, list: ModelListView, isNamed: boolean, actions: RowActions): HTMLElement {
  const { provider, note, entries } = list;
  const rows = entries.map((entry, index) => {
    const row = entryRow(entry, { index, count: entries.length }, actions);
    row.classList.toggle('used', entry.selected);
    return row;
  });
  return el(
    'div',
    { class: 'provider' },
    isNamed ? el('h3', {}, provider) : undefined,
    note === undefined ? undefined : el('p', { class: 'why' }, note),
    rows.length === 0 ? undefined : el('ol', { class: 'entries', 'aria-label': `${file.label}, ${provider}` }, ...rows),
    note === undefined ? addButton(file, provider, actions) : undefined,
  );
}

function emptyFile(file: ModelFileView, actions: RowActions): HTMLElement {
  const words = file.exists ? 'No models are listed here.' : 'This file is not there yet. The first model makes it.';
  return el('div', { class: 'empty' }, el('p', {}, words), addButton(file, 'openai', actions));
}

function addButton({ id, label }: ModelFileView, provider: string, { openForm }: RowActions): HTMLElement {
  const key = `add ${id} ${provider}`;
  return button({
    label: 'Add model',
    ariaLabel: `Add model to ${label}${provider === 'openai' ? '' : `, ${provider}`}`,
    appearance: 'secondary',
    key,
    onClick: () => openForm({ kind: 'add', file: id, provider }, undefined, key),
  });
}

const buttonsOf = (container: HTMLElement) => [...container.querySelectorAll<HTMLElement>('[data-key]')];

/** The button that has the focus, and where in the list its row is. */
function focusIn(container: HTMLElement): { readonly key: string | undefined; readonly row: number } | undefined {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !container.contains(focused)) return undefined;
  const rows = [...container.querySelectorAll('.entry')];
  return { key: focused.dataset['key'], row: rows.findIndex((row) => row.contains(focused)) };
}

/** The focus stays on its button; where that one is gone, it goes to what is in its row's place, else to the heading. */
function refocus(container: HTMLElement, focused: ReturnType<typeof focusIn>, heading: HTMLElement): void {
  if (focused === undefined) return;
  const same = buttonsOf(container).find(({ dataset }) => dataset['key'] === focused.key);
  const inPlace = container.querySelectorAll('.entry')[focused.row]?.querySelector<HTMLElement>('.actions [data-key]');
  (same ?? inPlace ?? heading).focus();
}
