import type { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import { modelKey } from '../providers/model';
import { type ModelEntry, readEntry, type ReadEntry } from './modelEntry';
import { MODEL_PROVIDERS_SETTING, type ProvidersOrigin, providersProblem } from './providersOrigin';

/** What `modelProviders` holds; one bad entry is a problem of its own and takes no other with it. */
export interface ModelProviders {
  readonly entries: readonly ModelEntry[];
  readonly problems: readonly ConfigurationError[];
  /** Variables whose keys are for an address that cannot be read, and so go to no address by default. */
  readonly stranded: readonly string[];
}

/** The list of one provider as it was read: each element in its order. */
export interface ReadList {
  readonly entries: readonly ReadEntry[];
  /** What is wrong with the list as a whole. */
  readonly problem?: ConfigurationError;
}

/** More models than these nobody has written; a longer list is read up to here. */
const MOST_ENTRIES = 1000;

/** Reads an object of arrays of model entries. The same protocol, id and base URL twice: the first wins. */
export function readModelProviders(value: unknown, origin: ProvidersOrigin = MODEL_PROVIDERS_SETTING): ModelProviders {
  if (value === undefined || value === null) return { entries: [], problems: [], stranded: [] };
  if (!isRecord(value)) {
    const message = 'must be an object such as { "openai": [ … ] }';
    return { entries: [], problems: [providersProblem('shape', origin, [], message)], stranded: [] };
  }
  const lists = Object.entries(value).map(([provider, list]) => readProviderList(origin, provider, list));
  const read = lists.flatMap(({ entries }) => entries);
  return {
    entries: uniqueEntries(read.flatMap(({ entry }) => entry ?? [])),
    problems: lists.flatMap(({ entries, problem }) => [
      ...(problem ? [problem] : []),
      ...entries.flatMap(({ problems }) => problems),
    ]),
    stranded: read.flatMap(({ stranded }) => stranded ?? []),
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

/** Reads the list of one provider, up to its thousandth element. */
export function readProviderList(origin: ProvidersOrigin, provider: string, list: unknown): ReadList {
  if ((origin.protocols?.get(provider) ?? provider) !== 'openai') {
    const message = 'is a protocol that is not spoken here; only "openai" is, so its models are left out';
    return { entries: [], problem: providersProblem('protocol', origin, [provider], message) };
  }
  if (!Array.isArray(list)) {
    const message = 'must be a list of models: [ { "id": … } ]';
    return { entries: [], problem: providersProblem('shape', origin, [provider], message) };
  }
  const raws: readonly unknown[] = list.slice(0, MOST_ENTRIES);
  const entries = raws.map((raw, index) => readEntry(origin, [provider, index], raw));
  if (list.length <= MOST_ENTRIES) return { entries };
  const message = `has ${list.length} models; only the first ${MOST_ENTRIES} are read`;
  return { entries, problem: providersProblem('too-many', origin, [provider], message) };
}
