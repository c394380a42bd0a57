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

/** The entry in which a vault says of itself what is neither its version nor a record. */
const ABOUT = 'vault';

/** What a vault holds, and which state of which vault that is. */
export interface Records {
  /** The vault's random id; empty where only version 0.1 has written it. */
  readonly id: string;
  /** How often it has been written. */
  readonly version: number;
  readonly entries: ReadonlyMap<string, string>;
  /** The keys that its latest writes changed, oldest first; the last of them is that of `version`. */
  readonly changed: readonly string[];
}

/** One entry that is about to be written, and the version of the vault in which it was read before. */
export interface Note {
  readonly version: number;
  readonly key: string;
  readonly value: string;
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

/** The key as text that only its id opens; for whoever may know the id, and shares the way with others. */
export function wrapKey(key: KeyObject): string {
  return sealText(wrapping(idOfKey(key)), headOfKey, FORMAT, writeKey(key));
}

/** The key with that id of a text that `wrapKey` wrote; undefined where it is changed, or the key has another id. */
export function unwrapKey(id: string, text: string): KeyObject | undefined {
  const key = readKey(openText(wrapping(id), headOfKey, text)?.text);
  return key && idOfKey(key) === id ? key : undefined;
}

function wrapping(id: string): KeyObject {
  return createSecretKey(
    createHash('sha256')
      .update(`${headOfKey(FORMAT)} ${id}`)
      .digest(),
  );
}

/** Records as text that only the key opens (AES-256-GCM). Their version is readable without it, and authenticated. */
export function seal(key: KeyObject, { id, version, entries, changed }: Records): string {
  // Version 0.1, which may still run in another window, keeps an entry that it does not know.
  const about = [ABOUT, JSON.stringify({ id, version, changed })];
  return sealText(key, headOfVault, version, JSON.stringify([...entries, about]));
}

/** The records of a sealed text; undefined where it is cut short, changed by anybody, or no vault of this key. */
export function unseal(key: KeyObject, text: string): Records | undefined {
  const opened = openText(key, headOfVault, text);
  return opened && readRecords(opened.version, opened.text);
}

/** A note as text that only the key opens, and only as a note of the vault with that id. */
export function sealNote(key: KeyObject, vault: string, { version, key: name, value }: Note): string {
  return sealText(key, headOfNote(vault), version, JSON.stringify([name, value]));
}

/** The note of a sealed text; undefined where it is changed, or not one of this vault. */
export function openNote(key: KeyObject, vault: string, text: string): Note | undefined {
  const opened = openText(key, headOfNote(vault), text);
  const entry = opened && readEntry(parseJson(opened.text));
  return entry && { version: opened.version, key: entry[0], value: entry[1] };
}

function sealText(key: KeyObject, head: Head, version: number, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(head(version)));
  const data = Buffer.concat([cipher.update(text), cipher.final()]);
  const [sealed, nonce, tag] = [data, iv, cipher.getAuthTag()].map((bytes) => bytes.toString('base64'));
  return `${JSON.stringify({ format: FORMAT, version, nonce, tag, sealed })}\n`;
}

function openText(key: KeyObject, head: Head, text: string): { version: number; text: string } | undefined {
  const json = parseJson(text);
  const version = numberIn(json, 'version');
  const bytesOf = (name: string): Buffer => Buffer.from(stringIn(json, name) ?? '', 'base64');
  if (numberIn(json, 'format') !== FORMAT || version === undefined) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytesOf('nonce'), { authTagLength: TAG_BYTES });
    const opened = decipher.setAAD(Buffer.from(head(version))).setAuthTag(bytesOf('tag'));
    return { version, text: Buffer.concat([opened.update(bytesOf('sealed')), opened.final()]).toString() };
  } catch {
    return undefined;
  }
}

/** What is authenticated beside a sealed text: what it is, and its version. A note never opens as a vault. */
type Head = (version: number) => string;

const headOfKey: Head = (version) => `qwen-auth key ${version}`;
const headOfVault: Head = (version) => `qwen-auth ${FORMAT} ${version}`;

function headOfNote(vault: string): Head {
  return (version) => `qwen-auth note ${FORMAT} ${vault} ${version}`;
}

function readRecords(version: number, text: string): Records | undefined {
  const json = parseJson(text);
  if (!Array.isArray(json)) return undefined;
  const entries = new Map<string, string>();
  for (const entry of json.map(readEntry)) {
    if (!entry) return undefined;
    entries.set(...entry);
  }
  const about = parseJson(entries.get(ABOUT) ?? '');
  entries.delete(ABOUT);
  // What version 0.1 has written since is not among the changes.
  const changes = isRecord(about) && about['version'] === version ? about['changed'] : [];
  const changed = Array.isArray(changes) ? changes.filter((name) => typeof name === 'string') : [];
  return { id: stringIn(about, 'id') ?? '', version, entries, changed };
}

function readEntry(entry: unknown): readonly [key: string, value: string] | undefined {
  const [key, value]: readonly unknown[] = Array.isArray(entry) ? entry : [];
  return typeof key === 'string' && typeof value === 'string' ? [key, value] : undefined;
}
