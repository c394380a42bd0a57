import * as l10n from '@vscode/l10n';
import type { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import type { JsonPath } from './jsonPath';
import { modelKey } from '../providers/model';
import { type ModelEntry, readEntry, type ReadEntry, unreadEntries, type UnusableEntry } from './modelEntry';
import { MODEL_PROVIDERS_SETTING, type ProvidersOrigin, providersProblem } from './providersOrigin';

/** The models that are listed, and what is known of those that cannot be used. */
export interface ListedModels {
  readonly entries: readonly ModelEntry[];
  /** Variables whose keys are for an address that cannot be read, and so go to no address by default. */
  readonly stranded: readonly string[];
  readonly unusable: readonly UnusableEntry[];
}

/** What `modelProviders` holds; one bad entry is a problem of its own and takes no other with it. */
export interface ModelProviders extends ListedModels {
  readonly problems: readonly ConfigurationError[];
}

/** The list of one provider as it was read: each element in its order. */
interface ReadList {
  readonly entries: readonly ReadEntry[];
  /** What is wrong with the list as a whole. */
  readonly problem?: ConfigurationError;
}

/** Protocols whose usual variable is another. */
const OWN_VARIABLES = /^(?:anthropic|gemini|vertex-ai)$/;
const OTHER_PROTOCOLS = /^(?:anthropic|gemini|vertex-ai|openai-responses|qwen-oauth)$/;

/** More than these nobody has written; what goes on behind them is left out, and said to be. */
const MOST_ENTRIES = 1000;
const MOST_LISTS = 100;
const MOST_PROBLEMS = 100;

/** Reads an object of arrays of model entries. The same protocol, id and base URL twice: the first wins. */
export function readModelProviders(value: unknown, origin: ProvidersOrigin = MODEL_PROVIDERS_SETTING): ModelProviders {
  if (value === undefined || value === null) return { entries: [], problems: [], ...heldBack([]) };
  if (!isRecord(value)) {
    const message = l10n.t('must be an object such as { "openai": [ … ] }');
    const problems = [providersProblem('shape', origin, [], message)];
    return { entries: [], problems, ...heldBack(unreadEntries(value, true)) };
  }
  const { lists, problem: tooMany } = readProviderLists(origin, value);
  const read = lists.flatMap(({ entries }) => entries);
  const entries = uniqueEntries(read.flatMap(({ entry }) => entry ?? []));
  const used = new Set(entries);
  const problems = lists.flatMap(({ provider, entries: all, problem }) => [
    ...(problem ? [problem] : []),
    ...all.flatMap(({ entry, problems: own }, index) =>
      !entry || used.has(entry) ? own : [...own, secondEntry(origin, [provider, index])],
    ),
  ]);
  const unread = lists.flatMap(({ provider, entries: all }) =>
    all.length > 0 ? [] : unreadEntries(value[provider], !OWN_VARIABLES.test(protocolOf(provider, origin))),
  );
  return {
    entries,
    problems: [...(tooMany ? [tooMany] : []), ...mostOf(problems, origin)],
    ...heldBack([...read, ...unread]),
  };
}

function secondEntry(origin: ProvidersOrigin, place: JsonPath): ConfigurationError {
  const message = l10n.t('is not used: an entry before it has the same "id" and "baseUrl"');
  return providersProblem('duplicate', origin, place, message, 'warning');
}

/** A key that something is said of goes nowhere else, be that read or not. */
function heldBack(
  read: readonly Pick<ReadEntry, 'stranded' | 'unusable'>[],
): Pick<ModelProviders, 'stranded' | 'unusable'> {
  return {
    stranded: read.flatMap(({ stranded }) => stranded ?? []),
    unusable: read.flatMap(({ unusable }) => unusable ?? []),
  };
}

function protocolOf(provider: string, { protocols }: ProvidersOrigin): string {
  return protocols?.get(provider) ?? provider;
}

/** The lists of an object of arrays by their names, at most 100 with 1,000 elements in all. */
export function readProviderLists(
  origin: ProvidersOrigin,
  value: Readonly<Record<string, unknown>>,
): { readonly lists: readonly (ReadList & { readonly provider: string })[]; readonly problem?: ConfigurationError } {
  let left = MOST_ENTRIES;
  const all = Object.entries(value);
  const lists = all.slice(0, MOST_LISTS).map(([provider, list]) => {
    const read = readProviderList(origin, provider, list, left);
    left -= read.entries.length;
    return { provider, ...read };
  });
  if (all.length <= MOST_LISTS) return { lists };
  const message = l10n.t('has {count} lists; only the first {most} are read', {
    count: all.length,
    most: MOST_LISTS,
  });
  return { lists, problem: providersProblem('too-many', origin, [], message) };
}

function mostOf(problems: readonly ConfigurationError[], origin: ProvidersOrigin): readonly ConfigurationError[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const message = l10n.t('has {count} faults more than are told', { count: problems.length - MOST_PROBLEMS });
  return [...problems.slice(0, MOST_PROBLEMS), providersProblem('too-many', origin, [], message)];
}

/** Of several entries for one model, the first. */
export function uniqueEntries(entries: readonly ModelEntry[]): readonly ModelEntry[] {
  const known = new Set<string>();
  return entries.filter((entry) => {
    const key = modelKey(entry);
    return !known.has(key) && known.add(key);
  });
}

/** Reads the list of one provider, up to `most` of its elements. */
export function readProviderList(
  origin: ProvidersOrigin,
  provider: string,
  list: unknown,
  most = MOST_ENTRIES,
): ReadList {
  const protocol = protocolOf(provider, origin);
  if (protocol !== 'openai') {
    const isOther = OTHER_PROTOCOLS.test(protocol);
    const message = isOther
      ? l10n.t('is a protocol that is not spoken here; only "openai" is, so its models are left out')
      : l10n.t('is no protocol, so its models are left out. List them under "openai"');
    const severity = isOther ? undefined : 'warning';
    return { entries: [], problem: providersProblem('protocol', origin, [provider], message, severity) };
  }
  if (!Array.isArray(list)) {
    const message = l10n.t('must be a list of models: [ { "id": … } ]');
    return { entries: [], problem: providersProblem('shape', origin, [provider], message) };
  }
  const raws: readonly unknown[] = list.slice(0, most);
  const entries = raws.map((raw, index) => readEntry(origin, [provider, index], raw));
  if (list.length <= most) return { entries };
  const message = l10n.t('has {length} models; only the first {most} are read', { length: list.length, most });
  return { entries, problem: providersProblem('too-many', origin, [provider], message) };
}
