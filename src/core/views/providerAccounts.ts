import { type EntryFields, NO_FIELDS } from '../config/providerEdits';
import type { Account, KeyAccount } from '../credentials/account';
import { addressText, hostOf } from '../base/origin';
import { accountLabel, defaultModel, usualLabel } from '../models/modelList';
import { findProvider } from '../providers/catalogue';
import type { SignedIn } from '../signIn/signIn';
import type { Snapshot } from '../session/snapshot';
import { accountView } from './accountView';
import { problemOf, problemText } from './problem';
import { providerGroup } from './providersView';

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
      `${count} ${count === 1 ? 'model' : 'models'}`,
      ...(file ? [`kept in ${file}`] : []),
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
      ? 'The setting qwen.endpoints says where it is.'
      : provider?.baseUrl === 'fixed'
        ? `The address of ${provider.label} is fixed.`
        : undefined;
  const kept = key ? `Leave it empty to keep the key${key.last4 && ` that ends in ${key.last4}`}.` : 'It has none.';
  return { name, usualName: usualLabel(account), baseUrl, ...(fixed && { fixed }), keyHint: kept };
}

/** An entry of a file with the same address, whose key is found where the account's is. */
function copyFields({ baseUrl, provider }: KeyAccount, id: string): EntryFields {
  return { ...NO_FIELDS, id, baseUrl, envKey: findProvider(provider)?.envKey ?? '' };
}

function keyText({ key }: KeyAccount): string {
  if (!key) return 'no key';
  return key.last4 ? `key ends in ${key.last4}` : 'key saved';
}

/** What is said once an account was changed, and that its server could not be asked where that is so. */
export function savedText(
  id: string,
  signedIn: SignedIn | undefined,
  { accounts }: Pick<Snapshot, 'accounts'>,
): string {
  const account = accounts.find((one) => one.id === id) ?? signedIn?.account;
  const saved = `Saved ${account ? accountLabel(account) : 'the account'}`;
  if (!account || signedIn?.check.kind !== 'unverified') return `${saved}.`;
  const problem = problemOf(signedIn.check.error, { during: 'signIn', method: account.method });
  return `${saved}, not verified. ${problem ? problemText(problem) : ''}`.trim();
}
