import { createHash, randomBytes } from 'node:crypto';

/** The S256 challenge of a code verifier (RFC 7636 §4.2). */
export function s256(codeVerifier: string): string {
  return createHash('sha256').update(codeVerifier).digest('base64url');
}

/**
 * A value that nobody guesses, with a prefix that tells a reader of a log what it is. The sign between them is in no
 * name of a style or a file: a search for ten characters of the value finds nothing else.
 */
export function secret(prefix: string): string {
  return `${prefix}~${randomBytes(24).toString('base64url')}`;
}
