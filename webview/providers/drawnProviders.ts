import type { EntryView, ProviderAccountView } from '../../src/shared/providersMessages';
import { el, setChildren } from '../kit/dom';
import { accountRow } from './accountRow';
import { entryRow, type RowActions } from './entryRow';
import { openIn, reopenIn } from './providerRow';

/** A row under its provider, and what it is of. */
export type Item =
  | { readonly kind: 'account'; readonly group: string; readonly account: ProviderAccountView }
  | { readonly kind: 'entry'; readonly group: string; readonly entry: EntryView; readonly file: string };

/** A row, and what it was drawn from, as JSON. */
interface DrawnRow {
  readonly element: HTMLElement;
  readonly from: string;
}

/** The rows under their providers. One that is as it was keeps its element; what is open in another one stays open. */
export class DrawnProviders {
  readonly #actions: RowActions;
  #rows = new Map<string, DrawnRow>();
  #groups = new Map<string, ReturnType<typeof groupSection>>();

  constructor(actions: RowActions) {
    this.#actions = actions;
  }

  /** Makes these the groups in the container. */
  draw(container: HTMLElement, groups: readonly (readonly [string, readonly Item[]])[]): void {
    const before = { rows: this.#rows, groups: this.#groups };
    this.#rows = new Map();
    this.#groups = new Map(groups.map(([name]) => [name, before.groups.get(name) ?? groupSection(name)]));
    setChildren(
      container,
      [...this.#groups.values()].map(({ section }) => section),
    );
    const opened = groups.flatMap(([name, items]) => {
      const rows = items.map((item) => this.#row(item, before.rows));
      const list = this.#groups.get(name)?.list;
      if (list)
        setChildren(
          list,
          rows.map(({ element }) => element),
        );
      return rows;
    });
    for (const { element, open } of opened) reopenIn(element, open);
  }

  /** The row of an item, and what was open in the one in whose place it comes. */
  #row(item: Item, before: ReadonlyMap<string, DrawnRow>) {
    const from = JSON.stringify(item);
    const key = this.#freeKey(item.kind === 'account' ? item.account.id : item.entry.key);
    const last = before.get(key);
    const element = last?.from === from ? last.element : rowOf(item, this.#actions);
    this.#rows.set(key, { element, from });
    return { element, open: last === undefined || last.element === element ? undefined : openIn(last.element) };
  }

  /** Entries of which there are several differ in nothing but their place. */
  #freeKey(key: string): string {
    return this.#rows.has(key) ? this.#freeKey(`${key}+`) : key;
  }
}

const rowOf = (item: Item, actions: RowActions) =>
  item.kind === 'account' ? accountRow(item.account, actions) : entryRow(item.entry, item.file, actions);

function groupSection(name: string) {
  const list = el('ul', { class: 'provider-rows', 'aria-label': name });
  return { list, section: el('section', { class: 'provider-group', 'aria-label': name }, el('h2', {}, name), list) };
}
