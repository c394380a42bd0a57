import { findBaseUrl } from '../config/baseUrl';
import { findNode } from '../config/jsonc';
import type { JsonPath } from '../config/jsonPath';
import { canBeKey, isMisplacedKey, isVariableName, looksLikeKey } from '../config/keyShape';
import { defaultAddress } from '../config/defaultAddress';
import { addressIn } from '../config/entryProperties';
import { USUAL_KEY_VARIABLES } from '../config/families';
import { targetOfKey } from '../plainWords/providerNames';
import { isRecord, stringIn } from '../base/json';
import { findProvider } from '../providers/catalogue';
import { CUSTOM_SERVER } from '../providers/ownServers';
import { Secret } from '../base/secret';
import type { SignInOptions } from '../signIn/signInRequest';
import type { Span } from './diagnostic';
import { readSettingsText, type SettingsKind, type SettingsText, type StringAt, valueAt } from './settingsText';

/** A key that stands in a settings file, and what is to stand there instead once the keychain has it. */
export interface PlainKey extends Span {
  readonly key: Secret;
  /** The sign-in that stores it; what the file does not tell is left out, and will be asked for. */
  readonly request: SignInOptions;
  /** A variable's name where one is expected, else an empty text; in JSON. */
  readonly newText: string;
}

const KEY_NAME = /(?:^|[._-])api[_-]?key$/i;

/** The places of all keys in a settings file. */
export function findPlainKeys(file: SettingsText): readonly JsonPath[] {
  return file.strings.filter((string) => isKey(file, string)).map(({ place }) => place);
}

/** The key at a place of a settings file; undefined where there is none, or none any more. */
export function plainKeyAt(kind: SettingsKind, text: string, place: JsonPath): PlainKey | undefined {
  const file = readSettingsText(kind, text);
  const node = file && findNode(file.root, place);
  const value: unknown = node?.value;
  if (!node || typeof value !== 'string' || !isKey(file, { place, value })) return undefined;
  const { offset, length } = node;
  const request = signInFor(file, place, value);
  const envKey = findProvider(request.provider)?.envKey ?? 'OPENAI_API_KEY';
  const newText = JSON.stringify(place.at(-1) === 'envKey' ? envKey : '');
  return { key: new Secret(value), request, newText, offset, length };
}

/** A name tells nothing in the settings of other programs, which have keys for other services. */
function isKey({ kind }: SettingsText, { place, value }: StringAt): boolean {
  const name = String(place.at(-1));
  const isOurs = kind === 'qwen' || String(place[0]).startsWith('qwen') || USUAL_KEY_VARIABLES.has(name);
  if (looksLikeKey(value)) return true;
  return isOurs && (name === 'envKey' ? isMisplacedKey(value) : KEY_NAME.test(name) && canBeKey(value));
}

/** A key is for the base URL beside it, else for that of the entry that names its variable, else for whose it looks. */
function signInFor(file: SettingsText, place: JsonPath, key: string): PlainKey['request'] {
  const name = String(place.at(-1));
  const holder = valueAt(file, place.slice(0, -1));
  const lists = Object.values(isRecord(file.modelProviders) ? file.modelProviders : {});
  const entries: readonly unknown[] = lists.flatMap((list) => (Array.isArray(list) ? list : []));
  const entry = name === 'envKey' ? holder : entries.find((one) => stringIn(one, 'envKey') === name);
  const family = name.replace(/_API_KEY$/, '');
  const beside = stringIn(holder, `${family}_BASE_URL`) ?? addressIn(holder);
  const baseUrl = beside ?? (entry === undefined ? undefined : (addressIn(entry) ?? usualAddress(entry)));
  const address = baseUrl === undefined ? undefined : findBaseUrl(baseUrl)?.baseUrl;
  // What is no address is for the sign-in to refuse.
  const isUnreadable = baseUrl !== undefined && address === undefined;
  const target = isUnreadable ? { provider: CUSTOM_SERVER } : targetOfKey(key, name, address);
  const provider = target?.provider;
  const model = stringIn(entry, 'id');
  return {
    method: provider?.method ?? 'api-key',
    ...(provider && { provider: provider.id }),
    ...(target?.region?.id && { region: target.region.id }),
    ...(baseUrl !== undefined && provider?.baseUrl !== 'fixed' && { baseUrl }),
    ...(model && { model }),
  };
}

/** Where the key of an entry goes that names no address; a key that stands in the place of the name tells nothing. */
function usualAddress(entry: unknown): string | undefined {
  const envKey = stringIn(entry, 'envKey') ?? '';
  const usual = isVariableName(envKey) ? defaultAddress(envKey, undefined) : undefined;
  return typeof usual === 'object' ? usual.baseUrl : undefined;
}
