import { isRecord } from '../base/json';
import { modelKey } from '../providers/model';
import { readEntry } from './modelEntry';
import { MODEL_PROVIDERS_SETTING } from './providersOrigin';

/**
 * The `modelProviders` with these entries before those that are there, without the earlier entries of the same models;
 * what is no object of lists is left out where entries come in its place.
 */
export function putEntries(
  before: unknown,
  added: Readonly<Record<string, readonly unknown[]>>,
): Readonly<Record<string, unknown>> {
  const lists = isRecord(before) ? before : {};
  const merged = Object.entries(added).map(([provider, entries]) => {
    const own = lists[provider];
    const known: readonly unknown[] = Array.isArray(own) ? own : [];
    const replaced = new Set(entries.map(identityOf));
    return [provider, [...entries, ...known.filter((entry) => !replaced.has(identityOf(entry)))]];
  });
  return { ...lists, ...Object.fromEntries(merged) };
}

/** The same for entries of the same model; one that cannot be read is the same only as its equal. */
function identityOf(raw: unknown): string {
  const { entry } = readEntry(MODEL_PROVIDERS_SETTING, [], raw);
  return entry ? modelKey(entry) : JSON.stringify(raw);
}
