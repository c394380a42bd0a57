import type { AccountView, ToHost } from '../../src/shared/messages';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button } from '../kit/toolkit';

/** The credentials that are stored, each with its state and a way to forget it. */
export function createAccounts(post: (intent: ToHost) => void, act: (intent: ProblemIntent) => void): Part {
  const list = el('ul', { class: 'accounts' });
  const heading = el('h2', { tabindex: '-1' }, 'Accounts');
  const element = el('section', { class: 'stored' }, heading, list);

  const render = whenChanged((accounts: readonly AccountView[]) =>
    replaceKeepingFocus(
      list,
      accounts.map((account) => accountRow(account, post, act)),
      heading,
    ),
  );
  return {
    element,
    update({ accounts }) {
      render(accounts);
      element.hidden = accounts.length === 0;
    },
  };
}

function accountRow(
  account: AccountView,
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
): HTMLElement {
  const { id, label, detail, status, tone, active, actions } = account;
  return el(
    'li',
    {},
    el(
      'div',
      { class: 'words' },
      el(
        'p',
        { class: 'name' },
        `${label} `,
        el('span', { class: `badge ${tone}` }, status),
        active ? el('span', { class: 'badge' }, 'In use') : undefined,
      ),
      el('p', { class: 'detail' }, detail),
    ),
    ...actions.map((action) =>
      button({
        label: action.label,
        ariaLabel: `${action.label} ${label}, ${detail}`,
        appearance: 'link',
        key: `${action.label} ${id}`,
        onClick: () => act(action.intent),
      }),
    ),
    button({
      label: 'Sign out',
      ariaLabel: `Sign out of ${label}, ${detail}`,
      appearance: 'secondary',
      key: id,
      onClick: () => post({ type: 'signOut', account: id }),
    }),
  );
}
