import * as l10n from '@vscode/l10n';
import type { AccountView, ToHost } from '../../src/shared/messages';
import { el, replaceKeepingFocus, whenChanged } from '../kit/dom';
import type { Part } from '../kit/part';
import type { ProblemIntent } from '../kit/problem';
import { button, iconButton } from '../kit/toolkit';

/** The credentials that are stored, each with its state, what may mend it, and a way to forget it. */
export function createAccounts(post: (intent: ToHost) => void, act: (intent: ProblemIntent) => void): Part {
  const list = el('ul', { class: 'rows' });
  const heading = el('h2', { tabindex: '-1' }, l10n.t('Accounts'));
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
  { id, label, detail, address, status, tone, active, actions, replace }: AccountView,
  post: (intent: ToHost) => void,
  act: (intent: ProblemIntent) => void,
): HTMLElement {
  const which = `${detail} · ${address}`;
  const mend = actions.map((action) =>
    button({
      label: action.label,
      ariaLabel: l10n.t('{action} {account}, {detail}', { action: action.label, account: label, detail: which }),
      appearance: 'link',
      key: `${action.label} ${id}`,
      onClick: () => act(action.intent),
    }),
  );
  return el(
    'li',
    {},
    el('span', { class: `dot ${tone}`, 'aria-hidden': 'true' }),
    el(
      'div',
      { class: 'words' },
      el('p', { class: 'name' }, label, active ? el('span', { class: 'badge' }, l10n.t('In use')) : undefined),
      el('p', { class: 'detail' }, `${status} · ${detail}`),
      el('p', { class: 'detail' }, ...breakable(address)),
    ),
    ...mend,
    replace &&
      iconButton({
        icon: 'key',
        label: l10n.t('Replace key of {account}, {detail}', { account: label, detail: which }),
        key: `replace ${id}`,
        onClick: () => act(replace.intent),
      }),
    iconButton({
      icon: 'signOut',
      label: l10n.t('Sign out of {account}, {detail}', { account: label, detail: which }),
      key: id,
      onClick: () => post({ type: 'signOut', account: id }),
    }),
  );
}

/** An address that breaks behind a slash, before it breaks inside of a word. */
function breakable(address: string): readonly (string | HTMLElement)[] {
  return address.split(/(?<=\/)(?!\/)/).flatMap((piece, at) => (at === 0 ? [piece] : [el('wbr', {}), piece]));
}
