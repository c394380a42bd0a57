import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { isRecord, numberIn, parseJson, stringIn } from '../base/json';

const FORMAT = 1;
const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Records by their keys, and how often they have been written. */
export interface Records {
  readonly version: number;
  readonly entries: ReadonlyMap<string, string>;
}

/** A new key of 256 random bits. */
export function createKey(): KeyObject {
  return createSecretKey(randomBytes(KEY_BYTES));
}

/** The key of a text that `writeKey` wrote; undefined where it is not one. */
export function readKey(text: string | undefined): KeyObject | undefined {
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.length === KEY_BYTES ? createSecretKey(bytes) : undefined;
}

/** The key itself as text; for the keychain, and for another window of the same person. */
export function writeKey(key: KeyObject): string {
  return key.export().toString('base64');
}

/** The public id of a key: 32 hexadecimal digits of a hash. */
export function idOfKey(key: KeyObject): string {
  return createHash('sha256').update(key.export()).digest('hex').slice(0, 32);
}

/** Records as text that only the key opens (AES-256-GCM). Their version is readable without it, and sealed like the rest. */
export function seal(key: KeyObject, { version, entries }: Records): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(headOf(version));
  const data = Buffer.concat([cipher.update(JSON.stringify([...entries]), 'utf8'), cipher.final()]);
  const [sealed, nonce, tag] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
  return `${JSON.stringify({ format: FORMAT, version, nonce, tag, sealed })}\n`;
}

/** The records of a sealed text; undefined where it is cut short, changed by anybody, or sealed with another key. */
export function unseal(key: KeyObject, text: string): Records | undefined {
  const json = parseJson(text);
  const version = numberIn(json, 'version');
  const [iv, tag, data] = ['nonce', 'tag', 'sealed'].map((name) => Buffer.from(stringIn(json, name) ?? '', 'base64'));
  if (!isRecord(json) || json['format'] !== FORMAT || version === undefined || !iv || !tag || !data) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
    const opened = decipher.setAAD(headOf(version)).setAuthTag(tag);
    return readEntries(version, Buffer.concat([opened.update(data), opened.final()]).toString('utf8'));
  } catch {
    return undefined;
  }
}

function headOf(version: number): Buffer {
  return Buffer.from(`qwen-auth ${FORMAT} ${version}`);
}

function readEntries(version: number, text: string): Records | undefined {
  const json = parseJson(text);
  if (!Array.isArray(json)) return undefined;
  const entries = new Map<string, string>();
  for (const entry of json) {
    if (!Array.isArray(entry)) return undefined;
    const [key, value]: readonly unknown[] = entry;
    if (typeof key !== 'string' || typeof value !== 'string') return undefined;
    entries.set(key, value);
  }
  return { version, entries };
}
