import { randomBytes } from 'node:crypto';
import { SignInRequired } from '../base/errors';
import { hostOf, originOf } from '../base/origin';
import { exchangeForKey, openRouterCallback, openRouterUrl } from '../oauth/openRouter';
import { codeOf } from '../oauth/redirect';
import type { Grant, Progress } from './grant';
import { keyTarget, signInWithKey, type SignInPorts } from './signIn';
import type { SignInRequest } from './signInRequest';

/**
 * The sign-in on OpenRouter's page, which ends with a key. Throws `ConfigurationError` where the request fits no place.
 */
export async function openRouterGrant(
  ports: SignInPorts,
  request: SignInRequest,
  { onStep }: Progress,
  signal: AbortSignal,
): Promise<Grant> {
  const { baseUrl } = keyTarget(request, ports.settings).endpoint;
  const host = hostOf(baseUrl);
  return {
    request: {
      host,
      issuer: originOf(baseUrl),
      loopbackUri: `http://127.0.0.1/${randomBytes(16).toString('hex')}`,
      redirectUri: openRouterCallback,
      url: (code) => openRouterUrl(baseUrl, code),
    },
    narrower: [],
    target: baseUrl,
    abilities: { device: false, code: true, redirectUri: undefined },
    exchangeCode: async ({ redirect, codeVerifier }) => {
      onStep({ kind: 'checking', host });
      const code = codeOf(redirect, { issuer: originOf(baseUrl), namesIssuer: false });
      const key = await exchangeForKey(ports.fetch, baseUrl, { code, codeVerifier }, signal);
      // Whatever a key looks like that the server has just made, it is for this server.
      const made = { ...request, apiKey: key, anyway: true } as const;
      return await signInWithKey(ports, made, onStep, signal).catch((error: unknown) => {
        if (!(error instanceof SignInRequired)) throw error;
        throw new SignInRequired({ reason: 'refused', method: 'api-key', host, made: true });
      });
    },
  };
}
