import { SignInRequired } from '../base/errors';
import { isUnauthorized } from '../chat/authorizedChat';
import type { ChatPorts } from '../chat/sdkClient';
import type { AccessTokens } from '../credentials/accessTokens';
import type { Account } from '../credentials/account';
import { openAccess } from '../credentials/openAccess';
import { credentialOf } from '../credentials/resolve';
import { findProvider } from '../providers/catalogue';
import { checkAccess } from '../signIn/checkAccess';
import type { CheckedAccount } from '../signIn/signIn';
import type { Accounts } from './accounts';

/** What a check works with. */
interface CheckParts {
  readonly ports: ChatPorts;
  readonly accessTokens: AccessTokens;
  /** Keeps that a server refused the access. */
  readonly note: Accounts['note'];
  readonly keep: (checked: CheckedAccount) => Promise<unknown>;
}

/**
 * Asks the server of a stored key once more whether it takes it, and keeps what it says. Throws `RequestError` where it
 * does not, or cannot say; `SignInRequired` where there is no such account; `Cancelled`.
 */
export async function checkAgain(
  { ports, accessTokens, note, keep }: CheckParts,
  account: Account | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (account === undefined || account.method === 'qwen-oauth') throw new SignInRequired({ reason: 'signedOut' });
  const credential = credentialOf(account);
  const opened = await openAccess(accessTokens, credential, account.baseUrl, undefined, signal);
  const provider = findProvider(account.provider);
  const access = { ...opened, modelsPath: provider?.modelsPath };
  const [first] = provider?.models ?? [];
  const proof = first && { id: first.id, required: false };
  const check = await checkAccess(ports, access, proof, signal).catch(async (error: unknown) => {
    if (isUnauthorized(error)) await note(account, access, 'refused');
    throw error;
  });
  const status = check.kind === 'accepted' ? 'verified' : 'unverified';
  await keep({ account: { ...account, status }, check, instead: account });
  if (check.kind === 'unverified') throw check.error;
}
