import './textArea.css';
import { el, uniqueId } from './dom';
import type { TextFieldPart } from './toolkit';
import { focusOn } from './focus';

/** A field for several lines, as a text field otherwise: the browser's own, which the component's would only wrap. */
export function textArea(options: {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
  readonly lines: number;
  readonly onInput: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
}): Omit<TextFieldPart, 'setHidden'> {
  const id = uniqueId('area');
  const area = el('textarea', { id, class: 'text-area', rows: String(options.lines), spellcheck: 'false' });
  const label = el('label', { class: 'label', for: id });
  const hint = el('p', { id: `${id}-hint`, class: 'hint' });
  const error = el('p', { id: `${id}-error`, class: 'error' });
  const element = el('div', { class: 'field' }, label, area, error, hint);
  area.setAttribute('aria-describedby', `${error.id} ${hint.id}`);
  const part: Omit<TextFieldPart, 'setHidden'> = {
    element,
    get value() {
      return area.value;
    },
    set value(value) {
      area.value = value;
    },
    describe(words) {
      if (words.label !== undefined) label.textContent = words.label;
      if (words.placeholder !== undefined) area.placeholder = words.placeholder;
      if (words.hint !== undefined) hint.textContent = words.hint;
    },
    setError(message) {
      error.textContent = message ?? '';
      error.hidden = message === undefined;
      area.ariaInvalid = message === undefined ? null : 'true';
      element.classList.toggle('invalid', message !== undefined);
    },
    focus: () => focusOn(area),
  };
  part.describe(options);
  part.setError(undefined);
  area.addEventListener('input', () => {
    part.setError(undefined);
    options.onInput();
  });
  area.addEventListener('keydown', (event) => {
    // The keys of an input method are for the word that it writes.
    if (!event.isComposing) options.onKey(event);
  });
  return part;
}
