import * as l10n from '@vscode/l10n';
import type { EntryDraftView, EntryFields } from '../../src/shared/providersMessages';
import { el } from '../kit/dom';
import { textArea } from '../kit/textArea';
import { button, textField, type TextFieldPart } from '../kit/toolkit';

const NAMES = ['id', 'name', 'baseUrl', 'envKey', 'contextWindow', 'timeout', 'headers'] as const;
/** Those that most entries do without. */
const SELDOM = ['contextWindow', 'timeout', 'headers'] as const;

/** The fields of an entry, with what the extension makes of them. */
export interface EntryFieldsPart {
  readonly elements: readonly HTMLElement[];
  value(): EntryFields;
  /** Begins with these values, or with none. */
  fill(values: Partial<EntryFields> | undefined): void;
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
  readonly keyInLines: (event: KeyboardEvent) => void;
  readonly input: () => void;
  readonly enterKey: () => void;
}): EntryFieldsPart {
  const fields = textFields(on);
  const preview = createPreview(on.enterKey);
  const { id, name, baseUrl, envKey } = fields;
  const more = el('details', { class: 'seldom' }, el('summary', {}, l10n.t('Time-out, headers and context window')));
  more.append(...SELDOM.map((one) => fields[one].element));
  const value = (): EntryFields => ({
    id: id.value,
    name: name.value,
    baseUrl: baseUrl.value,
    envKey: envKey.value,
    contextWindow: fields.contextWindow.value,
    timeout: fields.timeout.value,
    headers: fields.headers.value,
  });
  return {
    elements: [...[id, name, baseUrl, preview, envKey].map(({ element }) => element), more],
    value,
    fill(values) {
      preview.show({});
      for (const one of NAMES) {
        fields[one].value = values?.[one] ?? '';
        fields[one].setError(undefined);
      }
      more.open = SELDOM.some((one) => fields[one].value !== '');
    },
    show(draft, submitted) {
      const now = value();
      if (draft === undefined || NAMES.some((one) => draft.fields[one] !== now[one])) return;
      for (const one of NAMES)
        fields[one].setError(submitted || now[one].trim() !== '' ? draft.errors[one] : undefined);
      if (SELDOM.some((one) => draft.errors[one] !== undefined)) more.open = true;
      preview.show(draft);
    },
    focus: (one) => fields[one].focus(),
  };
}

function textFields(on: {
  readonly key: (event: KeyboardEvent) => void;
  readonly keyInLines: (event: KeyboardEvent) => void;
  readonly input: () => void;
}): Readonly<Record<keyof EntryFields, Omit<TextFieldPart, 'setHidden'>>> {
  const field = (label: string, hint: string, placeholder = '') =>
    textField({ label, hint, placeholder, onKey: on.key, onInput: on.input });
  return {
    id: field(l10n.t('Model id'), l10n.t('As the server knows it.'), 'qwen3-coder-plus'),
    name: field(l10n.t('Name (optional)'), l10n.t('What is shown in the picker.')),
    baseUrl: field(l10n.t('Base URL (optional)'), '', 'https://api.openai.com/v1'),
    envKey: field(
      l10n.t('Key variable (optional)'),
      l10n.t('Its key is read from this variable where the keychain has none. Never the key itself.'),
      'OPENAI_API_KEY',
    ),
    timeout: field(
      l10n.t('Time-out (optional)'),
      l10n.t('For how many seconds the server may send nothing; 0 is no limit.'),
      '120',
    ),
    headers: textArea({
      label: l10n.t('Custom headers (optional)'),
      hint: l10n.t('One in each line. A value that says (hidden) stays as it is in the file.'),
      placeholder: l10n.t('X-Team: blue'),
      lines: 3,
      onKey: on.keyInLines,
      onInput: on.input,
    }),
    contextWindow: field(l10n.t('Context window (optional)'), l10n.t('In tokens.'), '131072'),
  };
}

/** Where requests of the entry would go, and with which key. */
function createPreview(enterKey: () => void) {
  const goesTo = el('p', { class: 'preview' });
  const key = el('p', { class: 'key-place' });
  const enter = button({ label: l10n.t('Enter key…'), appearance: 'link', onClick: enterKey });
  return {
    element: el('div', { class: 'preview-place' }, goesTo, el('div', { class: 'row' }, key, enter)),
    show({ baseUrl, keyState }: Pick<EntryDraftView, 'baseUrl' | 'keyState'>) {
      goesTo.textContent = baseUrl === undefined ? '' : l10n.t('Requests go to {address}', { address: baseUrl });
      const dot = el('span', { class: `dot ${keyState?.tone ?? ''}`, 'aria-hidden': 'true' });
      key.replaceChildren(...(keyState ? [dot, l10n.t('Key {state}', { state: keyState.text })] : []));
      enter.hidden = keyState?.tone !== 'bad';
    },
  };
}
