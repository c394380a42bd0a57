import { SignInRequired } from '../base/errors';
import type { Credential } from './resolve';

/** The error for a credential that a server refused. */
export function credentialRefusal(credential: Credential, baseUrl: string): SignInRequired {
  const { host } = new URL(baseUrl);
  if (credential.kind === 'oauth') return new SignInRequired({ reason: 'refused', method: 'qwen-oauth', host });
  const { account, key, source } = credential;
  return new SignInRequired({
    reason: 'refused',
    method: account?.method ?? 'api-key',
    host,
    ...(key && { keyLast4: key.last4 }),
    ...(account && { provider: account.provider, region: account.region }),
    ...(source.kind === 'environment' && source.name && { envKey: source.name }),
  });
}
