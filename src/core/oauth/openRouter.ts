import { RequestError } from '../base/errors';
import { send } from '../base/http';
import { statusError } from '../base/refusalError';
import { stringIn } from '../base/json';
import { originOf } from '../base/origin';
import type { Fetch } from '../base/ports';
import { Secret } from '../base/secret';
import { inRole } from './endpoint';
import { type CodeRequest, withQuery } from './authorizationCode';

/** What a header can hold. */
const KEY = /^[\x21-\x7e]{8,512}$/;

/** Where OpenRouter sends the browser back to: it knows no `state`, so that has to be in the address itself. */
export function openRouterCallback(redirectUri: string, state: Secret): string {
  return withQuery(redirectUri, { state: state.reveal() });
}

/** OpenRouter's page on which a person allows a key to be made, at the origin of its API. */
export function openRouterUrl(baseUrl: string, { redirectUri, pkce }: CodeRequest): string {
  return withQuery(`${originOf(baseUrl)}/auth`, {
    callback_url: redirectUri,
    code_challenge: pkce.codeChallenge,
    code_challenge_method: pkce.codeChallengeMethod,
  });
}

/** OpenRouter's code, and what proves that it was asked for here. */
interface Proof {
  readonly code: Secret;
  readonly codeVerifier: Secret;
}

/** Exchanges OpenRouter's code for a key, at the origin of its API. Throws `RequestError` where there is none. */
export async function exchangeForKey(
  fetch: Fetch,
  baseUrl: string,
  proof: Proof,
  signal: AbortSignal,
): Promise<Secret> {
  try {
    return await requestKey(fetch, `${originOf(baseUrl)}/api/v1/auth/keys`, proof, signal);
  } catch (error) {
    throw error instanceof RequestError ? inRole('keyProvider', error) : error;
  }
}

async function requestKey(
  fetch: Fetch,
  url: string,
  { code, codeVerifier }: Proof,
  signal: AbortSignal,
): Promise<Secret> {
  const body = JSON.stringify({
    code: code.reveal(),
    code_verifier: codeVerifier.reveal(),
    code_challenge_method: 'S256',
  });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await send(fetch, url, { method: 'POST', headers, body }, signal);
  if (!answer.ok) throw statusError(answer, code, codeVerifier);
  const key = stringIn(answer.json, 'key');
  if (!key || !KEY.test(key)) throw new RequestError(answer.host, 'unreadable');
  return new Secret(key);
}
