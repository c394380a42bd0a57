import { createHash, randomBytes } from 'node:crypto';
import { Secret } from '../base/secret';

/** A proof key for one sign-in (RFC 7636 §4): the verifier stays here, the challenge goes ahead. */
export interface Pkce {
  readonly codeVerifier: Secret;
  readonly codeChallenge: string;
  readonly codeChallengeMethod: 'S256';
}

/** A fresh proof key of 256 random bits. */
export function createPkce(): Pkce {
  const codeVerifier = new Secret(randomBytes(32).toString('base64url'));
  return { codeVerifier, codeChallenge: codeChallengeOf(codeVerifier), codeChallengeMethod: 'S256' };
}

/** The challenge of a verifier by the method S256 (RFC 7636 §4.2). */
export function codeChallengeOf(codeVerifier: Secret): string {
  return createHash('sha256').update(codeVerifier.reveal()).digest('base64url');
}
