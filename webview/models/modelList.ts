import type { ModelGroupView, ModelView } from '../../src/shared/messages';
import { el, uniqueId } from '../kit/dom';
import { matches } from '../kit/modelFilter';

/** A list of models that keeps the focus itself and moves a mark over its options (ARIA listbox). */
export interface ModelList {
  readonly element: HTMLElement;
  show(groups: readonly ModelGroupView[]): void;
  /** Hides what does not match; says how many options are left of all. */
  filter(text: string): { readonly shown: number; readonly all: number };
  /** Chooses the marked option. */
  choose(): void;
  focus(): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly group: ModelGroupView;
  readonly model: ModelView;
}

const PAGE = 8;
const EDGE_PX = 4;

/** The list of models, named by the element with the id `labelledBy`. */
export function createModelList(labelledBy: string, onChoose: (model: ModelView) => void): ModelList {
  const element = el('div', { class: 'list', role: 'listbox', tabindex: '0', 'aria-labelledby': labelledBy });
  let rows: readonly Row[] = [];
  let marked: Row | undefined;
  const visible = () => rows.filter((row) => !row.element.hidden);

  const mark = (row: Row | undefined, scroll: boolean) => {
    marked?.element.classList.remove('marked');
    marked = row;
    row?.element.classList.add('marked');
    element.setAttribute('aria-activedescendant', row?.element.id ?? '');
    if (scroll && row !== undefined) reveal(row.element, element);
  };
  const choose = () => marked && onChoose(marked.model);

  element.addEventListener('keydown', (event) => {
    const shown = visible();
    const at = shown.findIndex((row) => row === marked);
    const to = target(event.key, at, shown.length);
    if (to !== undefined) mark(shown[to], true);
    else if (event.key === 'Enter' || event.key === ' ') choose();
    else return;
    event.preventDefault();
  });
  element.addEventListener('click', ({ target: clicked }) => {
    const row = rows.find((one) => clicked instanceof Node && one.element.contains(clicked));
    if (row === undefined) return;
    mark(row, false);
    choose();
  });

  return {
    element,
    choose,
    focus: () => element.focus(),
    show(groups) {
      const { scrollTop } = element;
      const before = marked?.model;
      rows = groups.flatMap((group) => group.models.map((model) => ({ element: option(model), group, model })));
      element.replaceChildren(
        ...groups.map((group) =>
          groupOf(
            group,
            rows.filter((row) => row.group === group),
          ),
        ),
      );
      element.scrollTop = scrollTop;
      const again = rows.find(({ model }) => model.id === before?.id && model.baseUrl === before.baseUrl);
      mark(again ?? rows.find(({ model }) => model.selected), before === undefined);
    },
    filter(text) {
      for (const row of rows) row.element.hidden = !matches(text, row.group, row.model);
      for (const group of element.children) {
        if (group instanceof HTMLElement) group.hidden = !group.querySelector('[role="option"]:not([hidden])');
      }
      const shown = visible();
      if (marked === undefined || marked.element.hidden) mark(shown[0], true);
      return { shown: shown.length, all: rows.length };
    },
  };
}

/** Scrolls the list alone: `scrollIntoView` would move the page too, while somebody reads elsewhere in it. */
function reveal({ offsetTop, offsetHeight }: HTMLElement, list: HTMLElement): void {
  const top = Math.min(list.scrollTop, offsetTop - EDGE_PX);
  list.scrollTop = Math.max(top, offsetTop + offsetHeight + EDGE_PX - list.clientHeight);
}

/** Where a key moves the mark in a list of `length` options; undefined where it moves nothing. */
function target(key: string, at: number, length: number): number | undefined {
  const last = length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'PageDown':
      return Math.min(last, at + PAGE);
    case 'PageUp':
      return Math.max(0, at - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function groupOf({ label, detail }: ModelGroupView, rows: readonly Row[]): HTMLElement {
  const heading = el(
    'div',
    { id: uniqueId('group'), class: 'group' },
    el('span', {}, label),
    ' ',
    el('span', { class: 'detail' }, detail),
  );
  return el('div', { role: 'group', 'aria-labelledby': heading.id }, heading, ...rows.map(({ element }) => element));
}

function option({ name, detail, selected, ready }: ModelView): HTMLElement {
  return el(
    'div',
    { id: uniqueId('model'), class: 'option', role: 'option', 'aria-selected': String(selected) },
    el('span', { class: 'check', 'aria-hidden': 'true' }),
    el('span', { class: 'name' }, name),
    ' ',
    el('span', { class: 'detail' }, detail),
    ready ? undefined : el('span', { class: 'badge' }, 'No key'),
  );
}
