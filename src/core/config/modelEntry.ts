import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { isRecord, stringIn } from '../base/json';
import { isHiding, oneLine } from '../base/oneLine';
import { visibleText } from '../base/pasted';
import { type GenerationConfig, isReservedHeader, readGenerationConfig } from '../providers/generationConfig';
import { type Reasoning, readReasoning } from '../providers/reasoning';
import type { Source } from '../providers/source';
import { findBaseUrl, readBaseUrl } from './baseUrl';
import { defaultAddress, type DefaultAddress } from './defaultAddress';
import { addressIn, configFaults, entryFaults, isKeyProperty, type PropertyFault } from './entryProperties';
import type { JsonPath } from './jsonPath';
import { isKeyNotName, isVariableName } from './keyShape';
import { placeholderKind } from './placeholder';
import { type ProvidersOrigin, type ProvidersRule, providersProblem, sourceOf } from './providersOrigin';

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
  /** Who says its base URL, where that is not the entry itself. */
  readonly address?: Pick<DefaultAddress, 'source' | 'side'>;
}

/** What an element that cannot be used says of itself, as far as it can be read. */
export interface UnusableEntry {
  readonly id: string | undefined;
  /** The variable of its key. */
  readonly envKey: string;
  /** Undefined where it says no address, or one that cannot be read. */
  readonly baseUrl: string | undefined;
}

/** An element as it was read: the entry, unless something makes it unusable, and all that is wrong with it. */
export interface ReadEntry {
  readonly entry?: ModelEntry;
  readonly problems: readonly ConfigurationError[];
  /** The variable of its key, where the entry says an address for it that cannot be read: the key goes to no other. */
  readonly stranded?: string;
  readonly unusable?: UnusableEntry;
}

/** What an element that is not read says of its key, which goes to no other server. */
type Unread = Pick<ReadEntry, 'stranded' | 'unusable'>;

type Raw = Readonly<Record<string, unknown>>;
type At = (code: ProvidersRule, message: string, path?: JsonPath, severity?: 'error' | 'warning') => ConfigurationError;

/** How many faults of one kind are told of an entry. */
const MOST_FAULTS = 5;
const LONGEST_ID = 256;
const LONGEST_NAME = 200;
const LONGEST_DESCRIPTION = 1000;
const DEFAULT_ENV_KEY = 'OPENAI_API_KEY';
/** `$NAME`, `${NAME}`, `{env:NAME}`, `%NAME%` and the name alone. */
const REFERENCE = /^(?:\$?\{?(?:env[:.])?|%)([A-Za-z_]\w*)[}%]?$/;
const KEY_IN_SETTINGS = l10n.t(
  'A key goes into the keychain, or into the variable that "envKey" names. ' +
    'Take it out; until then this entry is not used',
);

/**
 * Reads one element of a list. A property that only looks like one that is read, and a value of another type, make it
 * unusable: what it leaves out would be filled in, and its key go elsewhere.
 */
export function readEntry(origin: ProvidersOrigin, place: JsonPath, raw: unknown): ReadEntry {
  const at: At = (code, message, path = [], severity) =>
    providersProblem(code, origin, [...place, ...path], message, severity);
  if (!isRecord(raw)) return { problems: [at('shape', l10n.t('must be an object with an "id"'))] };
  const address = readAddress(raw, origin, at);
  const problems = [
    ...idProblems(raw, at),
    ...envKeyProblems(raw, at),
    ...keyProblems(raw, at),
    ...worstOf(entryFaults(raw)).map((fault) => faultProblem(fault, [], at)),
    ...configProblems(raw['generationConfig'], at),
    ...(address instanceof ConfigurationError ? [address] : []),
  ];
  const isReadable = address !== undefined && !(address instanceof ConfigurationError);
  if (!isReadable || problems.some(({ severity }) => severity === 'error')) {
    const isStranded = raw['baseUrl'] === undefined ? addressIn(raw) !== undefined : !isReadable;
    const envKey = meantEnvKey(raw);
    const unusable = { id: stringIn(raw, 'id'), envKey, baseUrl: isReadable ? address.baseUrl : undefined };
    return { problems, unusable, ...(isStranded && { stranded: envKey }) };
  }
  return { entry: entryOf(raw, address, sourceOf(origin, place)), problems };
}

/** How far below what should be a list its elements may be: `{ protocol, models: [ … ] }`. */
const DEEPEST_ELEMENT = 3;

/** The elements of what is no list of this protocol; of those that name no variable, where it is the usual one. */
export function unreadEntries(value: unknown, isUsual: boolean, depth = DEEPEST_ELEMENT): readonly Unread[] {
  if (typeof value !== 'object' || value === null) return [];
  const address = addressIn(value);
  if (address === undefined)
    return depth > 0 ? Object.values(value).flatMap((inner) => unreadEntries(inner, isUsual, depth - 1)) : [];
  if (!isRecord(value) || (value['envKey'] === undefined && !isUsual)) return [];
  const baseUrl = findBaseUrl(address)?.baseUrl;
  const envKey = meantEnvKey(value);
  const unusable = { id: stringIn(value, 'id'), envKey, baseUrl };
  return [{ unusable, ...(baseUrl === undefined && { stranded: envKey }) }];
}

function entryOf(raw: Raw, { baseUrl, ...address }: Address, source: Source): ModelEntry {
  const id = stringIn(raw, 'id') ?? '';
  const capabilities = raw['capabilities'];
  const reasoning = readReasoning(isRecord(capabilities) ? capabilities['reasoning'] : undefined);
  return {
    protocol: 'openai',
    id,
    name: oneLine(stringIn(raw, 'name') ?? '', LONGEST_NAME) || id,
    description: oneLine(stringIn(raw, 'description') ?? '', LONGEST_DESCRIPTION) || undefined,
    envKey: envKeyOf(raw),
    baseUrl,
    generationConfig: readGenerationConfig(raw['generationConfig']),
    ...(reasoning && { reasoning }),
    source,
    ...address,
  };
}

function idProblems(raw: Raw, at: At): readonly ConfigurationError[] {
  const id = stringIn(raw, 'id');
  if (!id?.trim())
    return [at('missing-id', l10n.t('has no "id" that is a text: name the model, such as "qwen3-coder-plus"'))];
  if (isHiding(id) || id.length > LONGEST_ID) {
    return [
      at(
        'type',
        l10n.t('must be one line of at most {longestId} characters that can be seen', { longestId: LONGEST_ID }),
        ['id'],
      ),
    ];
  }
  return isKeyNotName(id)
    ? [at('key-in-entry', l10n.t('holds a key. {keyInSettings}', { keyInSettings: KEY_IN_SETTINGS }), ['id'])]
    : [];
}

function envKeyProblems(raw: Raw, at: At): readonly ConfigurationError[] {
  const envKey = stringIn(raw, 'envKey');
  if (envKey === undefined || isVariableName(visibleText(envKey))) return [];
  const meant = variableIn(envKey);
  const how = meant ? l10n.t('write "{meant}" alone', { meant }) : l10n.t('such as "OPENAI_API_KEY"');
  return [
    at('env-key', l10n.t('must be the name of a variable, {how}, and never the key itself', { how }), ['envKey']),
  ];
}

/** Other programs have the key itself in an entry; here it would stand in plain text, and another one be used. */
function keyProblems(raw: Raw, at: At): readonly ConfigurationError[] {
  const keys = Object.entries(raw).filter(([name, value]) => isKeyProperty(name) && value !== '' && value !== null);
  return keys.slice(0, MOST_FAULTS).flatMap(([name, value]) => {
    // A word alone may be the key, which no error repeats.
    const isReference = typeof value === 'string' && placeholderKind(value) === 'reference';
    const meant = isReference ? variableIn(value) : undefined;
    return meant
      ? [
          at(
            'unknown-property',
            l10n.t('is not read, "envKey" is. Write "envKey": "{meant}" in its place', { meant }),
            [name],
          ),
        ]
      : [at('key-in-entry', l10n.t('is not read. {keyInSettings}', { keyInSettings: KEY_IN_SETTINGS }), [name])];
  });
}

/** A few faults tell enough of an entry; what makes it unusable comes first. */
function worstOf(faults: readonly PropertyFault[]): readonly PropertyFault[] {
  const errors = faults.filter(({ severity }) => severity === 'error');
  return [...errors, ...faults.filter(({ severity }) => severity !== 'error')].slice(0, MOST_FAULTS);
}

function faultProblem({ code, name, message, severity }: PropertyFault, parent: JsonPath, at: At): ConfigurationError {
  const own = { baseUrl: 'base-url', envKey: 'env-key' } as const;
  return at(name === 'baseUrl' || name === 'envKey' ? own[name] : code, message, [...parent, name], severity);
}

function configProblems(config: unknown, at: At): readonly ConfigurationError[] {
  const faults = worstOf(configFaults(config)).map((fault) => faultProblem(fault, ['generationConfig'], at));
  return [...faults, ...headerProblems(config, at)];
}

/** Headers that would decide who is asked, and in whose name. */
function headerProblems(config: unknown, at: At): readonly ConfigurationError[] {
  const headers = isRecord(config) ? config['customHeaders'] : undefined;
  const reserved = Object.keys(isRecord(headers) ? headers : {}).filter(isReservedHeader);
  return reserved.slice(0, MOST_FAULTS).map((name) => {
    const message = l10n.t('is not sent: the extension sets this header itself, and a key goes into the keychain');
    return at('misplaced', message, ['generationConfig', 'customHeaders', name]);
  });
}

type Address = Pick<ModelEntry, 'baseUrl' | 'address'>;

/** Undefined where something else has been said of it. */
function readAddress(raw: Raw, origin: ProvidersOrigin, at: At): Address | ConfigurationError | undefined {
  const written = raw['baseUrl'];
  if (typeof written === 'string' && written.trim() !== '') {
    try {
      return { baseUrl: readBaseUrl(written).baseUrl };
    } catch (error) {
      if (error instanceof ConfigurationError)
        return at('base-url', l10n.t('is no base URL. {message}', { message: error.message }), ['baseUrl']);
      throw error;
    }
  }
  if (written !== undefined || addressIn(raw) !== undefined || envKeyProblems(raw, at).length > 0) return undefined;
  const found = defaultAddress(envKeyOf(raw), origin.variables);
  if (typeof found !== 'string') return { baseUrl: found.baseUrl, address: { source: found.source, side: found.side } };
  return at(
    'base-url',
    l10n.t('has no "baseUrl", and {found}: add the address of the server that its key is for', { found }),
  );
}

function envKeyOf(raw: Raw): string {
  const envKey = stringIn(raw, 'envKey');
  return envKey === undefined ? DEFAULT_ENV_KEY : visibleText(envKey);
}

/** The variable that an entry means, also where its name is written as a reference, or is none: then the usual one. */
function meantEnvKey(raw: Raw): string {
  return variableIn(envKeyOf(raw)) ?? DEFAULT_ENV_KEY;
}

/** The name of a variable, be it alone or in a reference. */
function variableIn(text: string): string | undefined {
  const name = REFERENCE.exec(visibleText(text))?.[1];
  return name && isVariableName(name) ? name : undefined;
}
