import { type RefusedKey, type RequestError, SignInRequired } from '../base/errors';
import type { Credential } from './resolve';

/** The error for a credential that a server refused; `error` is its refusal, where that was just now. */
export function credentialRefusal(credential: Credential, baseUrl: string, error?: RequestError): SignInRequired {
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
    ...(error && refusedWith(error)),
  });
}

/** How a server refused a key: with which status, where that is not 401, and in which words. */
export function refusedWith({ details }: RequestError): Pick<RefusedKey, 'status' | 'said'> {
  const { status, text } = details;
  return { ...(status && status !== 401 && { status }), ...(text && !details.page && { said: text }) };
}
