import type { PanelState } from '../../src/shared/messages';
import type { ModelInUseView } from '../../src/shared/modelViews';
import type { Matching } from '../kit/countedFilter';
import { el } from '../kit/dom';
import { createRowWindow } from '../kit/rowWindow';
import { DrawnRows } from './drawnRows';
import { Listing } from './listing';
import { type ChoiceRow, keyOf, type Listed } from './modelRows';

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
export function createModelList(
  labelledBy: string,
  onChoose: (model: Pick<ModelInUseView, 'id' | 'baseUrl'>) => void,
): ModelList {
  const element = el('div', { class: 'list', role: 'listbox', tabindex: '0', 'aria-labelledby': labelledBy });
  const drawn = new DrawnRows();
  const listing = new Listing();
  let shown: Shown = { models: [], listAges: {} };
  let text = '';

  const inView = createRowWindow(element, (from, to) => {
    const { rows, marked, options } = listing;
    // What is marked stays in the page: a screen reader reads it from there.
    const out = marked && (marked.index < from || marked.index >= to) ? [marked] : [];
    drawn.draw(inView.canvas, [...rows.slice(from, to), ...out], {
      inUse: keyInUse(shown),
      marked: marked?.key,
      count: options.length,
      ages: shown.listAges,
    });
    element.setAttribute('aria-activedescendant', drawn.option(marked?.key)?.id ?? '');
  });
  const draw = () => {
    inView.count = listing.rows.length;
    inView.draw();
  };
  const reveal = ({ index }: ChoiceRow) => {
    // The first of a group comes into view with its heading.
    inView.reveal(listing.rows[index - 1]?.kind === 'heading' ? index - 1 : index, index);
  };
  const choose = () => {
    const { marked } = listing;
    if (marked?.kind === 'model') onChoose({ id: marked.model.id, baseUrl: marked.baseUrl });
    else if (marked) listing.unfold(marked);
    draw();
  };

  listen(element, {
    move(key) {
      const row = listing.options[target(key, listing.place, listing.options.length) ?? -1];
      if (row) reveal((listing.marked = row));
      return row !== undefined;
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
