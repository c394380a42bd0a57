import * as l10n from '@vscode/l10n';
import { joinSentences } from '../../language/joinSentences';
import { ConfigurationError } from '../base/errors';
import { QWEN_ISSUER } from '../oauth/authorizationServer';
import { type Account, OAUTH_ACCOUNT, type OAuthAccount } from './account';
import { listAccounts } from './accountStore';
import type { QwenCredentials } from './qwenCredentials';

/** Qwen Code's sign-in, as far as it can be used here. Throws `ConfigurationError` where there is none that can. */
export async function readImportable(qwenCode: QwenCredentials): Promise<OAuthAccount> {
  const { file } = qwenCode;
  const { accounts, problems } = await listAccounts(qwenCode);
  const account = accounts.find((one) => one.method === 'qwen-oauth');
  if (account && account.status !== 'ended' && account.tokens.refreshToken) return account;
  const what = account
    ? l10n.t('The sign-in in {file} has ended.', { file })
    : l10n.t('Qwen Code is not signed in: there is no {file}.', { file });
  throw (
    problems[0] ?? new ConfigurationError({ file }, joinSentences(what, l10n.t('Sign in here, or in Qwen Code first.')))
  );
}

/** Whether to offer Qwen Code's own sign-in to a person who is not signed in that way. Never throws. */
export async function isOfferable(qwenCode: QwenCredentials, accounts: readonly Account[]): Promise<boolean> {
  if (accounts.some(({ id, status }) => id === OAUTH_ACCOUNT && status !== 'ended')) return false;
  return await readImportable(qwenCode).then(
    ({ issuer }) => issuer === QWEN_ISSUER,
    () => false,
  );
}
