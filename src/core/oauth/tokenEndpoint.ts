import * as l10n from '@vscode/l10n';
import { RequestError } from '../base/errors';
import type { Answer } from '../base/http';
import { serverWords } from '../base/refusalError';
import type { Clock, Fetch } from '../base/ports';
import type { Secret } from '../base/secret';
import { postForm } from './endpoint';
import { errorResponse, secretsIn } from './errorResponse';
import { readTokenResponse, refreshed, type TokenSet, typeOfUnusable } from './tokenSet';

/** How much of a type's name a person is shown. */
const LONGEST_TYPE = 40;

/**
 * Exchanges a refresh token (RFC 6749 §6). Throws `OAuthError` where the server refuses it, `RequestError` where it
 * does not answer as it should.
 */
export async function refreshTokens(
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  server: { readonly tokenEndpoint: string },
  clientId: string,
  tokens: TokenSet & { readonly refreshToken: Secret },
  signal: AbortSignal,
): Promise<TokenSet> {
  const refreshToken = tokens.refreshToken.reveal();
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
  const answer = await postForm(fetch, server.tokenEndpoint, form, signal);
  return refreshed(tokens, readTokens(answer, clock.now(), tokens.refreshToken, tokens.accessToken));
}

/** The tokens of an answer of the token endpoint; throws what `errorResponse` makes of any other. */
export function readTokens(answer: Answer, now: number, ...sent: readonly Secret[]): TokenSet {
  const tokens = answer.ok ? readTokenResponse(answer.json, now) : undefined;
  if (tokens) return tokens;
  const type = answer.ok ? typeOfUnusable(answer.json) : undefined;
  throw type
    ? unusableType(answer.host, serverWords(type, ...sent, ...secretsIn(answer.json)))
    : errorResponse(answer, ...sent);
}

function unusableType(host: string, type: string): RequestError {
  const text = l10n.t('it grants tokens of the type "{type}", which cannot be used here', {
    type: type.slice(0, LONGEST_TYPE),
  });
  return new RequestError(host, 'unusable', { text }, { role: 'authorizationServer' });
}
