import { createHash } from 'node:crypto';
import { OAuthError } from '../base/errors';
import { parseJson, stringIn } from '../base/json';
import { hostOf } from '../base/origin';
import type { Secret } from '../base/secret';

/** The `nonce` of a sign-in (OpenID Connect Core §15.5.2): made of its code verifier, so that nobody has to keep it. */
export function nonceOf(codeVerifier: Secret): string {
  return createHash('sha256').update(`nonce ${codeVerifier.reveal()}`).digest('base64url');
}

/**
 * Checks the ID token of a token response, where there is one that can be read: it must come from this issuer and
 * answer this sign-in (OpenID Connect Core §3.1.3.7). It came from the token endpoint itself, so its signature is not
 * needed. Throws `OAuthError` with `wrong_issuer` or `wrong_nonce`.
 */
export function checkIdToken(json: unknown, { issuer }: { readonly issuer: string }, nonce: string): void {
  const claims = claimsOf(stringIn(json, 'id_token') ?? '');
  const [iss, answered] = [stringIn(claims, 'iss'), stringIn(claims, 'nonce')];
  const host = hostOf(issuer);
  // Google names its host alone, and Entra the tenant in place of `common`.
  if (iss !== undefined && hostOf(iss) !== host) throw new OAuthError('wrong_issuer', host, 400);
  if (answered !== undefined && answered !== nonce) throw new OAuthError('wrong_nonce', host, 400);
}

/** The claims of a signed token (RFC 7519 §3); undefined where they are not there to read. */
function claimsOf(token: string): unknown {
  const [, payload = ''] = token.split('.');
  return parseJson(Buffer.from(payload, 'base64url').toString());
}
