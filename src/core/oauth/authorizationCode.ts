import * as l10n from '@vscode/l10n';
import { hostOf } from '../base/origin';
import type { Clock, Fetch } from '../base/ports';
import type { Secret } from '../base/secret';
import { type AuthorizationServer, type OAuthClient, unusableServer } from './authorizationServer';
import { postForm } from './endpoint';
import { checkIdToken, nonceOf } from './idToken';
import type { Pkce } from './pkce';
import { readTokens } from './tokenEndpoint';
import type { TokenSet } from './tokenSet';

/** What a request for a code and the exchange of the code have in common. */
export interface CodeRequest {
  readonly redirectUri: string;
  readonly pkce: Pkce;
}

/**
 * The address to send the browser to (RFC 6749 §4.1.1, RFC 7636 §4.3); a query that the endpoint has of its own stays.
 * Throws `ConfigurationError` where the server has no such grant.
 */
export function authorizationRequestUrl(
  server: AuthorizationServer,
  client: { readonly clientId: string; readonly scopes: readonly string[] },
  { redirectUri, pkce }: CodeRequest,
  state: Secret,
): string {
  const endpoint = server.authorizationEndpoint;
  if (!endpoint)
    throw unusableServer(
      l10n.t('The server at {host} does not offer sign-in by redirect.', { host: hostOf(server.issuer) }),
    );
  return withQuery(endpoint, {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    ...(client.scopes.length > 0 && { scope: client.scopes.join(' ') }),
    state: state.reveal(),
    code_challenge: pkce.codeChallenge,
    code_challenge_method: pkce.codeChallengeMethod,
    // Some servers insist on it, though OpenID Connect Core §3.1.2.1 leaves it open for codes.
    ...(client.scopes.includes('openid') && { nonce: nonceOf(pkce.codeVerifier) }),
    // A server grants lasting access only to a person who was asked (OpenID Connect Core §11).
    ...(client.scopes.includes('offline_access') && { prompt: 'consent' }),
  });
}

/** Exchanges a code for tokens (RFC 6749 §4.1.3, RFC 7636 §4.5). Throws as `readTokens` and `checkIdToken` do. */
export async function exchangeCode(
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  server: Pick<AuthorizationServer, 'issuer' | 'tokenEndpoint'>,
  client: Pick<OAuthClient, 'clientId'>,
  {
    code,
    redirectUri,
    codeVerifier,
  }: { readonly code: Secret; readonly redirectUri: string; readonly codeVerifier: Secret },
  signal: AbortSignal,
): Promise<TokenSet> {
  const form = {
    grant_type: 'authorization_code',
    code: code.reveal(),
    redirect_uri: redirectUri,
    client_id: client.clientId,
    code_verifier: codeVerifier.reveal(),
  };
  const answer = await postForm(fetch, server.tokenEndpoint, form, signal);
  const tokens = readTokens(answer, clock.now(), code, codeVerifier);
  checkIdToken(answer.json, server, nonceOf(codeVerifier));
  return tokens;
}

/** The address with parameters behind those that it has, encoded so that no reader takes a space for a plus. */
export function withQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString().replaceAll('+', '%20');
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
