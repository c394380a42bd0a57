import * as l10n from '@vscode/l10n';
import type { AccountLimitsView } from '../../src/shared/messages';
import { el, replaceKeepingFocus, uniqueId, whenChanged } from '../kit/dom';
import { limitRows } from '../kit/limitRows';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';

/** What is left of every account. */
export interface AccountLimits {
  readonly element: HTMLElement;
  show(accounts: readonly AccountLimitsView[]): void;
}

/** The accounts of which something is known, each with its limits. */
export function createAccountLimits(act: (intent: ProblemIntent) => void): AccountLimits {
  const heading = el('h2', { id: uniqueId('limits'), tabindex: '-1' }, l10n.t('What is left'));
  const accounts = el('div');
  const element = el('section', { 'aria-labelledby': heading.id }, heading, accounts);
  return {
    element,
    show: whenChanged((all: readonly AccountLimitsView[]) => {
      element.hidden = all.length === 0;
      replaceKeepingFocus(
        accounts,
        all.map((one) => accountPart(one, act)),
        heading,
      );
    }),
  };
}

function accountPart({ id, label, host, rows, action }: AccountLimitsView, act: (intent: ProblemIntent) => void) {
  const name = el('h3', { id: uniqueId('account') }, label, ' ', el('span', { class: 'muted' }, host));
  return el(
    'div',
    { class: 'account-limits', role: 'group', 'aria-labelledby': name.id },
    name,
    limitRows(rows),
    action && button({ ...action, appearance: 'link', key: `limits ${id}`, onClick: () => act(action.intent) }),
  );
}
