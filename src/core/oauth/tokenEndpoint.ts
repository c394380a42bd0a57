import { OAuthError, type RequestError } from '../base/errors';
import { type Answer, form, serverWords, statusError } from '../base/http';
import { stringIn } from '../base/json';
import type { Clock, Fetch } from '../base/ports';
import type { Secret } from '../base/secret';
import { ofAuthorizationServer, sendOAuth, unreadable } from './endpoint';
import { readTokenResponse, refreshed, type TokenSet } from './tokenSet';

/**
 * Exchanges a refresh token (RFC 6749 §6). Throws `OAuthError` where the server refuses it, `RequestError` where it
 * does not answer as it should.
 */
export async function refresh(
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  server: { readonly tokenEndpoint: string },
  clientId: string,
  tokens: TokenSet & { readonly refreshToken: Secret },
  signal: AbortSignal,
): Promise<TokenSet> {
  const refreshToken = tokens.refreshToken.reveal();
  const request = form({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId });
  const answer = await sendOAuth(fetch, server.tokenEndpoint, request, signal);
  return refreshed(tokens, readTokens(answer, clock.now(), tokens.refreshToken));
}

/** The tokens of an answer of the token endpoint; throws what `tokenError` makes of any other. */
export function readTokens(answer: Answer, now: number, ...sent: readonly Secret[]): TokenSet {
  const tokens = answer.ok ? readTokenResponse(answer.json, now) : undefined;
  if (!tokens) throw tokenError(answer, ...sent);
  return tokens;
}

/**
 * What an OAuth endpoint's answer without a grant means: the `error` of RFC 6749 §5.2 in whatever status it comes,
 * else a `RequestError`; one that is not JSON (a firewall's page, say) is told apart as `unreadable`.
 */
export function tokenError(answer: Answer, ...sent: readonly Secret[]): OAuthError | RequestError {
  const error = stringIn(answer.json, 'error');
  if (error) {
    const description = stringIn(answer.json, 'error_description');
    return new OAuthError(
      serverWords(error, ...sent),
      answer.host,
      answer.status,
      description && serverWords(description, ...sent),
    );
  }
  const { host, status } = answer;
  return status >= 400 ? ofAuthorizationServer(statusError(answer, ...sent)) : unreadable(host, { status });
}
