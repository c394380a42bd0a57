import * as l10n from '@vscode/l10n';
import type { EntryFields, EntryTarget, EntryView } from '../../src/shared/providersMessages';
import type { ToHost } from '../../src/shared/messages';
import { action, textAction } from '../kit/actions';
import { el } from '../kit/dom';
import { menuButton, type MenuItem } from '../kit/menuButton';
import { providerRow, setAsking } from './providerRow';

/** What the rows do: ask the extension, or open a form of the page. */
export interface RowActions {
  readonly post: (intent: ToHost) => void;
  /** Opens the form of an entry; `opener` finds the button again that is to have the focus afterwards. */
  readonly openForm: (target: EntryTarget, fields: EntryFields | undefined, opener: string) => void;
  /** Opens the form of an account, at its name or its key. */
  readonly openAccount: (id: string, at: 'name' | 'key', opener: string) => void;
  readonly fetchModels: (entry: EntryView, opener: string) => void;
}

/** The row of an entry: what it is, where its key is, and what can be done with it. */
export function entryRow(entry: EntryView, fileLabel: string, actions: RowActions): HTMLElement {
  const { key, name, baseUrl, fields, state, why, selected, keyState } = entry;
  const question = removal(entry, actions, () => ask(false));
  const row = providerRow({
    key,
    name,
    state,
    inUse: selected,
    place: fileLabel,
    facts: [
      ...(fields.id !== '' && fields.id !== name ? [fields.id] : []),
      ...(baseUrl === '' ? [] : [baseUrl.replace(/^https:\/\//, '')]),
      ...(keyState ? [l10n.t('key {state}', { state: keyState.text })] : []),
    ],
    notes: [why === undefined ? undefined : el('p', { class: 'why' }, why, ' ', openButton(entry, actions))],
    actions: entryActions(entry, actions, () => ask(true)),
    question,
  });
  const ask = (asking: boolean) => {
    setAsking(row, asking);
    const next = asking ? question.querySelector('button') : row.querySelector<HTMLElement>('[data-key^="remove "]');
    next?.focus();
  };
  return row;
}

/** Leads to the line that something is wrong with. */
function openButton({ at, key, line }: EntryView, { post }: RowActions): HTMLElement {
  const open = textAction(l10n.t('Open'), `open ${key}`, () =>
    post({ type: 'openModelFile', file: at.file, ...(line !== undefined && { line }) }),
  );
  if (line !== undefined) open.title = l10n.t('Open line {line}', { line });
  return open;
}

function entryActions(entry: EntryView, actions: RowActions, remove: () => void): readonly (HTMLElement | undefined)[] {
  const { at, key, name, baseUrl, fields, selected, usable, keyState, account } = entry;
  const { post, openForm, openAccount } = actions;
  const { id } = fields;
  const own = (what: string) => `${what} ${key}`;
  const replace = () => account && openAccount(account, 'key', own('key'));
  return [
    usable && !selected
      ? action('check', l10n.t('Use {name}', { name }), own('use'), () => post({ type: 'switchModel', id, baseUrl }))
      : undefined,
    usable
      ? action('beaker', l10n.t('Test {name}', { name }), own('test'), () =>
          post({ type: 'testProvider', target: { kind: 'entry', entry: at } }),
        )
      : undefined,
    keyState?.tone === 'bad'
      ? action('key', l10n.t('Enter key… {name}', { name }), own('key'), () => post({ type: 'enterKey', baseUrl }))
      : account === undefined
        ? undefined
        : action('key', l10n.t('Replace key of {name}', { name }), own('key'), replace),
    action('edit', l10n.t('Edit {name}', { name }), own('edit'), () =>
      openForm({ kind: 'edit', entry: at }, fields, own('edit')),
    ),
    action('copy', l10n.t('Duplicate {name}', { name }), own('duplicate'), () =>
      openForm({ kind: 'duplicate', entry: at }, fields, own('duplicate')),
    ),
    action('trash', l10n.t('Remove {name}', { name }), own('remove'), remove),
    menuButton({
      icon: 'ellipsis',
      label: l10n.t('More for {name}', { name }),
      key: own('more'),
      items: moreItems(entry, actions),
    }),
  ];
}

function moreItems(entry: EntryView, { post, fetchModels }: RowActions): readonly MenuItem[] {
  const { at, key, usable, up, down } = entry;
  const move = (by: number | undefined) => by !== undefined && post({ type: 'moveEntry', entry: at, by });
  return [
    { label: l10n.t('Fetch models…'), isPossible: usable, onClick: () => fetchModels(entry, `more ${key}`) },
    { label: l10n.t('Move up'), isPossible: up !== undefined, onClick: () => move(up) },
    { label: l10n.t('Move down'), isPossible: down !== undefined, onClick: () => move(down) },
    { label: l10n.t('Open file'), onClick: () => post({ type: 'openModelFile', file: at.file }) },
  ];
}

/** The question before an entry is removed, in the place of the actions. */
function removal({ at, key, name }: EntryView, { post }: RowActions, keep: () => void): HTMLElement {
  const yes = textAction(l10n.t('Remove'), `removal yes ${key}`, () => post({ type: 'removeEntry', entry: at }));
  const no = textAction(l10n.t('Keep'), `removal no ${key}`, keep);
  yes.classList.add('strong');
  const question = el(
    'div',
    { class: 'question', role: 'group', 'aria-label': l10n.t('Remove {name}?', { name }) },
    l10n.t('Remove {name}?', { name }),
    yes,
    no,
  );
  question.hidden = true;
  question.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') keep();
  });
  return question;
}
