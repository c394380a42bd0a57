import * as l10n from '@vscode/l10n';
import type { KeyMethod } from '../base/method';
import { ConfigurationError } from '../base/errors';
import { findProvider } from '../providers/catalogue';
import { CUSTOM_SERVER } from '../providers/ownServers';
import { OPENAI } from '../providers/vendors';
import type { Provider } from '../providers/provider';
import { isHiding } from '../base/oneLine';
import { hostOf } from '../base/origin';
import { redact } from '../base/redaction';
import { Secret } from '../base/secret';
import { readApiKey } from '../signIn/apiKey';
import type { SignInOptions } from '../signIn/signInRequest';
import { type BaseUrl, readBaseUrl } from '../config/baseUrl';
import { FAMILIES } from '../config/families';
import { type Clue, type Clues, PROVIDER_OF_FAMILY } from './clues';
import { isPlaceholder } from '../config/placeholder';
import { isForAnthropic, namedProvider, namedRegion, providerWithoutUrl, type Target, targetOf } from './providerNames';
import type { Field } from './shapes';

/** A sign-in that a text describes. */
export interface PlainSignIn {
  readonly request: SignInOptions & { readonly method: KeyMethod };
  readonly apiKey: Secret | undefined;
  /** What is to be asked for. */
  readonly missing: readonly (Field | 'provider')[];
  /** What the text says and is not used: sentences for a person, without secrets. */
  readonly notUnderstood: readonly string[];
}

/** What a text gives for one field: the first value that can be used, and what is wrong with others. */
interface Given<T> {
  readonly value?: T | undefined;
  readonly problem?: string;
}

const NAMES: Readonly<Record<Field, string>> = {
  apiKey: l10n.t('API key'),
  baseUrl: l10n.t('base URL'),
  model: l10n.t('model'),
};

/** The sign-in that clues lead to; undefined where they lead to no key and no provider. */
export function readSignIn(found: Clues): PlainSignIn | undefined {
  const { clues, family, strangers } = oneFamily(found.clues);
  const keys = clues.filter(({ field }) => field === 'apiKey');
  const placeholders = clues.filter(isOpen).map(({ value }) => value);
  const named =
    findProvider(PROVIDER_OF_FAMILY.get(family ?? '')) ?? namedProvider([found.rest, ...placeholders].join('\n'));
  const address = given('baseUrl', clues, readAddress);
  const target = findTarget(address, named, keys, family);
  if (!target && keys.length === 0) return undefined;

  const provider = target?.provider;
  const key = given('apiKey', clues, (value) => {
    const pasted = new Secret(value);
    return provider ? readApiKey(pasted, provider) : pasted;
  });
  const model = given('model', clues, readModel);
  const modelId = model.value ?? address.value?.model;
  const region = target?.region ?? (provider && namedRegion(found.rest, provider));
  const baseUrl = target?.region ? undefined : address.value?.baseUrl;
  const missing = {
    provider: !provider,
    baseUrl: !address.value && (provider?.baseUrl === 'required' || address.problem),
    model: !modelId && model.problem,
    apiKey: !key.value && (provider?.key !== 'optional' || key.problem),
  };
  const problems = [
    ...[key, address, model].flatMap(({ problem }) => problem ?? []),
    ...(baseUrl && named?.baseUrl === 'fixed'
      ? [l10n.t('{host} is not an address of {label}.', { host: hostOf(baseUrl), label: named.label })]
      : []),
    ...strangers.map((name) =>
      l10n.t('{name} is left out: the variables that begin with {family}_ are used.', { name, family: family ?? '' }),
    ),
    ...found.unknown.map((name) => l10n.t('{name} is not used here.', { name })),
  ];
  const secrets = keys.filter((clue) => !isOpen(clue)).map(({ value }) => new Secret(value));
  return {
    request: {
      method: provider?.method === 'coding-plan' ? 'coding-plan' : 'api-key',
      ...(provider && { provider: provider.id }),
      ...(region?.id && { region: region.id }),
      ...(baseUrl && { baseUrl }),
      ...(modelId && { model: modelId }),
    },
    apiKey: key.value,
    missing: (['provider', 'baseUrl', 'model', 'apiKey'] as const).filter((field) => missing[field]),
    notUnderstood: [...new Set(problems)].map((problem) => redact(problem, ...secrets)),
  };
}

function readAddress(text: string): BaseUrl {
  const address = readBaseUrl(text);
  if (!isForAnthropic(address.baseUrl) || targetOf(address.baseUrl, undefined).region) return address;
  const host = hostOf(address.baseUrl);
  const why = l10n.t("{host} is given with the address for Anthropic's protocol. Write the one for OpenAI's.", {
    host,
  });
  throw new ConfigurationError({ field: 'base URL' }, why);
}

function readModel(id: string): string {
  if (!isHiding(id)) return id;
  const why = l10n.t('The name of a model is one line of characters that can be seen.');
  throw new ConfigurationError({ field: 'model' }, why);
}

/** Those that are read elsewhere too. */
const FIRST_FAMILIES = FAMILIES.map(({ key }) => key.replace(/_API_KEY$/, ''));

/**
 * Never the key of one family with the URL of another; `OPENAI_…` comes before `LLAMA_…`, and both before others.
 * `BASE_URL` and its kin, of no family, go with a key of none only: web applications call their own address so.
 */
function oneFamily(clues: readonly Clue[]): { clues: readonly Clue[]; family?: string; strangers: readonly string[] } {
  const keys = clues.filter(({ field, family }) => field === 'apiKey' && family);
  const real = keys.filter((clue) => !isOpen(clue));
  const families = (real.length > 0 ? real : keys).map((clue) => clue.family);
  const family =
    FIRST_FAMILIES.find((one) => families.includes(one)) ??
    families.find((one) => one && PROVIDER_OF_FAMILY.has(one)) ??
    families[0] ??
    clues.find((one) => one.family)?.family;
  if (!family) return { clues, strangers: [] };
  const isPlain = (clue: Clue): boolean => clue.name !== undefined && clue.family === undefined;
  const isKeyOfNone = clues.some((clue) => clue.field === 'apiKey' && !clue.family && !isOpen(clue));
  const isKeyOfFamily = real.length > 0 || (keys.length > 0 && !isKeyOfNone);
  const isStranger = (clue: Clue): boolean =>
    isPlain(clue) ? isKeyOfFamily : clue.family !== undefined && clue.family !== family;
  const strangers = clues.filter(isStranger).flatMap(({ name = [] }) => name);
  return { clues: clues.filter((clue) => !isStranger(clue)), family, strangers };
}

function findTarget(
  { value, problem }: Given<BaseUrl>,
  named: Provider | undefined,
  keys: readonly Clue[],
  family: string | undefined,
): Target | undefined {
  if (value) return targetOf(value.baseUrl, named);
  const key = keys.find((clue) => !isOpen(clue)) ?? keys.at(-1);
  // Where a server was meant that cannot be read, the key must not go to a guessed one.
  const guess = problem ? CUSTOM_SERVER : family && FIRST_FAMILIES.includes(family) ? OPENAI : undefined;
  const provider = (problem ? named : providerWithoutUrl(named, key?.value ?? '')) ?? guess;
  return provider && { provider };
}

function given<T>(field: Field, clues: readonly Clue[], read: (value: string) => T): Given<T> {
  const own = clues.filter((clue) => clue.field === field);
  const values = [...new Set(own.filter((clue) => !isOpen(clue)).map(({ value }) => value))];
  const [first, ...more] = values.map((value) => readOrProblem(value, read)).sort(usableFirst);
  if (first?.value !== undefined && more.length > 0) {
    return {
      value: first.value,
      problem: l10n.t('The text holds more than one {field}; only one is used.', { field: NAMES[field] }),
    };
  }
  const [open] = own;
  return (
    first ??
    (open
      ? {
          problem: l10n.t('{name} holds a placeholder where the {field} should be.', {
            name: open.name ?? l10n.t('The text'),
            field: NAMES[field],
          }),
        }
      : {})
  );
}

function readOrProblem<T>(value: string, read: (value: string) => T): Given<T> {
  try {
    return { value: read(value) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problem: error.message };
    throw error;
  }
}

function usableFirst(one: Given<unknown>, other: Given<unknown>): number {
  return Number(one.value === undefined) - Number(other.value === undefined);
}

function isOpen({ value }: Clue): boolean {
  return isPlaceholder(value);
}
