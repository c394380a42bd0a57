import * as l10n from '@vscode/l10n';
import { el, setChildren, uniqueId } from '../kit/dom';
import { placeRow } from '../kit/rowWindow';
import type { ChoiceRow, Row, RowGroup } from './modelRows';

/** What rows show beside what they are. Models are named by their keys. */
interface RowMarks {
  readonly inUse: string | undefined;
  readonly marked: string | undefined;
  /** How many choices are listed. */
  readonly count: number;
  readonly ages: Readonly<Record<string, string>>;
}

interface DrawnOption {
  readonly element: HTMLElement;
  readonly row: ChoiceRow;
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
      element.ariaLabel = `${group.label} ${detailOf(group, marks)}`.trim();
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

  /** The element of a choice that is in view. */
  option(key: string | undefined): HTMLElement | undefined {
    return key === undefined ? undefined : this.#options.get(key)?.element;
  }

  /** The choice at which the element is. */
  rowAt(target: EventTarget | null): ChoiceRow | undefined {
    return [...this.#options.values()].find(({ element }) => target instanceof Node && element.contains(target))?.row;
  }

  #option(row: ChoiceRow, marks: RowMarks, before: ReadonlyMap<string, DrawnOption>): HTMLElement {
    const { key, position } = row;
    const same = before.get(key);
    const element = same && isAlike(same.row, row) ? same.element : option(row);
    element.classList.toggle('marked', key === marks.marked);
    element.ariaSelected = String(key === marks.inUse);
    element.ariaPosInSet = String(position);
    element.ariaSetSize = String(marks.count);
    this.#options.set(key, { element, row });
    return element;
  }
}

const isAlike = (one: ChoiceRow, other: ChoiceRow) =>
  one.kind === 'model'
    ? other.kind === 'model' && one.model === other.model && one.detail === other.detail
    : other.kind === 'more' && one.left === other.left;

const detailOf = ({ host, baseUrl }: RowGroup, { ages }: RowMarks) => [host, ages[baseUrl]].filter(Boolean).join(' · ');

/** Seen alone: the group has the same as its name. */
function heading(group: RowGroup, marks: RowMarks): HTMLElement {
  return el(
    'div',
    { class: 'group', 'aria-hidden': 'true' },
    el('span', { class: 'name' }, group.label),
    el('span', { class: 'detail' }, detailOf(group, marks)),
  );
}

function option(row: ChoiceRow): HTMLElement {
  const content =
    row.kind === 'more'
      ? [el('span', { class: 'name' }, l10n.t('Show {count} more', { count: row.left }))]
      : [
          el('span', { class: 'name' }, row.model.name),
          ' ',
          el('span', { class: 'detail' }, row.detail),
          row.model.ready ? undefined : el('span', { class: 'badge' }, l10n.t('No key')),
        ];
  return el(
    'div',
    { id: uniqueId('model'), class: `option ${row.kind}`, role: 'option' },
    el('span', { class: 'check', 'aria-hidden': 'true' }),
    ...content,
  );
}
