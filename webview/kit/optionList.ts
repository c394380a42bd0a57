import * as l10n from '@vscode/l10n';
import { el, uniqueId } from './dom';
import { textFilter } from './textFilter';

/** A choice under a heading; `words` are what it is found by beside its label. */
export interface GroupedChoice {
  readonly value: string;
  readonly label: string;
  readonly group: string;
  readonly words: string;
}

/** A choice as it stands in the list. */
export interface Option {
  readonly choice: GroupedChoice;
  readonly element: HTMLElement;
}

/** Options under their headings: one is chosen, one marked, and those that do not match are not shown. */
export interface OptionList {
  readonly element: HTMLElement;
  readonly chosen: Option | undefined;
  readonly marked: Option | undefined;
  shown(): readonly Option[];
  /** Replaces the options; what was chosen stays so where it is among them. */
  setChoices(choices: readonly GroupedChoice[]): void;
  select(value: string | undefined): void;
  mark(option: Option | undefined): void;
  filter(text: string): void;
}

/** The list of a combobox that controls it by this id, and keeps the focus while somebody points here (ARIA listbox). */
export function createOptionList(id: string, label: string, onClick: (option: Option) => void): OptionList {
  const list = el('div', { id, class: 'combo-list', role: 'listbox', 'aria-label': label });
  const none = el('p', { class: 'muted' }, l10n.t('Nothing matches.'));
  const element = el('div', { class: 'combo-popup' }, list, none);
  let all: readonly Option[] = [];
  let chosen: Option | undefined;
  let marked: Option | undefined;

  element.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const clicked = all.find((option) => target instanceof Node && option.element.contains(target));
    if (clicked) onClick(clicked);
  });

  const part: OptionList = {
    element,
    get chosen() {
      return chosen;
    },
    get marked() {
      return marked;
    },
    shown: () => all.filter((option) => !option.element.hidden),
    setChoices(choices) {
      all = choices.map((choice) => ({ choice, element: optionElement(choice) }));
      const groups = new Set(choices.map(({ group }) => group));
      list.replaceChildren(...[...groups].map((group) => groupElement(group, all)));
      part.select(chosen?.choice.value);
    },
    select(value) {
      chosen?.element.setAttribute('aria-selected', 'false');
      chosen = all.find(({ choice }) => choice.value === value);
      chosen?.element.setAttribute('aria-selected', 'true');
    },
    mark(option) {
      marked?.element.classList.remove('marked');
      marked = option;
      option?.element.classList.add('marked');
      option?.element.scrollIntoView({ block: 'nearest' });
    },
    filter(text) {
      const matches = textFilter(text);
      for (const { choice, element: one } of all)
        one.hidden = !matches(`${choice.label} ${choice.group} ${choice.words}`);
      for (const group of list.children)
        group.toggleAttribute('hidden', group.querySelector('[role="option"]:not([hidden])') === null);
      none.hidden = part.shown().length > 0;
    },
  };
  return part;
}

function groupElement(label: string, all: readonly Option[]): HTMLElement {
  const heading = el('div', { id: uniqueId('group'), class: 'group' }, label);
  const options = all.filter(({ choice }) => choice.group === label).map(({ element }) => element);
  return el('div', { role: 'group', 'aria-labelledby': heading.id }, heading, ...options);
}

function optionElement({ label }: GroupedChoice): HTMLElement {
  return el(
    'div',
    { id: uniqueId('option'), class: 'option', role: 'option', 'aria-selected': 'false' },
    el('span', { class: 'check', 'aria-hidden': 'true' }),
    label,
  );
}
