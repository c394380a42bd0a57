import * as l10n from '@vscode/l10n';
import { distance } from 'fastest-levenshtein';
import { countIn, isRecord, numberIn, stringIn, typeNameOf } from '../base/json';

/** What the value of a property is to be. A label may be empty: then there is none. */
type PropertyKind = 'text' | 'label' | 'number' | 'count' | 'object' | 'texts';

const EXPECTED = {
  text: l10n.t('a text'),
  label: l10n.t('a text'),
  number: l10n.t('a number'),
  count: l10n.t('a whole number above 0'),
  object: l10n.t('an object: { … }'),
  texts: l10n.t('an object of texts: { "name": "text" }'),
} as const satisfies Record<PropertyKind, string>;

/** A property that is read. */
interface Property {
  readonly kind: PropertyKind;
  /** Other names that people and other programs have for it, in small letters and without signs. */
  readonly other?: string;
}

type Properties = Readonly<Record<string, Property>>;

/** What is wrong with a property of an object: at its name, relative to the object. */
export interface PropertyFault {
  readonly code: 'unknown-property' | 'type' | 'misplaced';
  readonly name: string;
  readonly message: string;
  /** With `warning` the entry is used all the same. */
  readonly severity: 'error' | 'warning';
}

/** The properties of a model entry that are read. */
const ENTRY_PROPERTIES = {
  id: { kind: 'text', other: 'model modelid modelname modelslug slug deployment deploymentname' },
  name: { kind: 'label' },
  description: { kind: 'label' },
  envKey: {
    kind: 'text',
    other:
      'env envvar envvariable envname keyenv keyenvvar keyname keyvar keyvariable apikeyenv apikeyenvvar ' +
      'apikeyenvkey apikeyname apikeyvar apikeyvariable environmentvariable environmentkey',
  },
  baseUrl: {
    kind: 'text',
    other:
      'base url uri host server address endpoint apibase apibaseurl apiurl apiuri apihost apiendpoint apiaddress ' +
      'apiserver baseuri basepath baseaddress endpointurl serverurl hosturl gateway gatewayurl proxyurl ' +
      'openaibaseurl openaiapibase',
  },
  generationConfig: { kind: 'object', other: 'genconfig modelconfig' },
  capabilities: { kind: 'object' },
} as const satisfies Properties;

/** The members of `generationConfig` that are read. */
const CONFIG_PROPERTIES = {
  timeout: { kind: 'number', other: 'timeoutms requesttimeout timeoutmillis' },
  maxRetries: { kind: 'number', other: 'retries retrycount' },
  samplingParams: { kind: 'object', other: 'sampling samplingparameters' },
  customHeaders: {
    kind: 'texts',
    other: 'headers extraheaders defaultheaders additionalheaders requestheaders',
  },
  extra_body: { kind: 'object', other: 'additionalbody bodyparams' },
  contextWindowSize: {
    kind: 'count',
    other: 'contextwindow contextlength contextsize context maxcontext maxcontextlength maxinputtokens numctx ctxsize',
  },
  modalities: { kind: 'object' },
} as const satisfies Properties;

/** What belongs into `samplingParams`. */
const SAMPLING = new Set(
  (
    'temperature top_p top_k min_p max_tokens max_completion_tokens presence_penalty frequency_penalty ' +
    'repetition_penalty seed stop'
  ).split(' '),
);

/** Names under which other programs have the key itself in an entry. */
const KEYS = new Set(
  'apikey key token secret authtoken accesstoken bearertoken secretkey apitoken apisecret'.split(' '),
);

/** Whether a property is named as if it held the key itself. */
export function isKeyProperty(name: string): boolean {
  return !Object.hasOwn(ENTRY_PROPERTIES, name) && KEYS.has(plainName(name));
}

/**
 * The right name for a property of a model entry that only looks like one that is read, by where it stands in the
 * entry.
 */
export function rightName(path: readonly (string | number)[]): string | undefined {
  const name = String(path.at(-1));
  return meantBy(name, path.at(-2) === 'generationConfig' ? CONFIG_PROPERTIES : ENTRY_PROPERTIES);
}

/** The address in a model entry, or in what looks like one, under whatever name. */
export function addressIn(entry: unknown): string | undefined {
  const names = Object.keys(isRecord(entry) ? entry : {}).filter(
    (name) => meantBy(name, ENTRY_PROPERTIES) === 'baseUrl',
  );
  return names.map((name) => stringIn(entry, name)).find(Boolean);
}

/** What is wrong with the properties of a model entry, its id and `generationConfig` left aside. */
export function entryFaults(entry: Readonly<Record<string, unknown>>): readonly PropertyFault[] {
  return faultsIn(entry, ENTRY_PROPERTIES, (name) => {
    if (SAMPLING.has(name)) return '"samplingParams" in "generationConfig"';
    return meantBy(name, CONFIG_PROPERTIES) === undefined ? undefined : '"generationConfig"';
  });
}

/** What is wrong with the members of a `generationConfig`. */
export function configFaults(config: unknown): readonly PropertyFault[] {
  if (!isRecord(config)) return [];
  return faultsIn(config, CONFIG_PROPERTIES, (name) => (SAMPLING.has(name) ? '"samplingParams"' : undefined));
}

function faultsIn(
  record: Readonly<Record<string, unknown>>,
  known: Properties,
  homeOf: (name: string) => string | undefined,
): readonly PropertyFault[] {
  return Object.keys(record).flatMap((name): readonly PropertyFault[] => {
    const own = Object.hasOwn(known, name) ? known[name] : undefined;
    if (own) return name === 'id' || isOfKind(own.kind, record, name) ? [] : [wrongValue(name, own.kind, record)];
    const meant = meantBy(name, known);
    if (meant !== undefined) return [misnamed(name, meant, Object.hasOwn(record, meant))];
    const home = homeOf(name);
    if (home === undefined) return [];
    const message = l10n.t('is not read here: it belongs into {home}', { home });
    return [{ code: 'misplaced', name, message, severity: 'warning' }];
  });
}

/**
 * The property that a name looks like: the same but for signs and capitals, one that is known for it, or a slip away.
 */
function meantBy(name: string, known: Properties): string | undefined {
  const plain = plainName(name);
  if (plain === '') return undefined;
  const names = plainNames(known);
  return (
    names.find(([, right]) => right === plain)?.[0] ??
    names.find(([, , others]) => others.includes(plain))?.[0] ??
    names.find(([, right]) => right.length > 5 && isNear(right, plain))?.[0]
  );
}

function isNear(right: string, plain: string): boolean {
  return Math.abs(right.length - plain.length) <= 2 && distance(right, plain) <= 2;
}

type PlainName = readonly [name: string, plain: string, others: readonly string[]];
const plainNamesOf = new WeakMap<Properties, readonly PlainName[]>();

/** The known names without signs and capitals, and others that mean them; asked for with every property of a file. */
function plainNames(known: Properties): readonly PlainName[] {
  const names =
    plainNamesOf.get(known) ??
    Object.entries(known).map(([name, { other = '' }]) => [name, plainName(name), other.split(' ')] as const);
  plainNamesOf.set(known, names);
  return names;
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Beside the right one, a wrong name says nothing of where requests go. */
function misnamed(name: string, meant: string, isBeside: boolean): PropertyFault {
  const message = isBeside
    ? l10n.t('is not read, "{meant}" beside it is', { meant })
    : l10n.t('is not read, "{meant}" is. Rename it; until then this entry is not used', { meant });
  return { code: 'unknown-property', name, message, severity: isBeside ? 'warning' : 'error' };
}

/** A number that counts nothing is left out alone: nothing but a size is filled in for it. */
function wrongValue(name: string, kind: PropertyKind, record: Readonly<Record<string, unknown>>): PropertyFault {
  if (kind === 'count' && numberIn(record, name) !== undefined) {
    const message = l10n.t('must be {expected}; until then it is not read', { expected: EXPECTED[kind] });
    return { code: 'type', name, message, severity: 'warning' };
  }
  const message = l10n.t(
    'must be {expected}, and is {type}. Mend it or leave it out; until then this entry is not used',
    { expected: EXPECTED[kind], type: typeNameOf(record[name]) },
  );
  return { code: 'type', name, message, severity: 'error' };
}

function isOfKind(kind: PropertyKind, record: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = record[name];
  // Programs write what is not there so. Where a key goes is never left out by it.
  if (value === null) return kind !== 'text';
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '';
    case 'label':
      return typeof value === 'string';
    case 'number':
      return numberIn(record, name) !== undefined;
    case 'count':
      return countIn(record, name) !== undefined;
    case 'object':
      return isRecord(value);
    case 'texts':
      return isRecord(value) && Object.values(value).every((one) => typeof one === 'string');
  }
}
