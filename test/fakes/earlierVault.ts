import { createCipheriv, type KeyObject, randomBytes } from 'node:crypto';

/** A vault, or a note with version 0, as version 0.1 of the extension sealed it. */
export function sealedByVersion01(key: KeyObject, version: number, entries: Readonly<Record<string, string>>): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(`qwen-auth 1 ${version}`));
  const data = Buffer.concat([cipher.update(JSON.stringify(Object.entries(entries)), 'utf8'), cipher.final()]);
  const [sealed, nonce, tag] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
  return `${JSON.stringify({ format: 1, version, nonce, tag, sealed })}\n`;
}
