/** What stands on the page: all providers, or in the place of them a form. */
type Shown = 'list' | 'entry' | 'account';

/** Where either the list or one of the forms stands, and what is to have the focus once a form is closed. */
export class Stage {
  readonly #parts: Readonly<Record<Shown, HTMLElement>>;
  #shown: Shown = 'list';
  #isCovered = false;
  /** Finds the button again that a form or a question to a server was opened with. */
  opener: string | undefined;

  constructor(parts: Readonly<Record<Shown, HTMLElement>>) {
    this.#parts = parts;
    this.show('list');
  }

  get shown(): Shown {
    return this.#shown;
  }

  /** The part that is shown. */
  get element(): HTMLElement {
    return this.#parts[this.#shown];
  }

  show(part: Shown, opener = this.opener): void {
    this.#shown = part;
    this.opener = opener;
    this.#arrange();
  }

  /** Whether the models of a server stand in the place of the list. Answers whether the list is in view again. */
  cover(isCovered: boolean): boolean {
    const isBack = this.#isCovered && !isCovered;
    this.#isCovered = isCovered;
    this.#arrange();
    return isBack;
  }

  #arrange(): void {
    const { list, entry, account } = this.#parts;
    list.hidden = this.#shown !== 'list' || this.#isCovered;
    entry.hidden = this.#shown !== 'entry';
    account.hidden = this.#shown !== 'account';
  }
}
