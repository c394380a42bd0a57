import type { PanelState } from '../../src/shared/messages';
import type { ModelInUseView } from '../../src/shared/modelViews';
import type { Matching } from '../kit/countedFilter';
import { el } from '../kit/dom';
import { createRowWindow } from '../kit/rowWindow';
import { DrawnRows } from './drawnRows';
import { Listing } from './listing';
import { type ChoiceRow, keyOf, type Listed } from './modelRows';

type OnChoose = (model: Pick<ModelInUseView, 'id' | 'baseUrl'>) => void;

type Shown = Listed & Pick<PanelState, 'listAges'>;

/** A list of models that keeps the focus itself and moves a mark over its options (ARIA listbox). */
export interface ModelList {
  readonly element: HTMLElement;
  show(state: Shown): void;
  /** Leaves what matches; says how many options are left of all. */
  filter(text: string): Matching;
  /** Chooses the marked option. */
  choose(): void;
  focus(): void;
}

const PAGE = 8;

/** The list of models, named by the element with the id `labelledBy`. Of thousands, only those in view are in the page. */
export function createModelList(labelledBy: string, onChoose: OnChoose): ModelList {
  const element = el('div', { class: 'list', role: 'listbox', tabindex: '0', 'aria-labelledby': labelledBy });
  const drawn = new DrawnRows();
  const listing = new Listing();
  let shown: Shown = { models: [], listAges: {} };
  let text = '';

  const inView = createRowWindow(element, (from, to) => {
    drawn.draw(inView.canvas, rowsToDraw(listing, from, to), {
      inUse: keyInUse(shown),
      marked: listing.marked?.key,
      count: listing.options.length,
      ages: shown.listAges,
    });
    element.setAttribute('aria-activedescendant', drawn.option(listing.marked?.key)?.id ?? '');
  });
  const draw = () => {
    inView.count = listing.rows.length;
    inView.draw();
  };
  const choose = () => {
    chooseMarked(listing, onChoose);
    draw();
  };

  listen(element, {
    move(key) {
      const row = listing.options[target(key, listing.place, listing.options.length) ?? -1];
      if (row === undefined) return false;
      listing.marked = row;
      inView.reveal(firstToReveal(listing, row), row.index);
      return true;
    },
    click(clicked) {
      const row = drawn.rowAt(clicked);
      if (row === undefined) return;
      listing.marked = row;
      choose();
    },
    choose,
  });
  return {
    element,
    choose,
    focus: () => element.focus(),
    show(next) {
      shown = next;
      listing.list(next, text);
      // Nobody who reads elsewhere in the page is taken here.
      listing.marked ??= listing.options.find(({ key }) => key === keyInUse(next));
      draw();
    },
    filter(words) {
      if (words !== text) listing.list(shown, (text = words));
      listing.marked ??= listing.options[0];
      draw();
      return listing.count;
    },
  };
}

function chooseMarked(listing: Listing, onChoose: OnChoose): void {
  const { marked } = listing;
  if (marked?.kind === 'model') onChoose({ id: marked.model.id, baseUrl: marked.baseUrl });
  else if (marked) listing.unfold(marked);
}

/** What is marked stays in the page: a screen reader reads it from there. */
function rowsToDraw({ rows, marked }: Listing, from: number, to: number) {
  const isOut = marked !== undefined && (marked.index < from || marked.index >= to);
  return [...rows.slice(from, to), ...(isOut ? [marked] : [])];
}

/** The first of a group comes into view with its heading. */
function firstToReveal({ rows }: Listing, { index }: ChoiceRow): number {
  return rows[index - 1]?.kind === 'heading' ? index - 1 : index;
}

/** Hears the keys and clicks of the list; `move` says whether a key moves the mark. */
function listen(
  element: HTMLElement,
  on: { move(key: string): boolean; click(target: EventTarget | null): void; choose(): void },
): void {
  element.addEventListener('keydown', (event) => {
    const isChoice = event.key === 'Enter' || event.key === ' ';
    if (isChoice) on.choose();
    if (isChoice || on.move(event.key)) event.preventDefault();
  });
  element.addEventListener('click', ({ target: clicked }) => on.click(clicked));
}

const keyInUse = ({ modelInUse }: Shown) => modelInUse && keyOf(modelInUse);

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
