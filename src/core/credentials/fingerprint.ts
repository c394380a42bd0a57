import { createHash } from 'node:crypto';
import type { Credential } from './resolve';

/**
 * Tells credentials apart without storing them: 32 bits of a hash. For a sign-in the hash is that of its issuer,
 * since tokens change.
 */
export function fingerprint(credential: Credential): string {
  const text = credential.kind === 'oauth' ? credential.account.issuer : (credential.key?.reveal() ?? '');
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
