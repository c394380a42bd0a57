import { createHash } from 'node:crypto';
import type { Credential } from './resolve';

/**
 * Tells one credential from another without holding it: 32 bits, which say nothing of a key. The tokens of a sign-in
 * change, and mean the same account still.
 */
export function fingerprint(credential: Credential): string {
  const text = credential.kind === 'oauth' ? credential.account.issuer : (credential.key?.reveal() ?? '');
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
