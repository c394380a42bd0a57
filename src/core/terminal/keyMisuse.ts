import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { hostOf, isSameOrigin } from '../base/origin';
import type { Configuration } from '../config/configuration';
import { DEFAULT_BASE_URL } from '../config/defaultAddress';
import { QWEN_CODE_SETTINGS } from '../config/qwenSettings';
import { findVariables } from '../config/variables';
import type { Access } from '../providers/access';
import type { Model } from '../providers/model';
import type { Snapshot } from '../session/snapshot';
import { isListedAs, type ListedEntry, listedEntries, OPENAI_KEY } from './listedEntries';

/** The entry for which Qwen Code would use what is meant for a model; undefined where there is none. */
export function findMisuse(
  name: string,
  { model, access }: { readonly model: Model; readonly access: Pick<Access, 'key'> },
  { configuration }: Pick<Snapshot, 'configuration'>,
): ListedEntry | undefined {
  const entries = listedEntries(configuration);
  const isListed = entries.some((entry) => !entry.isReplaced && isListedAs(entry, model));
  return entries.find((entry) => {
    // An entry of that name beats the variables.
    const isFirst = !isListed && !entry.isReplaced && entry.isOpenAI && entry.id === model.id;
    const isSecret = access.key !== undefined || entry.baseUrl === undefined;
    return isFirst || (isSecret && isMixedUp(entry, name, model, configuration));
  });
}

/** Whether Qwen Code would send the key in that variable to the entry's address, or the entry's key to the model's. */
export function isMixedUp(entry: ListedEntry, name: string, model: Model, { variables }: Configuration): boolean {
  const { envKey, baseUrl, isOpenAI } = entry;
  const isUsual = name === OPENAI_KEY;
  const hasOwnKey = envKey !== undefined && envKey !== name && findVariables(envKey, variables).length > 0;
  // Without an address of its own it takes the variables', which go with the usual key.
  if (isUsual && baseUrl === undefined) return isOpenAI && hasOwnKey;
  const reads = envKey === name || (isUsual && isOpenAI && !hasOwnKey);
  return reads && !isSameOrigin(baseUrl ?? DEFAULT_BASE_URL, model.baseUrl);
}

/**
 * The error for an entry that `findMisuse` found. New settings of the person's own tell it apart from the model, unless
 * a workspace's stand in their place.
 */
export function misuseError({ file, scope, id, baseUrl, isReplaced }: ListedEntry, model: Model): ConfigurationError {
  return new ConfigurationError(
    scope === 'user' && !isReplaced ? { part: QWEN_CODE_SETTINGS } : { file },
    l10n.t(
      'Qwen Code would mix up {other} at {otherHost}, from {file}, with {name} at {host}: ' +
        'the key of one would go to the other.',
      {
        other: id,
        otherHost: hostOf(baseUrl ?? DEFAULT_BASE_URL),
        file,
        name: model.name,
        host: hostOf(model.baseUrl),
      },
    ),
  );
}
