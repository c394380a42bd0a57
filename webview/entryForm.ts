import type { EntryDraftView, EntryFields, EntryTarget, EntryView, ManageView } from '../src/shared/manageMessages.js';
import type { ToHost } from '../src/shared/messages.js';
import { el } from './dom.js';
import { keyLine } from './entryRow.js';
import { onEnter } from './signInForm.js';
import { button, textField } from './toolkit.js';

const DRAFT_DELAY_MS = 150;
const NAMES = ['id', 'name', 'baseUrl', 'envKey', 'contextWindow'] as const;

/** The form of an entry, new or not. */
export interface EntryForm {
  readonly element: HTMLElement;
  open(target: EntryTarget, entry: EntryView | undefined, title: string): void;
  update(manage: ManageView): void;
  /** Shows why nothing was written, and brings the person to where it can be mended. */
  refused(text: string): void;
}

/** A form that is closed by `close`: when it is given up, and by whoever hears that it was saved. */
export function createEntryForm(post: (intent: ToHost) => void, close: () => void): EntryForm {
  let target: EntryTarget | undefined;
  let latest: EntryDraftView | undefined;
  let draftTimer: ReturnType<typeof setTimeout> | undefined;
  let submitted = false;
  const save = () => {
    if (target === undefined) return;
    clearTimeout(draftTimer);
    submitted = true;
    failure.hidden = true;
    post({ type: 'saveEntry', target, fields: typed() });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    onEnter(save)(event);
  };
  const onInput = () => {
    clearTimeout(draftTimer);
    draftTimer = setTimeout(draft, DRAFT_DELAY_MS);
  };
  const field = (label: string, hint: string, placeholder = '') =>
    textField({ label, hint, placeholder, onKey, onInput });
  const fields = {
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
  const typed = (): EntryFields => ({
    id: fields.id.value,
    name: fields.name.value,
    baseUrl: fields.baseUrl.value,
    envKey: fields.envKey.value,
    contextWindow: fields.contextWindow.value,
  });
  const draft = () => {
    if (target === undefined) return;
    post({ type: 'draftEntry', target, fields: typed() });
    // No new state comes where the answer is the same as before.
    show();
  };

  const heading = el('h2', { tabindex: '-1' });
  const failure = el('p', { class: 'error' });
  const goesTo = el('p', { class: 'preview' });
  const key = el('div', { class: 'key-place' });
  const enterKey = button({
    label: 'Enter key…',
    appearance: 'link',
    onClick: () => latest?.baseUrl !== undefined && post({ type: 'enterKey', baseUrl: latest.baseUrl }),
  });
  const cancel = button({ label: 'Cancel', appearance: 'secondary', onClick: close });
  const element = el(
    'section',
    { class: 'entry-form' },
    heading,
    el(
      'div',
      { class: 'form' },
      fields.id.element,
      fields.name.element,
      fields.baseUrl.element,
      el('div', { class: 'preview-place' }, goesTo, el('div', { class: 'row' }, key, enterKey)),
      fields.envKey.element,
      fields.contextWindow.element,
      failure,
      el('div', { class: 'row' }, button({ label: 'Save', onClick: save }), cancel),
    ),
  );

  const show = () => {
    const now = typed();
    if (latest === undefined || NAMES.some((name) => latest?.fields[name] !== now[name])) return;
    const { errors, baseUrl, keyState } = latest;
    // What is still to be typed is not an error yet.
    for (const name of NAMES) fields[name].setError(submitted || now[name].trim() !== '' ? errors[name] : undefined);
    goesTo.textContent = baseUrl === undefined ? '' : `Requests go to ${baseUrl}`;
    key.replaceChildren(...(keyState ? [keyLine(keyState)] : []));
    enterKey.hidden = keyState?.tone !== 'bad';
  };

  return {
    element,
    open(about, entry, title) {
      target = about;
      latest = undefined;
      submitted = false;
      heading.textContent = title;
      failure.hidden = true;
      goesTo.textContent = '';
      key.replaceChildren();
      enterKey.hidden = true;
      for (const name of NAMES) {
        fields[name].value = entry?.fields[name] ?? '';
        fields[name].setError(undefined);
      }
      draft();
      fields.id.focus();
    },
    update(manage) {
      latest = manage.draft;
      show();
    },
    refused(text) {
      show();
      const wrong = NAMES.find((name) => latest?.errors[name] !== undefined);
      // What is wrong with a field stands beside it.
      failure.textContent = wrong === undefined ? text : '';
      failure.hidden = wrong !== undefined;
      (wrong === undefined ? heading : fields[wrong]).focus();
    },
  };
}
