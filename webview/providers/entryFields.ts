import type { EntryDraftView, EntryFields } from '../../src/shared/providersMessages';
import { el } from '../kit/dom';
import { keyLine } from './entryRow';
import { button, textField } from '../kit/toolkit';

const NAMES = ['id', 'name', 'baseUrl', 'envKey', 'contextWindow'] as const;

/** The fields of an entry, with what the extension makes of them. */
export interface EntryFieldsPart {
  readonly elements: readonly HTMLElement[];
  value(): EntryFields;
  /** Begins with these values, or with none. */
  fill(values: EntryFields | undefined): void;
  /** Shows the draft where it is of what is typed; what is still to be typed is not an error until it is `submitted`. */
  show(draft: EntryDraftView | undefined, submitted: boolean): void;
  focus(name: keyof EntryFields): void;
}

/** The first field with which something is wrong. */
export const wrongField = (draft: EntryDraftView | undefined) =>
  NAMES.find((name) => draft?.errors[name] !== undefined);

/** The fields of an entry, still empty; `enterKey` is for a key that is missing. */
export function createEntryFields(on: {
  readonly key: (event: KeyboardEvent) => void;
  readonly input: () => void;
  readonly enterKey: () => void;
}): EntryFieldsPart {
  const fields = textFields(on.key, on.input);
  const preview = createPreview(on.enterKey);
  const { id, name, baseUrl, envKey, contextWindow } = fields;
  const value = (): EntryFields => ({
    id: id.value,
    name: name.value,
    baseUrl: baseUrl.value,
    envKey: envKey.value,
    contextWindow: contextWindow.value,
  });
  return {
    elements: [id, name, baseUrl, preview, envKey, contextWindow].map(({ element }) => element),
    value,
    fill(values) {
      preview.show({});
      for (const one of NAMES) {
        fields[one].value = values?.[one] ?? '';
        fields[one].setError(undefined);
      }
    },
    show(draft, submitted) {
      const now = value();
      if (draft === undefined || NAMES.some((one) => draft.fields[one] !== now[one])) return;
      for (const one of NAMES)
        fields[one].setError(submitted || now[one].trim() !== '' ? draft.errors[one] : undefined);
      preview.show(draft);
    },
    focus: (one) => fields[one].focus(),
  };
}

function textFields(onKey: (event: KeyboardEvent) => void, onInput: () => void) {
  const field = (label: string, hint: string, placeholder = '') =>
    textField({ label, hint, placeholder, onKey, onInput });
  return {
    id: field('Model id', 'As the server knows it.', 'qwen3-coder-plus'),
    name: field('Name (optional)', 'What is shown in the picker.'),
    baseUrl: field('Base URL (optional)', '', 'https://api.openai.com/v1'),
    envKey: field(
      'Key variable (optional)',
      'Its key is read from this variable where the keychain has none. Never the key itself.',
      'OPENAI_API_KEY',
    ),
    contextWindow: field('Context window (optional)', 'In tokens.', '131072'),
  };
}

/** Where requests of the entry would go, and with which key. */
function createPreview(enterKey: () => void) {
  const goesTo = el('p', { class: 'preview' });
  const key = el('div', { class: 'key-place' });
  const enter = button({ label: 'Enter key…', appearance: 'link', onClick: enterKey });
  return {
    element: el('div', { class: 'preview-place' }, goesTo, el('div', { class: 'row' }, key, enter)),
    show({ baseUrl, keyState }: Pick<EntryDraftView, 'baseUrl' | 'keyState'>) {
      goesTo.textContent = baseUrl === undefined ? '' : `Requests go to ${baseUrl}`;
      key.replaceChildren(...(keyState ? [keyLine(keyState)] : []));
      enter.hidden = keyState?.tone !== 'bad';
    },
  };
}
