import { createHash } from 'node:crypto';
import type { Model } from '../providers/model';
import type { Credential } from './resolve';

/**
 * Tells credentials apart without storing them: 32 bits of a hash. For a sign-in the hash is that of its issuer,
 * since tokens change.
 */
export function fingerprint(credential: Credential): string {
  return hashOf(textOf(credential));
}

/**
 * Tells what requests to a server get in with apart, without storing it: the credential, the address that it goes to,
 * and the headers that a model entry adds.
 */
export function accessFingerprint({ baseUrl, generationConfig }: Model, credential: Credential | undefined): string {
  const text = credential && textOf(credential);
  return hashOf(JSON.stringify([baseUrl, text, generationConfig.customHeaders]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function textOf(credential: Credential): string {
  if (credential.kind === 'oauth') return credential.account.issuer;
  return credential.kind === 'command' ? credential.command.command.join(' ') : (credential.key?.reveal() ?? '');
}
