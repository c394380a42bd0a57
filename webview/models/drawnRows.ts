import type { ModelGroupView, ModelView } from '../../src/shared/messages';
import { el, setChildren, uniqueId } from '../kit/dom';
import { placeRow } from '../kit/rowWindow';
import type { ModelRow, Row } from './modelRows';

/** What rows show beside what they are. Models are named by their keys. */
export interface RowMarks {
  readonly inUse: string | undefined;
  readonly marked: string | undefined;
  /** How many models are listed. */
  readonly count: number;
  readonly ages: Readonly<Record<string, string>>;
}

interface DrawnOption {
  readonly element: HTMLElement;
  readonly row: ModelRow;
}

/** The elements of the rows that are in view; a row that stays keeps its element. */
export class DrawnRows {
  #options = new Map<string, DrawnOption>();
  #groups = new Map<string, HTMLElement>();

  /** Makes these the rows in the canvas, in the groups that they belong to. */
  draw(canvas: HTMLElement, rows: readonly Row[], marks: RowMarks): void {
    const before = { options: this.#options, groups: this.#groups };
    this.#options = new Map();
    this.#groups = new Map();
    const inGroups = Map.groupBy(rows, ({ group }) => group);
    for (const [group, own] of inGroups) {
      const element = before.groups.get(group.baseUrl) ?? el('div', { role: 'group' });
      element.ariaLabel = `${group.label} ${detailOf(group, marks)}`;
      const children = own.map((row) => {
        const child = row.kind === 'heading' ? heading(group, marks) : this.#option(row, marks, before.options);
        placeRow(child, row.index);
        return child;
      });
      setChildren(element, children);
      this.#groups.set(group.baseUrl, element);
    }
    setChildren(canvas, [...this.#groups.values()]);
  }

  /** The element of a model that is in view. */
  option(key: string | undefined): HTMLElement | undefined {
    return key === undefined ? undefined : this.#options.get(key)?.element;
  }

  /** The model at which the element is. */
  rowAt(target: EventTarget | null): ModelRow | undefined {
    return [...this.#options.values()].find(({ element }) => target instanceof Node && element.contains(target))?.row;
  }

  #option(row: ModelRow, marks: RowMarks, before: ReadonlyMap<string, DrawnOption>): HTMLElement {
    const { key, model, position } = row;
    const same = before.get(key);
    const element = same?.row.model === model ? same.element : option(model);
    element.classList.toggle('marked', key === marks.marked);
    element.ariaSelected = String(key === marks.inUse);
    element.ariaPosInSet = String(position);
    element.ariaSetSize = String(marks.count);
    this.#options.set(key, { element, row });
    return element;
  }
}

const detailOf = ({ host, baseUrl }: ModelGroupView, { ages }: RowMarks) =>
  [host, ages[baseUrl]].filter(Boolean).join(' · ');

/** Seen alone: the group has the same as its name. */
function heading(group: ModelGroupView, marks: RowMarks): HTMLElement {
  return el(
    'div',
    { class: 'group', 'aria-hidden': 'true' },
    el('span', {}, group.label),
    el('span', { class: 'detail' }, detailOf(group, marks)),
  );
}

function option({ name, detail, ready }: ModelView): HTMLElement {
  return el(
    'div',
    { id: uniqueId('model'), class: 'option', role: 'option' },
    el('span', { class: 'check', 'aria-hidden': 'true' }),
    el('span', { class: 'name' }, name),
    ' ',
    el('span', { class: 'detail' }, detail),
    ready ? undefined : el('span', { class: 'badge' }, 'No key'),
  );
}
