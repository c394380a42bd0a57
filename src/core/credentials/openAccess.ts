import type { Access } from '../providers/access';
import type { SecretStore } from '../base/ports';
import type { Secret } from '../base/secret';
import type { AccessTokens } from './accessTokens';
import type { Account } from './account';
import { changeAccount } from './accountStore';
import type { Credential } from './resolve';

/** What a request is signed with, and whether it can be renewed when a server refuses it. */
export type OpenedAccess = Access & { readonly renewable: boolean };

/**
 * What a request to `baseUrl` carries. An OAuth access token is renewed when due, or when it is the one that a server
 * just `refused`; it goes to its own API only. So is a key that a command prints. Throws what `AccessTokens.fresh`
 * throws.
 */
export async function openAccess(
  tokens: AccessTokens,
  credential: Credential,
  baseUrl: string,
  refused: Access | undefined,
  signal: AbortSignal,
): Promise<OpenedAccess> {
  if (credential.kind === 'key') {
    return { baseUrl, key: credential.key, keyHeader: credential.keyHeader, renewable: false };
  }
  if (credential.kind === 'command') {
    const { command, keyHeader } = credential;
    return { baseUrl, key: await tokens.commandKeys.key(command, refused?.key, signal), keyHeader, renewable: true };
  }
  const account = await tokens.fresh(credential.account.id, refused?.key, signal);
  return { baseUrl: account.baseUrl, key: account.tokens.accessToken, keyHeader: 'authorization', renewable: true };
}

/** Notes whether a server accepted a secret, unless the account has another one by now or is gone. */
export async function noteVerdict(
  secrets: SecretStore,
  id: string,
  used: Secret | undefined,
  status: 'verified' | 'refused',
): Promise<void> {
  await changeAccount(secrets, id, (current) => {
    if (!current || current.status === status) return undefined;
    const secret = secretOf(current);
    const isSame = secret === undefined ? used === undefined : secret.equals(used);
    return isSame ? { ...current, status } : undefined;
  });
}

/** What signs the requests of an account. */
export function secretOf(account: Account): Secret | undefined {
  return account.method === 'qwen-oauth' ? account.tokens.accessToken : account.key;
}
