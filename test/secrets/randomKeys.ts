import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** What a secret may be made of beside letters, and what changes when it is written in a URL. */
const SIGNS = `${LETTERS}._~+/`;

/** A text of random signs, without a shape that gives it away. */
export function randomText(length: number, signs = SIGNS): string {
  return Array.from({ length }, () => signs[randomInt(signs.length)]).join('');
}

/** A random key in the place of one of the sandbox: its vendor's beginning stays where vendors look at it. */
export function randomKey(key: string): string {
  if (key.startsWith('sk-sandbox-openai') || key.startsWith('azure')) return `${randomText(39)}x`;
  const [beginning = ''] = /^(?:sk-sp-|sk-tp-|sk-or-|sk-|ms-)/.exec(key) ?? [];
  return beginning + randomText(32, LETTERS);
}
