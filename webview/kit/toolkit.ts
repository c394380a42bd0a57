// The one file that knows the component library. It is archived upstream: whoever replaces it changes this file and
// toolkit.css, and nothing else.
import './toolkit.css';
import {
  Button,
  Dropdown,
  Option,
  ProgressRing,
  Radio,
  RadioGroup,
  TextField,
  TextFieldType,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeRadio,
  vsCodeRadioGroup,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { el, uniqueId, whenChanged } from './dom';
import { focusOn } from './focus';
import { icon, type IconName } from './icons';

const system = provideVSCodeDesignSystem();
/** The library's parts, each by what registers it. It must be registered before the first one is made, and not sooner. */
const REGISTRATIONS = {
  button: vsCodeButton,
  dropdown: () => [vsCodeDropdown(), vsCodeOption()],
  progressRing: vsCodeProgressRing,
  radioGroup: () => [vsCodeRadio(), vsCodeRadioGroup()],
  textField: vsCodeTextField,
} as const;
const registered = new Set<string>();
function register(name: keyof typeof REGISTRATIONS): void {
  if (registered.has(name)) return;
  registered.add(name);
  system.register(REGISTRATIONS[name]());
}

/**
 * A button. `key` lets focus find it again when what is around it is rendered anew. The library has none that looks like a
 * link; that one is the browser's own, which is also made in a tenth of the time.
 */
export function button(options: {
  readonly label: string;
  readonly appearance?: 'primary' | 'secondary' | 'link';
  readonly ariaLabel?: string;
  readonly key?: string;
  readonly onClick: () => void;
}): HTMLElement {
  const { appearance = 'primary' } = options;
  const element = appearance === 'link' ? el('button', { type: 'button' }) : libraryButton(appearance);
  element.className = `button ${appearance}`;
  element.textContent = options.label;
  if (options.ariaLabel !== undefined) element.ariaLabel = options.ariaLabel;
  if (options.key !== undefined) element.dataset['key'] = options.key;
  const click = () => {
    if (!element.disabled) options.onClick();
  };
  element.addEventListener('click', click);
  clickThoughMoved(element, click);
  return element;
}

function libraryButton(appearance: 'primary' | 'secondary'): Button {
  register('button');
  const element = new Button();
  element.appearance = appearance;
  return element;
}

/** A button that shows an icon; its label is its name and its tooltip. `key` as for `button`. */
export function iconButton(options: {
  readonly icon: IconName;
  readonly label: string;
  readonly key?: string;
  readonly onClick: () => void;
}): HTMLElement & { setIcon(name: IconName, label: string): void } {
  const { key, onClick } = options;
  const setIcon = (name: IconName, label: string) => {
    element.replaceChildren(icon(name));
    element.ariaLabel = element.title = label;
  };
  const plain = button({ label: '', appearance: 'link', onClick, ...(key !== undefined && { key }) });
  const element = Object.assign(plain, { setIcon });
  element.className = 'icon-button';
  setIcon(options.icon, options.label);
  return element;
}

/** How a press ends; it is cancelled where a touch becomes a scroll. */
const ENDS = ['pointerup', 'pointercancel'] as const;

/** What a message that has just come moves away from under the pointer was clicked all the same. */
function clickThoughMoved(element: HTMLElement, click: () => void): void {
  element.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    const end = (event: PointerEvent) => {
      for (const type of ENDS) window.removeEventListener(type, end);
      const stood = Math.abs(event.clientX - down.clientX) < 4 && Math.abs(event.clientY - down.clientY) < 4;
      const isClick = stood && event.type === 'pointerup' && !event.composedPath().includes(element);
      if (isClick && element.checkVisibility()) click();
    };
    for (const type of ENDS) window.addEventListener(type, end);
  });
}

/** Makes a button the one to press among those around it, or one of several. */
export function setPrimary(element: HTMLElement, primary: boolean): void {
  if (element instanceof Button) element.appearance = primary ? 'primary' : 'secondary';
}

/**
 * Makes all controls in the container usable or not. A `fieldset` cannot do it: the components take what they
 * inherit from it for their own, and stay disabled.
 */
export function setDisabled(container: HTMLElement, disabled: boolean): void {
  for (const element of container.querySelectorAll('*')) {
    const isControl = [Button, Dropdown, Radio, TextField, HTMLInputElement, HTMLButtonElement].some(
      (component) => element instanceof component,
    );
    if (isControl) element.toggleAttribute('disabled', disabled);
  }
}

/** A ring that says "busy" to the eye; what it waits for is said in words beside it. */
export function progressRing(): HTMLElement {
  register('progressRing');
  const ring = new ProgressRing();
  ring.className = 'ring';
  // The component makes an assertive alert of itself, which would talk over the words.
  return el('span', { class: 'ring-frame', 'aria-hidden': 'true' }, ring);
}

/** A text field with its label, a hint and, when something is wrong, an error beside it. */
export interface TextFieldPart {
  readonly element: HTMLElement;
  value: string;
  /** Changes the words around the field; what is left out stays. */
  describe(words: { readonly label?: string; readonly hint?: string; readonly placeholder?: string }): void;
  /** Shows what is wrong with the value, or with undefined that nothing is. */
  setError(error: string | undefined): void;
  /** Hides what is typed in a secret field, or shows it. */
  setHidden(hidden: boolean): void;
  focus(): void;
}

/** A text field; with `secret` what is typed is not shown. `labelHidden` keeps the label for screen readers alone; `end` stands in the field. */
export function textField(options: {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly secret?: boolean;
  readonly end?: HTMLElement;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly onInput?: () => void;
  readonly onKey?: (event: KeyboardEvent) => void;
}): TextFieldPart {
  const label = el('span');
  const hint = el('p', { class: 'hint' });
  const error = el('p', { class: 'error' });
  const field = libraryField(label, options);
  const element = el('div', { class: 'field' }, field, error, hint);

  const part: TextFieldPart = {
    element,
    get value() {
      return field.value;
    },
    set value(value) {
      field.value = value;
      // The component would leave the old text, which may be a key, in the page until the next frame.
      field.setAttribute('current-value', value);
      if (field.isConnected) field.control.value = value;
    },
    describe(words) {
      // The component copies its text to `aria-label` when it comes into the page, and not again.
      if (words.label !== undefined) field.ariaLabel = label.textContent = words.label;
      if (words.placeholder !== undefined) field.placeholder = words.placeholder;
      if (words.hint !== undefined) hint.textContent = words.hint;
      hint.hidden = hint.textContent === '';
    },
    setError(message) {
      error.textContent = message ?? '';
      error.hidden = message === undefined;
      field.ariaInvalid = message === undefined ? null : 'true';
      element.classList.toggle('invalid', message !== undefined);
    },
    setHidden: (hidden) => void (field.type = hidden ? TextFieldType.password : TextFieldType.text),
    focus: () => focusOn(field),
  };
  part.describe(options);
  part.setError(undefined);

  field.addEventListener('input', () => {
    part.setError(undefined);
    options.onInput?.();
  });
  field.addEventListener('keydown', (event) => {
    // The keys of an input method are for the word that it writes.
    if (!event.isComposing) options.onKey?.(event);
  });
  // The inner input exists once the field is in the page, and ids do not reach into its shadow tree: elements do.
  queueMicrotask(() => {
    if (field.isConnected) field.control.ariaDescribedByElements = [error, hint];
  });
  return part;
}

function libraryField(label: HTMLElement, { labelHidden, secret, end }: Parameters<typeof textField>[0]): TextField {
  register('textField');
  const field = new TextField();
  field.className = labelHidden ? 'text-field' : 'text-field labelled';
  field.type = secret ? TextFieldType.password : TextFieldType.text;
  field.setAttribute('autocomplete', 'off');
  field.spellcheck = false;
  field.append(label);
  if (end) {
    end.slot = 'end';
    field.append(end);
  }
  return field;
}

/** A choice of one out of several, each a value and a label. */
export interface ChoicePart<Choice extends { readonly value: string }> {
  readonly element: HTMLElement;
  /** What is chosen; setting it does not call `onChange`. Empty while there is no choice. */
  value: string;
  setChoices(choices: readonly Choice[]): void;
  focus(): void;
}

/** A dropdown. */
export function dropdown(options: {
  readonly label: string;
  readonly onChange: (value: string) => void;
}): ChoicePart<{ readonly value: string; readonly label: string }> & { label: string } {
  register('dropdown');
  const list = new Dropdown();
  const label = el('span', { id: uniqueId('label'), class: 'label' }, options.label);
  let chosen = '';
  list.className = 'dropdown';
  list.setAttribute('aria-labelledby', label.id);
  list.addEventListener('change', () => {
    chosen = list.value;
    options.onChange(chosen);
  });
  const choose = (value: string) => {
    chosen = list.value = value;
    // The component learns of new options after this turn only. Until then it forgets a value that is none of the old ones.
    queueMicrotask(() => void (list.value = chosen));
  };
  return {
    element: el('div', { class: 'field' }, label, list),
    get label() {
      return label.textContent;
    },
    set label(text) {
      label.textContent = text;
    },
    get value() {
      return chosen;
    },
    set value(value) {
      choose(value);
    },
    setChoices: whenChanged((choices) => {
      list.replaceChildren(...choices.map(dropdownOption));
      const known = choices.find(({ value }) => value === chosen) ?? choices[0];
      choose(known?.value ?? '');
    }),
    focus: () => focusOn(list),
  };
}

function dropdownOption({ label, value }: { readonly label: string; readonly value: string }): Option {
  const element = new Option(label, value);
  element.className = 'dropdown-option';
  return element;
}

/** A group of radio buttons. */
export function radioGroup(options: {
  readonly label: string;
  readonly onChange: (value: string) => void;
}): ChoicePart<{ readonly value: string; readonly label: string }> {
  register('radioGroup');
  const group = new RadioGroup();
  const label = el('span', { id: uniqueId('label'), class: 'label' }, options.label);
  let chosen = '';
  group.className = 'radios';
  group.setAttribute('aria-labelledby', label.id);
  // The component tells also of a value that was set from here.
  group.addEventListener('change', () => {
    if (!group.value || group.value === chosen) return;
    chosen = group.value;
    options.onChange(chosen);
  });
  return {
    element: el('div', { class: 'field' }, label, group),
    get value() {
      return chosen;
    },
    set value(value) {
      if (value === chosen) return;
      chosen = value;
      group.value = value;
    },
    setChoices: whenChanged((choices) => {
      group.replaceChildren(...choices.map(radio));
      group.value = chosen;
    }),
    focus() {
      const checked = group.querySelector<HTMLElement>('[aria-checked="true"]');
      if (checked) focusOn(checked);
    },
  };
}

function radio({ value, label }: { readonly value: string; readonly label: string }): Radio {
  const element = new Radio();
  element.className = 'radio';
  element.value = value;
  element.textContent = label;
  return element;
}
