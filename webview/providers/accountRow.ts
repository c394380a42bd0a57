import * as l10n from '@vscode/l10n';
import type { ProviderAccountView } from '../../src/shared/providersMessages';
import { action, textAction } from '../kit/actions';
import { el } from '../kit/dom';
import type { RowActions } from './entryRow';
import { providerRow } from './providerRow';

/** The row of an account. */
export function accountRow(account: ProviderAccountView, actions: RowActions): HTMLElement {
  const { id, name, state, facts, why, inUse, again } = account;
  const { post } = actions;
  const tryAgain = textAction(l10n.t('Try again'), `again ${id}`, () => post({ type: 'tryAgain', account: id }));
  return providerRow({
    key: id,
    name,
    state,
    inUse,
    facts,
    notes: [
      why === undefined ? undefined : el('p', { class: 'why' }, why),
      again ? el('p', { class: 'why' }, tryAgain) : undefined,
    ],
    actions: accountActions(account, actions),
  });
}

function accountActions(
  { id, name, inUse, model, edit, copy }: ProviderAccountView,
  { post, openForm, openAccount }: RowActions,
): readonly (HTMLElement | undefined)[] {
  const key = (what: string) => `${what} ${id}`;
  return [
    model && !inUse
      ? action('check', l10n.t('Use {name}', { name }), key('use'), () => post({ type: 'switchModel', ...model }))
      : undefined,
    model &&
      action('beaker', l10n.t('Test {name}', { name }), key('test'), () =>
        post({ type: 'testProvider', target: { kind: 'account', account: id } }),
      ),
    edit &&
      action('key', l10n.t('Replace key of {name}', { name }), key('key'), () => openAccount(id, 'key', key('key'))),
    edit && action('edit', l10n.t('Edit {name}', { name }), key('edit'), () => openAccount(id, 'name', key('edit'))),
    copy &&
      action('copy', l10n.t('Copy {name} to a file', { name }), key('copy'), () =>
        openForm({ kind: 'add', file: 'settings', provider: 'openai' }, copy, key('copy')),
      ),
    action('trash', l10n.t('Sign out {name}', { name }), key('remove'), () => post({ type: 'signOut', account: id })),
  ];
}
