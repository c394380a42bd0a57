import * as l10n from '@vscode/l10n';
import type {
  ModelFileView,
  ProviderAccountView,
  ProvidersPageView,
  TestedView,
} from '../../src/shared/providersMessages';
import { textAction } from '../kit/actions';
import { el, whenChanged } from '../kit/dom';
import { failureBox } from '../kit/problem';
import { DrawnProviders, type Item } from './drawnProviders';
import type { RowActions } from './entryRow';
import { createTested } from './tested';
import { focusedElement, focusOn } from '../kit/focus';

/** All that can answer, grouped by provider. */
interface ProviderList {
  readonly element: HTMLElement;
  update(view: ProvidersPageView): void;
  /** Brings the focus to the button of that key, or else to the heading of the page. */
  focus(key?: string): void;
}

/** Accounts and entries under their providers, and above them what is wrong with whole files. */
export function createProviderList(actions: RowActions, heading: HTMLElement): ProviderList {
  const notes = el('div');
  const rows = el('div');
  const empty = el('p', { class: 'empty' }, l10n.t('Nothing can answer yet. Add a provider to begin.'));
  const element = el('div', { class: 'providers-list' }, notes, rows, empty);
  const drawn = new DrawnProviders(actions);
  const tested = createTested(actions.post);
  const render = whenChanged(({ accounts, files }: Pick<ProvidersPageView, 'accounts' | 'files'>) => {
    const groups = grouped(accounts, files);
    notes.replaceChildren(...files.flatMap((file) => fileNotes(file, actions)));
    drawn.draw(rows, groups);
    empty.hidden = groups.length > 0;
  });
  const focus = (key: string | undefined) =>
    focusOn(buttonsOf(element).find(({ dataset }) => dataset['key'] === key) ?? heading);
  /** Below the row that it is about. */
  const showTested = (view: TestedView | undefined) => {
    const all = [...rows.querySelectorAll<HTMLElement>('[data-row]')];
    const row = all.find(({ dataset }) => dataset['row'] === view?.key);
    const about = tested.element.parentElement?.dataset['row'];
    // What puts the box away goes with it.
    const isLeft = row === undefined && tested.element.contains(focusedElement());
    if (row !== undefined && tested.element.parentElement !== row) row.append(tested.element);
    tested.show(row === undefined ? undefined : view);
    if (isLeft) focus(`test ${about}`);
  };
  return {
    element,
    update({ accounts, files, tested: latest }) {
      const focused = focusIn(element);
      render({ accounts, files });
      showTested(latest);
      if (!element.contains(focusedElement())) refocus(element, focused, heading);
    },
    focus,
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
  for (const item of items) {
    const group = groups.get(item.group);
    if (group) group.push(item);
    else groups.set(item.group, [item]);
  }
  const broken = groups.get('');
  groups.delete('');
  return [...groups, ...(broken ? ([[l10n.t('Without an address'), broken]] as const) : [])];
}

/** What is wrong with a file as a whole, or with one of its lists. */
function fileNotes({ id, label, problem, lists }: ModelFileView, { post }: RowActions): readonly HTMLElement[] {
  const open = (key: string) => {
    const button = textAction(l10n.t('Open'), `open ${id} ${key}`, () => post({ type: 'openModelFile', file: id }));
    button.ariaLabel = l10n.t('Open file: {label}', { label });
    return button;
  };
  return [
    ...(problem ? [el('div', { class: 'file-note' }, failureBox(problem, post), open('problem'))] : []),
    ...lists.flatMap(({ provider, note }) =>
      note === undefined ? [] : [el('p', { class: 'file-note' }, el('b', {}, label), ` ${note} `, open(provider))],
    ),
  ];
}

const buttonsOf = (container: HTMLElement) => [...container.querySelectorAll<HTMLElement>('[data-key]')];

/** The button that has the focus, and where in the list its row is. */
function focusIn(container: HTMLElement): { readonly key: string | undefined; readonly row: number } | undefined {
  const focused = focusedElement();
  if (!(focused instanceof HTMLElement) || !container.contains(focused)) return undefined;
  const rows = [...container.querySelectorAll('.provider-row')];
  return { key: focused.dataset['key'], row: rows.findIndex((row) => row.contains(focused)) };
}

/** The focus stays on its button; where that one is gone, it goes to what is in its row's place, else to the heading. */
function refocus(container: HTMLElement, focused: ReturnType<typeof focusIn>, heading: HTMLElement): void {
  if (focused === undefined) return;
  const same = buttonsOf(container).find(({ dataset }) => dataset['key'] === focused.key);
  const row = container.querySelectorAll('.provider-row')[focused.row];
  focusOn(same ?? row?.querySelector<HTMLElement>('.actions [data-key]') ?? heading);
}
