import { el, uniqueId, whenChanged } from './dom.js';
import type { ChoicePart } from './toolkit.js';

/** A choice under a heading; `words` are what it is found by beside its label. */
export interface GroupedChoice {
  readonly value: string;
  readonly label: string;
  readonly group: string;
  readonly words: string;
}

interface Option {
  readonly choice: GroupedChoice;
  readonly element: HTMLElement;
}

/** A long list to choose from, which typing filters (ARIA: an editable combobox with list autocompletion). */
export function comboBox(options: {
  readonly label: string;
  readonly onChange: (value: string) => void;
}): ChoicePart<GroupedChoice> {
  const listId = uniqueId('list');
  const input = el('input', {
    id: uniqueId('combo'),
    class: 'combo-input',
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-controls': listId,
    'aria-expanded': 'false',
  });
  const list = el('div', { id: listId, class: 'combo-list', role: 'listbox', 'aria-label': options.label });
  const none = el('p', { class: 'muted' }, 'Nothing matches.');
  const popup = el('div', { class: 'combo-popup' }, list, none);
  const chevron = el('span', { class: 'combo-chevron', 'aria-hidden': 'true' });
  let all: readonly Option[] = [];
  let chosen: Option | undefined;
  let marked: Option | undefined;
  const isOpen = () => !popup.hidden;
  const shown = () => all.filter(({ element }) => !element.hidden);

  const mark = (option: Option | undefined) => {
    marked?.element.classList.remove('marked');
    marked = option;
    option?.element.classList.add('marked');
    if (option === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', option.element.id);
    option?.element.scrollIntoView({ block: 'nearest' });
  };
  const filter = (text: string) => {
    const words = text.toLowerCase().split(/\s+/);
    for (const { choice, element } of all) {
      const found = `${choice.label} ${choice.group} ${choice.words}`.toLowerCase();
      element.hidden = !words.every((word) => found.includes(word));
    }
    for (const group of list.children) {
      if (group instanceof HTMLElement) group.hidden = group.querySelector('[role="option"]:not([hidden])') === null;
    }
    none.hidden = shown().length > 0;
  };
  const open = (text: string) => {
    filter(text);
    popup.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    mark(text === '' ? chosen : shown()[0]);
  };
  const close = () => {
    popup.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    mark(undefined);
    input.value = chosen?.choice.label ?? '';
  };
  const choose = (option: Option | undefined) => {
    const isNew = option !== undefined && option.choice.value !== chosen?.choice.value;
    if (isNew) select(option);
    close();
    if (isNew) options.onChange(option.choice.value);
  };
  const select = (option: Option | undefined) => {
    chosen?.element.setAttribute('aria-selected', 'false');
    chosen = option;
    option?.element.setAttribute('aria-selected', 'true');
  };

  input.addEventListener('input', () => open(input.value.trim()));
  input.addEventListener('focus', () => input.select());
  input.addEventListener('click', () => {
    if (!isOpen()) open('');
  });
  // Who goes on after typing means what is marked.
  input.addEventListener('blur', () => isOpen() && choose(input.value === chosen?.choice.label ? undefined : marked));
  input.addEventListener('keydown', (event) => {
    // The keys of an input method are for the word that it writes.
    if (event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && !isOpen()) open('');
    else if (step !== 0) mark(neighbour(shown(), marked, step));
    else if (event.key === 'Enter' && isOpen()) choose(marked);
    else if (event.key === 'Escape' && isOpen()) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // The field keeps the focus while somebody points at its list.
  popup.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const clicked = all.find(({ element }) => target instanceof Node && element.contains(target));
    if (clicked) choose(clicked);
  });
  chevron.addEventListener('mousedown', (event) => {
    event.preventDefault();
    if (input.disabled) return;
    input.focus();
    if (isOpen()) close();
    else open('');
  });
  close();

  return {
    element: el(
      'div',
      { class: 'field' },
      el('label', { class: 'label', for: input.id }, options.label),
      el('div', { class: 'combo' }, input, chevron, popup),
    ),
    get value() {
      return chosen?.choice.value ?? '';
    },
    set value(value) {
      select(all.find(({ choice }) => choice.value === value));
      if (!isOpen()) close();
    },
    setChoices: whenChanged((choices) => {
      const before = chosen?.choice.value;
      all = choices.map((choice) => ({ choice, element: optionElement(choice) }));
      const groups = [...new Set(choices.map(({ group }) => group))];
      list.replaceChildren(
        ...groups.map((group) =>
          groupElement(
            group,
            all.filter(({ choice }) => choice.group === group),
          ),
        ),
      );
      select(all.find(({ choice }) => choice.value === before));
      close();
    }),
    focus: () => input.focus(),
  };
}

/** The option before or behind one, from the last on to the first. */
function neighbour(options: readonly Option[], from: Option | undefined, step: number): Option | undefined {
  const at = options.findIndex((option) => option === from);
  return options.at(at < 0 ? Math.min(step, 0) : (at + step) % options.length);
}

function groupElement(label: string, options: readonly Option[]): HTMLElement {
  const heading = el('div', { id: uniqueId('group'), class: 'group' }, label);
  return el('div', { role: 'group', 'aria-labelledby': heading.id }, heading, ...options.map(({ element }) => element));
}

function optionElement({ label }: GroupedChoice): HTMLElement {
  return el(
    'div',
    { id: uniqueId('option'), class: 'option', role: 'option', 'aria-selected': 'false' },
    el('span', { class: 'check', 'aria-hidden': 'true' }),
    label,
  );
}
