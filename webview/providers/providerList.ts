import type {
  EntryView,
  ModelFileView,
  ProviderAccountView,
  ProvidersPageView,
  TestedView,
} from '../../src/shared/providersMessages';
import { el, whenChanged } from '../kit/dom';
import { problemBox } from '../kit/problem';
import { accountRow } from './accountRow';
import { entryRow, type RowActions } from './entryRow';
import { testedPart, textAction } from './providerRow';

/** All that can answer, grouped by provider. */
export interface ProviderList {
  readonly element: HTMLElement;
  update(view: ProvidersPageView): void;
  /** Brings the focus to the button of that key, or else to the heading of the page. */
  focus(key?: string): void;
}

/** A row under its provider, and what it is of. */
type Item =
  | { readonly kind: 'account'; readonly group: string; readonly account: ProviderAccountView }
  | { readonly kind: 'entry'; readonly group: string; readonly entry: EntryView; readonly file: string };

/** Accounts and entries under their providers, and above them what is wrong with whole files. */
export function createProviderList(actions: RowActions, heading: HTMLElement): ProviderList {
  const element = el('div', { class: 'providers-list' });
  let tested: TestedView | undefined;
  const showTested = () => {
    element.querySelector('.tested')?.remove();
    if (tested === undefined) return;
    const { key } = tested;
    const row = [...element.querySelectorAll<HTMLElement>('[data-row]')].find(({ dataset }) => dataset['row'] === key);
    row?.append(testedPart(tested, actions.post));
  };
  const render = whenChanged(({ accounts, files }: Pick<ProvidersPageView, 'accounts' | 'files'>) => {
    const focused = focusIn(element);
    const groups = grouped(accounts, files);
    element.replaceChildren(
      ...files.flatMap((file) => fileNotes(file, actions)),
      ...groups.map(([name, items]) => groupSection(name, items, actions)),
      ...(groups.length === 0 ? [el('p', { class: 'empty' }, 'Nothing can answer yet. Add a provider to begin.')] : []),
    );
    showTested();
    refocus(element, focused, heading);
  });
  const renderTested = whenChanged(showTested);
  return {
    element,
    update({ accounts, files, tested: latest }) {
      tested = latest;
      render({ accounts, files });
      renderTested(latest);
    },
    focus: (key) => (buttonsOf(element).find(({ dataset }) => dataset['key'] === key) ?? heading).focus(),
  };
}

/** Accounts come before entries; what has no address that can be read comes last. */
function grouped(
  accounts: readonly ProviderAccountView[],
  files: readonly ModelFileView[],
): readonly (readonly [string, readonly Item[]])[] {
  const items: readonly Item[] = [
    ...accounts.map((account) => ({ kind: 'account' as const, group: account.group, account })),
    ...files.flatMap(({ label, lists }) =>
      lists.flatMap(({ entries }) =>
        entries.map((entry) => ({ kind: 'entry' as const, group: entry.group, entry, file: label })),
      ),
    ),
  ];
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  const broken = groups.get('');
  groups.delete('');
  return [...groups, ...(broken ? ([['Without an address', broken]] as const) : [])];
}

function groupSection(name: string, items: readonly Item[], actions: RowActions): HTMLElement {
  const rows = items.map((item) =>
    item.kind === 'account' ? accountRow(item.account, actions) : entryRow(item.entry, item.file, actions),
  );
  return el(
    'section',
    { class: 'provider-group', 'aria-label': name },
    el('h2', {}, name),
    el('ul', { class: 'provider-rows', 'aria-label': name }, ...rows),
  );
}

/** What is wrong with a file as a whole, or with one of its lists. */
function fileNotes({ id, label, problem, lists }: ModelFileView, { post }: RowActions): readonly HTMLElement[] {
  const open = (key: string) => {
    const button = textAction('Open', `open ${id} ${key}`, () => post({ type: 'openModelFile', file: id }));
    button.ariaLabel = `Open file: ${label}`;
    return button;
  };
  return [
    ...(problem
      ? [
          el(
            'div',
            { class: 'file-note' },
            problemBox(problem, 'bad', () => undefined),
            open('problem'),
          ),
        ]
      : []),
    ...lists.flatMap(({ provider, note }) =>
      note === undefined ? [] : [el('p', { class: 'file-note' }, el('b', {}, label), ` ${note} `, open(provider))],
    ),
  ];
}

const buttonsOf = (container: HTMLElement) => [...container.querySelectorAll<HTMLElement>('[data-key]')];

/** The button that has the focus, and where in the list its row is. */
function focusIn(container: HTMLElement): { readonly key: string | undefined; readonly row: number } | undefined {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !container.contains(focused)) return undefined;
  const rows = [...container.querySelectorAll('.provider-row')];
  return { key: focused.dataset['key'], row: rows.findIndex((row) => row.contains(focused)) };
}

/** The focus stays on its button; where that one is gone, it goes to what is in its row's place, else to the heading. */
function refocus(container: HTMLElement, focused: ReturnType<typeof focusIn>, heading: HTMLElement): void {
  if (focused === undefined) return;
  const same = buttonsOf(container).find(({ dataset }) => dataset['key'] === focused.key);
  const row = container.querySelectorAll('.provider-row')[focused.row];
  (same ?? row?.querySelector<HTMLElement>('.actions [data-key]') ?? heading).focus();
}
