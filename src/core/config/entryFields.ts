import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { isRecord, numberIn, stringIn } from '../base/json';
import { redact } from '../base/redaction';
import { modelKey } from '../providers/model';
import { readBaseUrl } from './baseUrl';
import { headerError, headerLines, readHeaderLines } from './entryHeaders';
import type { JsonValue } from './jsonText';
import { isMisplacedKey, isVariableName } from './keyShape';
import { readProviderList } from './modelProviders';
import { MODEL_PROVIDERS_SETTING } from './providersOrigin';

/** What a person fills in for an entry, as typed; what is empty is left out of the file. */
export interface EntryFields {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly envKey: string;
  /** Tokens. */
  readonly contextWindow: string;
  /** Seconds; 0 is no limit. */
  readonly timeout: string;
  /** A header in each line, as `Name: value`. */
  readonly headers: string;
}

/** An entry of which nothing is filled in. */
export const NO_FIELDS: EntryFields = {
  id: '',
  name: '',
  baseUrl: '',
  envKey: '',
  contextWindow: '',
  timeout: '',
  headers: '',
};

/** What is wrong with each field, in a sentence. `isListed` tells what the list has already, as `listedIn` does. */
export function entryErrors(
  fields: EntryFields,
  isListed: (fields: EntryFields) => boolean,
): Partial<Record<keyof EntryFields, string>> {
  const { id, baseUrl, envKey, contextWindow, timeout } = fields;
  const headers = headerError(fields.headers);
  const urlError = baseUrl.trim() === '' ? undefined : baseUrlError(baseUrl);
  const isVariable = envKey.trim() === '' || isVariableName(envKey.trim());
  return {
    ...(id.trim() === '' && {
      id: l10n.t('Enter the id by which the server knows the model, such as qwen3-coder-plus.'),
    }),
    ...(isListed(fields) && { id: l10n.t('The list has this model at this base URL already.') }),
    ...(urlError && { baseUrl: urlError }),
    ...(!isVariable && {
      envKey: l10n.t('Enter the name of a variable, such as OPENAI_API_KEY, and never the key itself.'),
    }),
    ...(contextWindow.trim() !== '' &&
      !readTokens(contextWindow) && { contextWindow: l10n.t('Enter a whole number of tokens, such as 131072.') }),
    ...(timeout.trim() !== '' &&
      readSeconds(timeout) === undefined && {
        timeout: l10n.t('Enter a number of seconds, such as 120; 0 is no limit.'),
      }),
    ...(headers && { headers }),
  };
}

/** The entry as it stands in a file, in the words of the form. A key that somebody put there is no word of it. */
export function entryFields(entry: unknown): EntryFields {
  const text = (name: string): string => {
    const value = stringIn(entry, name) ?? '';
    return redact(value) === value && !(name === 'envKey' && isMisplacedKey(value)) ? value : '';
  };
  const config = isRecord(entry) && isRecord(entry['generationConfig']) ? entry['generationConfig'] : {};
  const timeoutMs = numberIn(config, 'timeout');
  return {
    id: text('id'),
    name: text('name'),
    baseUrl: text('baseUrl'),
    envKey: text('envKey'),
    contextWindow: String(numberIn(config, 'contextWindowSize') ?? ''),
    timeout: timeoutMs === undefined ? '' : String(timeoutMs / 1000),
    headers: headerLines(config['customHeaders']),
  };
}

/** Tells of fields whether a list of entries has their model at their base URL; the list is read once for all of them. */
export function listedIn(entries: readonly unknown[]): (fields: EntryFields) => boolean {
  const listed = new Set(identities(entries));
  return (fields) => {
    if (fields.baseUrl.trim() !== '' && baseUrlError(fields.baseUrl)) return false;
    return identities([newEntry({ ...fields, envKey: '' })]).some((own) => listed.has(own));
  };
}

function identities(entries: readonly unknown[]): readonly string[] {
  return readProviderList(MODEL_PROVIDERS_SETTING, 'openai', entries).entries.flatMap(({ entry }) =>
    entry ? modelKey(entry) : [],
  );
}

/** The entry that these fields make. */
export function newEntry(fields: EntryFields): { readonly [name: string]: JsonValue } {
  const { id, name, envKey, baseUrl } = written(fields);
  const config = Object.entries(configOf(fields)).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    id,
    ...(name && { name }),
    ...(envKey && { envKey }),
    ...(baseUrl && { baseUrl }),
    ...(config.length > 0 && { generationConfig: Object.fromEntries(config) }),
  };
}

/** What fields write into the `generationConfig` of an entry; undefined is left out. */
export function configOf(
  fields: EntryFields,
): Readonly<Record<'contextWindowSize' | 'timeout' | 'customHeaders', JsonValue | undefined>> {
  const seconds = readSeconds(fields.timeout);
  return {
    contextWindowSize: readTokens(fields.contextWindow),
    timeout: seconds === undefined ? undefined : Math.round(seconds * 1000),
    customHeaders: fields.headers.trim() === '' ? undefined : typedHeaders(fields.headers),
  };
}

function typedHeaders(lines: string): Readonly<Record<string, string>> {
  const headers = [...readHeaderLines(lines)];
  return Object.fromEntries(headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The fields as they are written: the base URL without what requests add themselves. */
export function written({
  id,
  name,
  envKey,
  baseUrl,
}: EntryFields): Pick<EntryFields, 'id' | 'name' | 'envKey' | 'baseUrl'> {
  return {
    id: id.trim(),
    name: name.trim(),
    envKey: envKey.trim(),
    baseUrl: baseUrl.trim() === '' ? '' : readBaseUrl(baseUrl).baseUrl,
  };
}

function baseUrlError(pasted: string): string | undefined {
  try {
    readBaseUrl(pasted);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

/** `131072`, and `131,072` or `131 072` as providers write it. */
function readTokens(text: string): number | undefined {
  const digits = text.trim().replaceAll(/[,_ ](?=\d{3})/g, '');
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : undefined;
}

function readSeconds(text: string): number | undefined {
  return /^\d{1,7}(?:\.\d{1,3})?$/.test(text.trim()) ? Number(text) : undefined;
}
