import { type ChoiceRow, type Listed, type Row, rowsOf } from './modelRows';

/** The rows as they are listed now, and which of them is marked: that one stays so while it is among them. */
export class Listing {
  rows: readonly Row[] = [];
  options: readonly ChoiceRow[] = [];
  marked: ChoiceRow | undefined;
  #listed: Listed = { models: [] };
  #text = '';
  /** The groups of which all models are wanted, by base URL. */
  readonly #whole = new Set<string>();

  /** The place of the marked row among the options; -1 where there is none. */
  get place(): number {
    return this.options.findIndex(({ key }) => key === this.marked?.key);
  }

  /** How many models match the filter, and how many there are. */
  get count() {
    const all = this.#listed.models.reduce((sum, { models }) => sum + models.length, 0);
    return { shown: this.#text === '' ? all : this.options.length, all };
  }

  /** Lists these models, as far as they match. */
  list(listed: Listed, text: string): void {
    this.#listed = listed;
    this.#text = text;
    this.rows = rowsOf(listed, text, this.#whole);
    this.options = this.rows.filter((row) => row.kind !== 'heading');
    this.marked = this.options[this.place];
  }

  /** Lists the rest of a group, and marks the first of it. */
  unfold({ group }: ChoiceRow): void {
    const before = new Set(this.options.map(({ key }) => key));
    this.#whole.add(group.baseUrl);
    this.list(this.#listed, this.#text);
    this.marked = this.options.find(({ key }) => !before.has(key));
  }
}
