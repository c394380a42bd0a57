import * as l10n from '@vscode/l10n';
import type { FiguresView, UsageRowView } from '../../src/shared/usageMessages';
import { el, replaceKeepingFocus } from '../kit/dom';

/** A row of a table of use; `action` stands at its end, `badge` beside its name. */
interface UsageRow extends Pick<UsageRowView, 'label' | 'figures'> {
  readonly detail?: string;
  readonly badge?: string;
  readonly action?: HTMLElement;
}

/** A table of use, with the sum of all rows. */
interface UsageTable {
  readonly element: HTMLElement;
  show(rows: readonly UsageRow[], total: FiguresView): void;
}

const COLUMNS = [
  [l10n.t('Requests'), ({ requests }: FiguresView) => requests],
  [l10n.t('Failed'), ({ failed }: FiguresView) => failed],
  [l10n.t('Tokens in'), ({ inputTokens }: FiguresView) => inputTokens],
  [l10n.t('Tokens out'), ({ outputTokens }: FiguresView) => outputTokens],
] as const;

/**
 * A table under a heading, which gets the focus that a row was lost with. Its roles are said in so many words: where the
 * panel is narrow its rows are laid out anew, and would be none any more.
 */
export function usageTable(heading: HTMLElement, nameOfRows: string): UsageTable {
  const head = row({ class: 'names' }, header('col', nameOfRows), ...COLUMNS.map(([name]) => header('col', name)));
  const overActions = el('td', { role: 'cell' });
  const body = el('tbody', { role: 'rowgroup' });
  const foot = el('tfoot', { role: 'rowgroup' });
  const element = el(
    'table',
    { class: 'figures', role: 'table', 'aria-labelledby': heading.id },
    el('thead', { role: 'rowgroup' }, head),
    body,
    foot,
  );
  return {
    element,
    show(rows, total) {
      const hasActions = rows.some(({ action }) => action !== undefined);
      element.classList.toggle('with-actions', hasActions);
      if (hasActions) head.append(overActions);
      else overActions.remove();
      replaceKeepingFocus(
        body,
        rows.map((one) => tableRow(one, hasActions)),
        heading,
      );
      foot.replaceChildren(tableRow({ label: l10n.t('All'), figures: total }, hasActions));
    },
  };
}

function tableRow({ label, detail = '', figures, badge, action }: UsageRow, hasActions: boolean): HTMLElement {
  const name = header(
    'row',
    el('span', { class: 'name' }, label),
    badge === undefined ? undefined : el('span', { class: 'badge bad' }, badge),
    detail === '' ? undefined : el('span', { class: 'detail' }, detail),
  );
  const cells = COLUMNS.map(([, of]) => el('td', { role: 'cell' }, of(figures)));
  const last = hasActions ? [el('td', { class: 'action', role: 'cell' }, action)] : [];
  return row({}, name, ...cells, ...last);
}

const header = (scope: 'col' | 'row', ...children: readonly (Node | string | undefined)[]) =>
  el('th', { scope, role: scope === 'col' ? 'columnheader' : 'rowheader' }, ...children);

const row = (attributes: Readonly<Record<string, string>>, ...cells: readonly HTMLElement[]) =>
  el('tr', { role: 'row', ...attributes }, ...cells);
