import type { EntryTarget, EntryView } from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import { el } from '../kit/dom';

/** What the rows of the entries do: ask the extension, or open a form of the page. */
export interface RowActions {
  readonly post: (intent: ToHost) => void;
  /** Opens the form; `opener` finds the button again that is to have the focus afterwards. */
  readonly openForm: (target: EntryTarget, entry: EntryView | undefined, opener: string) => void;
  readonly fetchModels: (entry: EntryView, opener: string) => void;
}

/** Where in its list an entry is. */
export interface Position {
  readonly index: number;
  readonly count: number;
}

/** The row of an entry: what it is, where its key is, and what can be done with it. `result` is where a test is shown. */
export function entryRow(entry: EntryView, position: Position, actions: RowActions): HTMLElement {
  const { name, baseUrl, fields, badge, selected, usable } = entry;
  const buttons = actionButtons(entry, actions);
  const remove = action('Remove', entry, 'remove', () => ask(true));
  const question = removal(entry, actions, () => ask(false));
  const bar = el('div', { class: 'actions' }, ...buttons, remove);
  const ask = (asking: boolean) => {
    bar.hidden = asking;
    question.hidden = !asking;
    (asking ? question.querySelector('button') : remove)?.focus();
  };
  return el(
    'li',
    { class: usable ? 'entry' : 'entry idle' },
    el(
      'div',
      { class: 'head' },
      el(
        'p',
        { class: 'name' },
        el('span', {}, name),
        selected ? el('span', { class: 'badge' }, 'In use') : undefined,
        badge && el('span', { class: `badge ${badge.tone}` }, badge.text),
      ),
      el('div', { class: 'order' }, ...moveButtons(entry, position, actions)),
    ),
    el(
      'p',
      { class: 'detail' },
      fields.id !== '' && fields.id !== name ? el('code', {}, fields.id) : undefined,
      el('span', { class: 'url' }, baseUrl),
    ),
    entry.keyState && keyLine(entry.keyState),
    badge?.why === undefined ? undefined : el('p', { class: 'why' }, badge.why),
    bar,
    question,
  );
}

/** Where the key is: a mark whose color says how good that is, and the words for it. */
export function keyLine({ text, tone }: NonNullable<EntryView['keyState']>): HTMLElement {
  return el('p', { class: `key ${tone}` }, el('span', { class: 'mark', 'aria-hidden': 'true' }), `Key ${text}`);
}

function actionButtons(
  entry: EntryView,
  { post, openForm, fetchModels }: RowActions,
): readonly (HTMLElement | undefined)[] {
  const { at, baseUrl, fields, selected, usable, keyState } = entry;
  const { id } = fields;
  const isMissing = keyState?.tone === 'bad';
  return [
    usable && !selected ? action('Use', entry, 'use', () => post({ type: 'switchModel', id, baseUrl })) : undefined,
    usable ? action('Test', entry, 'test', () => post({ type: 'testModel', id, baseUrl })) : undefined,
    isMissing ? action('Enter key…', entry, 'key', () => post({ type: 'enterKey', baseUrl })) : undefined,
    action('Edit', entry, 'edit', () => openForm({ kind: 'edit', entry: at }, entry, `edit ${entry.key}`)),
    action('Duplicate', entry, 'duplicate', () =>
      openForm({ kind: 'duplicate', entry: at }, entry, `duplicate ${entry.key}`),
    ),
    usable ? action('Fetch models', entry, 'fetch', () => fetchModels(entry, `fetch ${entry.key}`)) : undefined,
  ];
}

function moveButtons(entry: EntryView, { index, count }: Position, { post }: RowActions): readonly HTMLElement[] {
  const move = (label: string, sign: string, by: -1 | 1, possible: boolean) => {
    const button = action(sign, entry, by < 0 ? 'up' : 'down', () => {
      if (possible) post({ type: 'moveEntry', entry: entry.at, by });
    });
    button.ariaLabel = `${label} ${entry.name}`;
    button.title = label;
    // Not `disabled`: whoever has moved an entry to the end keeps the focus there.
    button.ariaDisabled = String(!possible);
    return button;
  };
  return [move('Move up', '↑', -1, index > 0), move('Move down', '↓', 1, index < count - 1)];
}

/** The question before an entry is removed, in the place of the actions. */
function removal({ at, name }: EntryView, { post }: RowActions, keep: () => void): HTMLElement {
  const yes = el('button', { type: 'button', class: 'action strong' }, 'Remove');
  const no = el('button', { type: 'button', class: 'action' }, 'Keep');
  const question = el(
    'div',
    { class: 'actions', role: 'group', 'aria-label': `Remove ${name}?` },
    `Remove ${name}?`,
    yes,
    no,
  );
  question.hidden = true;
  yes.addEventListener('click', () => post({ type: 'removeEntry', entry: at }));
  no.addEventListener('click', keep);
  question.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') keep();
  });
  return question;
}

/** A quiet button; a row has many, so it is the browser's own. */
function action(label: string, { key, name }: EntryView, what: string, onClick: () => void): HTMLButtonElement {
  const button = el('button', { type: 'button', class: 'action', 'data-key': `${what} ${key}` }, label);
  button.ariaLabel = `${label} ${name}`;
  button.addEventListener('click', onClick);
  return button;
}
