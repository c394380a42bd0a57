import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import type { Model } from '../providers/model';
import type { Secret } from '../base/secret';
import { findBaseUrl } from './baseUrl';
import { type JsonDocument, readJsonc } from './jsonc';
import type { JsonPath } from './jsonPath';
import { insertItem, type JsonValue, setValue } from './jsonText';
import { QWEN_FORMAT } from './providerEdits';

/** What is to be in Qwen Code's settings: the model to use, and how its key is found. */
export interface QwenSettingsChange {
  readonly model: Pick<Model, 'id' | 'name' | 'baseUrl' | 'thinking' | 'generationConfig'>;
  /** The variable of the key; undefined where Qwen Code has the sign-in in a file of its own. */
  readonly envKey: string | undefined;
  /** The key itself, in plain text; only where the person insists. */
  readonly key?: Secret | undefined;
}

/**
 * The text of Qwen Code's settings file with the change in it, everything else as it is, comments and all. Throws
 * `ConfigurationError` with file and line for a file that does not parse, or that is not laid out as today's are.
 */
export function writeQwenSettings(file: string, text: string | undefined, change: QwenSettingsChange): string {
  const { model, envKey, key } = change;
  const before = text?.trim() ? text : `${JSON.stringify(QWEN_FORMAT.blank, undefined, 2)}\n`;
  const document = readJsonc(file, before, QWEN_FORMAT);
  const set = (now: string, place: readonly string[], value: JsonValue): string => {
    mustHoldObjects(file, document, place);
    return valueAt(document.value, place) === value ? now : setValue(now, place, value);
  };
  const withKey = key && envKey ? set(before, ['env', envKey], key.reveal()) : before;
  const withEntry = envKey === undefined ? withKey : putEntry(file, document, withKey, model, envKey);
  const type = envKey === undefined ? 'qwen-oauth' : 'openai';
  const withType = set(withEntry, ['security', 'auth', 'selectedType'], type);
  const withName = set(withType, ['model', 'name'], model.id);
  // Qwen Code's own sign-in has its address elsewhere, and one that is left over from another model is out of date.
  return set(withName, ['model', 'baseUrl'], envKey === undefined ? '' : model.baseUrl);
}

/** One entry for the model: the one that is there gets the variable, and is otherwise as the person has it. */
function putEntry(
  file: string,
  document: JsonDocument,
  text: string,
  model: QwenSettingsChange['model'],
  envKey: string,
): string {
  const place = ['modelProviders', 'openai'] as const;
  mustHoldObjects(file, document, place);
  const list = valueAt(document.value, place);
  if (list === undefined) return setValue(text, place, [entryOf(model, envKey)]);
  if (!Array.isArray(list)) throw foreign(file, document, place, l10n.t('a list'));
  const index = list.findIndex((entry: unknown) => isEntryOf(entry, model));
  if (index < 0) return insertItem(text, place, entryOf(model, envKey));
  const entry: unknown = list[index];
  return isRecord(entry) && entry['envKey'] === envKey ? text : setValue(text, [...place, index, 'envKey'], envKey);
}

function isEntryOf(entry: unknown, { id, baseUrl }: QwenSettingsChange['model']): boolean {
  if (!isRecord(entry) || entry['id'] !== id || typeof entry['baseUrl'] !== 'string') return false;
  return findBaseUrl(entry['baseUrl'])?.baseUrl === baseUrl;
}

/** What Qwen Code's own entries for such a model say. */
function entryOf({ id, name, baseUrl, thinking, generationConfig }: QwenSettingsChange['model'], envKey: string) {
  const { contextWindowSize, vision } = generationConfig;
  const config = {
    ...(thinking && { extra_body: { enable_thinking: true } }),
    ...(contextWindowSize !== undefined && { contextWindowSize }),
    ...(vision && { modalities: { image: true } }),
  };
  return {
    id,
    ...(name !== id && { name }),
    baseUrl,
    envKey,
    ...(Object.keys(config).length > 0 && { generationConfig: config }),
  } satisfies JsonValue;
}

/** Everything on the way to a place must be an object, or not there yet; older formats had other things there. */
function mustHoldObjects(file: string, document: JsonDocument, place: JsonPath): void {
  for (let depth = 0; depth < place.length; depth += 1) {
    const parent = place.slice(0, depth);
    const value = valueAt(document.value, parent);
    if (value !== undefined && !isRecord(value)) throw foreign(file, document, parent, l10n.t('an object'));
  }
}

function foreign(file: string, document: JsonDocument, place: JsonPath, what: string): ConfigurationError {
  const line = document.lineOf(place) ?? 1;
  const where = place.length === 0 ? l10n.t('The whole') : `"${place.join('.')}"`;
  return new ConfigurationError(
    { file, line },
    l10n.t(
      '{file}, line {line}: {where} should be {what}. ' +
        'Start Qwen Code once, which brings older settings up to date, or mend it there; nothing was written.',
      { file, line, where, what },
    ),
  );
}

function valueAt(value: unknown, place: JsonPath): unknown {
  return place.reduce<unknown>((inner, part) => (isRecord(inner) ? inner[part] : undefined), value);
}
