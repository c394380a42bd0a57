import type { ModelInUseView, PanelState } from '../../src/shared/messages';
import type { Matching } from '../kit/countedFilter';
import { el } from '../kit/dom';
import { createRowWindow } from '../kit/rowWindow';
import { DrawnRows } from './drawnRows';
import { type ChoiceRow, keyOf, type Listed, type Row, rowsOf } from './modelRows';

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
  let shown: Shown = { models: [], listAges: {} };
  let text = '';
  let rows: readonly Row[] = [];
  let options: readonly ChoiceRow[] = [];
  let marked: ChoiceRow | undefined;
  /** The groups of which all models are wanted, by base URL. */
  const whole = new Set<string>();

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
  const mark = (row: ChoiceRow | undefined, isToBeSeen = false) => {
    marked = row;
    if (row === undefined || !isToBeSeen) return inView.draw();
    // The first of a group comes into view with its heading.
    inView.reveal(rows[row.index - 1]?.kind === 'heading' ? row.index - 1 : row.index, row.index);
  };
  const list = () => {
    rows = rowsOf(shown, text, whole);
    options = rows.filter((row) => row.kind !== 'heading');
    marked = options.find(({ key }) => key === marked?.key);
    inView.count = rows.length;
  };
  /** Shows the rest of a group, and marks the first of it. */
  const unfold = ({ group }: ChoiceRow) => {
    const before = new Set(options.map(({ key }) => key));
    whole.add(group.baseUrl);
    list();
    mark(options.find(({ key }) => !before.has(key)));
  };
  const choose = () => {
    if (marked?.kind === 'more') unfold(marked);
    else if (marked) onChoose({ id: marked.model.id, baseUrl: marked.baseUrl });
  };

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
    mark(row);
    choose();
  });

  return {
    element,
    choose,
    focus: () => element.focus(),
    show(next) {
      shown = next;
      list();
      // Nobody who reads elsewhere in the page is taken here.
      mark(marked ?? options.find(({ key }) => key === keyInUse(next)));
    },
    filter(words) {
      if (words !== text) {
        text = words;
        list();
      }
      mark(marked ?? options[0]);
      const all = shown.models.reduce((sum, { models }) => sum + models.length, 0);
      return { shown: text === '' ? all : options.length, all };
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
