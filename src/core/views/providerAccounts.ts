import * as l10n from '@vscode/l10n';
import { type EntryFields, NO_FIELDS } from '../config/entryFields';
import type { Account, KeyAccount } from '../credentials/account';
import { addressText, hostOf } from '../base/origin';
import { accountLabel, defaultModel, usualLabel } from '../models/modelList';
import { findProvider } from '../providers/catalogue';
import type { SignedIn } from '../signIn/signIn';
import type { Snapshot } from '../session/snapshot';
import { accountView } from './accountView';
import { problemOf, problemText } from './problem';
import { providerGroup } from './providersView';
import { joinSentences } from '../../language/joinSentences';
import { numberText, plural } from '../../language/numbers';

/** The accounts as the page of the providers shows them. Nothing in it is secret. */
export function providerAccounts(snapshot: Snapshot) {
  return snapshot.accounts.map((account) => accountRow(account, snapshot));
}

function accountRow(account: Account, snapshot: Snapshot) {
  const { accounts, models, credential, doubts } = snapshot;
  const { id, baseUrl, file } = account;
  const count = models.filter((model) => model.baseUrl === baseUrl).length;
  const model = defaultModel(account, models);
  const { status, tone, actions } = accountView(account, snapshot);
  const again = actions.some(({ intent }) => intent.type === 'tryAgain');
  const doubt = account.status === 'unverified' ? doubts.get(id) : undefined;
  const problem = doubt === undefined ? undefined : problemOf(doubt, { during: 'signIn', method: account.method });
  return {
    id,
    group: providerGroup(baseUrl, accounts),
    name: accountLabel(account),
    state: { text: status, tone },
    facts: [
      addressText(baseUrl),
      account.method === 'qwen-oauth' ? hostOf(account.issuer) : keyText(account),
      plural(count, l10n.t('1 model'), l10n.t('{0} models', numberText(count))),
      ...(file ? [l10n.t('kept in {0}', file)] : []),
    ],
    ...(problem && { why: problemText(problem) }),
    again,
    inUse: credential?.account?.id === id,
    ...(model && { model: { id: model.id, baseUrl } }),
    ...(account.method !== 'qwen-oauth' && {
      edit: editView(account),
      copy: copyFields(account, model?.id ?? ''),
    }),
  };
}

function editView(account: KeyAccount) {
  const { name = '', baseUrl, baseUrlFrom, key } = account;
  const provider = findProvider(account.provider);
  const fixed =
    baseUrlFrom === 'settings'
      ? l10n.t('The setting qwen.endpoints says where it is.')
      : provider?.baseUrl === 'fixed'
        ? l10n.t('The address of {0} is fixed.', provider.label)
        : undefined;
  return { name, usualName: usualLabel(account), baseUrl, ...(fixed && { fixed }), keyHint: keyHint(key) };
}

function keyHint(key: KeyAccount['key']): string {
  if (!key) return l10n.t('It has none.');
  return key.last4
    ? l10n.t('Leave it empty to keep the key that ends in {0}.', key.last4)
    : l10n.t('Leave it empty to keep the key.');
}

/** An entry of a file with the same address, whose key is found where the account's is. */
function copyFields({ baseUrl, provider }: KeyAccount, id: string): EntryFields {
  return { ...NO_FIELDS, id, baseUrl, envKey: findProvider(provider)?.envKey ?? '' };
}

function keyText({ key }: KeyAccount): string {
  if (!key) return l10n.t('no key');
  return key.last4 ? l10n.t('key ends in {0}', key.last4) : l10n.t('key saved');
}

/** What is said once an account was changed, and that its server could not be asked where that is so. */
export function savedText(
  id: string,
  signedIn: SignedIn | undefined,
  { accounts }: Pick<Snapshot, 'accounts'>,
): string {
  const account = accounts.find((one) => one.id === id) ?? signedIn?.account;
  if (!account) return l10n.t('Saved the account.');
  const label = accountLabel(account);
  if (signedIn?.check.kind !== 'unverified') return l10n.t('Saved {0}.', label);
  const problem = problemOf(signedIn.check.error, { during: 'signIn', method: account.method });
  return joinSentences(l10n.t('Saved {0}, not verified.', label), problem && problemText(problem));
}
