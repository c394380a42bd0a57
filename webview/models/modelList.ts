import type { ModelInUseView, PanelState } from '../../src/shared/messages';
import type { Matching } from '../kit/countedFilter';
import { el } from '../kit/dom';
import { createRowWindow } from '../kit/rowWindow';
import { DrawnRows } from './drawnRows';
import { keyOf, type ModelRow, type Row, rowsOf } from './modelRows';

type Shown = Pick<PanelState, 'models' | 'modelInUse' | 'listAges'>;

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
  let shown: Shown = { models: [], listAges: {} };
  let text = '';
  let rows: readonly Row[] = [];
  let options: readonly ModelRow[] = [];
  let marked: ModelRow | undefined;

  const inView = createRowWindow(element, (from, to) => {
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
  const mark = (row: ModelRow | undefined, isToBeSeen: boolean) => {
    marked = row;
    if (row === undefined || !isToBeSeen) return inView.draw();
    // The first of a group comes into view with its heading.
    inView.reveal(rows[row.index - 1]?.kind === 'heading' ? row.index - 1 : row.index, row.index);
  };
  const list = () => {
    rows = rowsOf(shown.models, text);
    options = rows.filter((row) => row.kind === 'model');
    marked = options.find(({ key }) => key === marked?.key);
    inView.count = rows.length;
  };
  const choose = () => marked && onChoose({ id: marked.model.id, baseUrl: marked.group.baseUrl });

  element.addEventListener('keydown', (event) => {
    const to = target(event.key, marked ? options.indexOf(marked) : -1, options.length);
    if (to !== undefined) mark(options[to], true);
    else if (event.key === 'Enter' || event.key === ' ') choose();
    else return;
    event.preventDefault();
  });
  element.addEventListener('click', ({ target: clicked }) => {
    const row = drawn.rowAt(clicked);
    if (row === undefined) return;
    mark(row, false);
    choose();
  });

  return {
    element,
    choose,
    focus: () => element.focus(),
    show(next) {
      const isFirst = marked === undefined;
      shown = next;
      list();
      mark(marked ?? options.find(({ key }) => key === keyInUse(next)), isFirst);
    },
    filter(words) {
      if (words !== text) {
        text = words;
        list();
      }
      mark(marked ?? options[0], marked === undefined);
      return { shown: options.length, all: shown.models.reduce((sum, { models }) => sum + models.length, 0) };
    },
  };
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
