import { keyNames } from '../config/keyNames';
import type { Model } from '../providers/model';
import type { Snapshot } from '../session/snapshot';
import { isMixedUp } from './keyMisuse';
import { isListedAs, listedEntries, OPENAI_KEY } from './listedEntries';

/** A variable for the key of a model in new settings: the usual one, unless Qwen Code would use it elsewhere too. */
export function newKeyName(model: Model, { configuration }: Pick<Snapshot, 'configuration'>): string {
  const entries = listedEntries(configuration);
  const own = entries.find((entry) => entry.scope === 'user' && isListedAs(entry, model));
  const names = [...(own?.envKey === undefined ? [] : [own.envKey]), ...keyNames(model)];
  const isFree = (name: string): boolean => !entries.some((entry) => isMixedUp(entry, name, model, configuration));
  return names.find(isFree) ?? names.at(-1) ?? OPENAI_KEY;
}
