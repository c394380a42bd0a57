import { el, uniqueId, whenChanged } from './dom';
import { createOptionList, type GroupedChoice, type Option, type OptionList } from './optionList';
import type { ChoicePart } from './toolkit';
import { focusOn } from './focus';

/** A long list to choose from, which typing filters (ARIA: an editable combobox with list autocompletion). */
export function comboBox(options: {
  readonly label: string;
  readonly onChange: (value: string) => void;
}): ChoicePart<GroupedChoice> {
  const listId = uniqueId('list');
  const list = createOptionList(listId, options.label, (option) => choose(option));
  const input = inputOf(listId);
  const popup = createPopup(input, list);
  const choose = (option: Option | undefined) => {
    const isNew = option !== undefined && option.choice.value !== list.chosen?.choice.value;
    if (isNew) list.select(option.choice.value);
    popup.close();
    if (isNew) options.onChange(option.choice.value);
  };

  input.addEventListener('input', () => popup.open(input.value.trim()));
  input.addEventListener('focus', () => input.select());
  input.addEventListener('click', () => {
    if (!popup.isOpen) popup.open('');
  });
  // Who goes on after typing means what is marked.
  input.addEventListener('blur', () => {
    if (popup.isOpen) choose(input.value === list.chosen?.choice.label ? undefined : list.marked);
  });
  input.addEventListener('keydown', (event) => {
    // The keys of an input method are for the word that it writes.
    if (event.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) popup.step(step);
    else if (event.key === 'Enter' && popup.isOpen) choose(list.marked);
    else if (event.key === 'Escape' && popup.isOpen) popup.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  popup.close();

  return {
    element: el(
      'div',
      { class: 'field' },
      el('label', { class: 'label', for: input.id }, options.label),
      el('div', { class: 'combo' }, input, chevron(input, popup), list.element),
    ),
    get value() {
      return list.chosen?.choice.value ?? '';
    },
    set value(value) {
      list.select(value);
      if (!popup.isOpen) popup.close();
    },
    setChoices: whenChanged((choices) => {
      list.setChoices(choices);
      popup.close();
    }),
    focus: () => focusOn(input),
  };
}

function inputOf(listId: string): HTMLInputElement {
  return el('input', {
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
}

/** The list below the input: open or not, and moved through while the input has the focus. */
function createPopup(input: HTMLInputElement, list: OptionList) {
  const mark = (option: Option | undefined) => {
    list.mark(option);
    if (option === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', option.element.id);
  };
  const popup = {
    get isOpen() {
      return !list.element.hidden;
    },
    /** Opens it with what matches the text. */
    open(text: string) {
      list.filter(text);
      list.element.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      mark(text === '' ? list.chosen : list.shown()[0]);
    },
    /** Closes it, and names what is chosen. */
    close() {
      list.element.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      mark(undefined);
      input.value = list.chosen?.choice.label ?? '';
    },
    /** Marks the option before or behind, from the last on to the first; opens the list where it is not open. */
    step(by: 1 | -1) {
      if (!popup.isOpen) return popup.open('');
      const shown = list.shown();
      const at = shown.findIndex((option) => option === list.marked);
      mark(shown.at(at < 0 ? Math.min(by, 0) : (at + by) % shown.length));
    },
  };
  return popup;
}

function chevron(input: HTMLInputElement, popup: ReturnType<typeof createPopup>): HTMLElement {
  const element = el('span', { class: 'combo-chevron', 'aria-hidden': 'true' });
  element.addEventListener('mousedown', (event) => {
    event.preventDefault();
    if (input.disabled) return;
    input.focus();
    if (popup.isOpen) popup.close();
    else popup.open('');
  });
  return element;
}
