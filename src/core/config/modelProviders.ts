import type { Source } from '../providers/source';
import { ConfigurationError } from '../base/errors';
import { isRecord, stringIn } from '../base/json';
import { type GenerationConfig, readGenerationConfig } from '../providers/generationConfig';
import { modelKey } from '../providers/model';
import { type Reasoning, readReasoning } from '../providers/reasoning';
import { readBaseUrl } from './baseUrl';
import type { JsonPath } from './jsonc';
import { isVariableName } from './keyShape';

/** One usable element of `modelProviders[provider]`, with what it leaves out filled in. */
export interface ModelEntry {
  readonly protocol: 'openai';
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The name of the variable that its key is customarily kept in. */
  readonly envKey: string;
  readonly baseUrl: string;
  readonly generationConfig: GenerationConfig;
  /** How its thinking is steered, where the entry says so. */
  readonly reasoning?: Reasoning;
  readonly source: Source;
}

/** What `modelProviders` holds; one bad entry is a problem of its own and takes no other with it. */
export interface ModelProviders {
  readonly entries: readonly ModelEntry[];
  readonly problems: readonly ConfigurationError[];
}

/** Whose `modelProviders` it is. */
export interface ProvidersOrigin {
  readonly kind: Source['kind'];
  /** The setting's name, or the file's path. */
  readonly name: string;
  /** The line of a place in the value, in a file that is known. */
  readonly lineOf?: (place: JsonPath) => number | undefined;
  readonly file?: string;
  /** Provider ids of the person's own → the protocol they speak. */
  readonly protocols?: ReadonlyMap<string, string>;
}

/** What can be wrong with `modelProviders`. */
export type ProvidersRule = 'shape' | 'protocol' | 'missing-id' | 'env-key' | 'base-url';

/** VS Code's setting. */
export const MODEL_PROVIDERS_SETTING: ProvidersOrigin = { kind: 'settings', name: 'qwen.modelProviders' };

const DEFAULT_ENV_KEY = 'OPENAI_API_KEY';
/** Where requests of an entry go that names no base URL. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/** Reads an object of arrays of model entries. The same protocol, id and base URL twice: the first wins. */
export function readModelProviders(value: unknown, origin: ProvidersOrigin = MODEL_PROVIDERS_SETTING): ModelProviders {
  if (value === undefined || value === null) return { entries: [], problems: [] };
  if (!isRecord(value)) {
    return { entries: [], problems: [problem('shape', origin, [], 'must be an object such as { "openai": [ … ] }')] };
  }
  const read = Object.entries(value).flatMap(([provider, list]) => readProviderList(origin, provider, list));
  return {
    entries: uniqueEntries(read.flatMap((entry) => (entry instanceof ConfigurationError ? [] : [entry]))),
    problems: read.filter((entry) => entry instanceof ConfigurationError),
  };
}

/** Of several entries for one model, the first. */
export function uniqueEntries(entries: readonly ModelEntry[]): readonly ModelEntry[] {
  const known = new Set<string>();
  return entries.filter((entry) => {
    const key = modelKey(entry);
    return !known.has(key) && known.add(key);
  });
}

/** Reads the list of one provider: each entry in its order, or what is wrong with it. */
export function readProviderList(
  origin: ProvidersOrigin,
  provider: string,
  list: unknown,
): readonly (ModelEntry | ConfigurationError)[] {
  if ((origin.protocols?.get(provider) ?? provider) !== 'openai') {
    const message = 'is a protocol that is not spoken here; only "openai" is, so its models are left out';
    return [problem('protocol', origin, [provider], message)];
  }
  if (!Array.isArray(list)) return [problem('shape', origin, [provider], 'must be a list of models: [ { "id": … } ]')];
  return list.map((entry: unknown, index) => readEntry(origin, [provider, index], entry));
}

function readEntry(origin: ProvidersOrigin, place: JsonPath, entry: unknown): ModelEntry | ConfigurationError {
  if (!isRecord(entry)) return problem('shape', origin, place, 'must be an object with an "id"');
  const id = stringIn(entry, 'id');
  if (!id) return problem('missing-id', origin, place, 'has no "id": name the model, such as "qwen3-coder-plus"');
  const envKey = stringIn(entry, 'envKey') ?? DEFAULT_ENV_KEY;
  if (!isVariableName(envKey)) {
    const message = 'must be the name of a variable, such as "OPENAI_API_KEY", and never the key itself';
    return problem('env-key', origin, [...place, 'envKey'], message);
  }
  try {
    const { baseUrl } = readBaseUrl(stringIn(entry, 'baseUrl') ?? DEFAULT_BASE_URL);
    const reasoning = readReasoning(isRecord(entry['capabilities']) ? entry['capabilities']['reasoning'] : undefined);
    return {
      protocol: 'openai',
      id,
      name: stringIn(entry, 'name') ?? id,
      description: stringIn(entry, 'description'),
      envKey,
      baseUrl,
      generationConfig: readGenerationConfig(entry['generationConfig']),
      ...(reasoning && { reasoning }),
      source: sourceOf(origin, place),
    };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return problem('base-url', origin, [...place, 'baseUrl'], `is no base URL. ${error.message}`);
  }
}

function sourceOf(origin: ProvidersOrigin, place: JsonPath): Source {
  const line = origin.lineOf?.(place);
  const name = origin.file ? 'modelProviders' : origin.name;
  return { kind: origin.kind, name, ...(origin.file && { file: origin.file }), ...(line !== undefined && { line }) };
}

function problem(code: ProvidersRule, origin: ProvidersOrigin, place: JsonPath, message: string): ConfigurationError {
  const path = place.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  const line = origin.lineOf?.(place);
  const where = origin.file ? `modelProviders${path} in ${origin.file}` : `${origin.name}${path}`;
  const rule = { code, path: place };
  const at = line === undefined ? where : `${where}, line ${line},`;
  return new ConfigurationError(
    origin.file ? { file: origin.file, ...(line !== undefined && { line }), rule } : { setting: origin.name, rule },
    `${at} ${message}.`.replace(/\.\.$/, '.'),
    code === 'protocol' ? 'information' : 'error',
  );
}
