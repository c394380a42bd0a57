import { createHash } from 'node:crypto';
import type { Credential } from './resolve';

/**
 * Tells credentials apart without storing them: 32 bits of a hash. For a sign-in the hash is that of its issuer,
 * since tokens change.
 */
export function fingerprint(credential: Credential): string {
  const text = textOf(credential);
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function textOf(credential: Credential): string {
  if (credential.kind === 'oauth') return credential.account.issuer;
  return credential.kind === 'command' ? credential.command.command.join(' ') : (credential.key?.reveal() ?? '');
}
