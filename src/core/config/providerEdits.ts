import * as l10n from '@vscode/l10n';
import { ConfigurationError } from '../base/errors';
import { isRecord } from '../base/json';
import { type JsonDocument, readJsonc } from './jsonc';
import { duplicateItem, insertItem, type JsonValue, removeValue, setValue, swapItems } from './jsonText';
import { configOf, entryFields, type EntryFields, newEntry, written } from './entryFields';
import { HIDDEN, readHeaderLines, unknownHeader } from './entryHeaders';
import { originOf } from '../base/origin';

/** How a file holds model entries. */
export interface ProvidersFormat {
  readonly property: 'modelProviders' | 'qwen.modelProviders';
  /** What a file holds that is made for the first entry. */
  readonly blank: JsonValue;
  /** Whether its owner reads commas before closing brackets. */
  readonly allowTrailingComma: boolean;
}

/** Qwen Code's `settings.json`; its newest format is 4. */
export const QWEN_FORMAT: ProvidersFormat = {
  property: 'modelProviders',
  blank: { $version: 4 },
  allowTrailingComma: false,
};

/** VS Code's `settings.json`. */
export const VSCODE_FORMAT: ProvidersFormat = { property: 'qwen.modelProviders', blank: {}, allowTrailingComma: true };

/** An entry of the file. `id` is the one that was shown: if another id stands there, it is another entry. */
interface EntryPlace {
  readonly provider: string;
  readonly index: number;
  readonly id: string;
}

/** A change of one list of entries. A duplicate stands behind its original, with the fields that were changed. */
export type ProviderEdit =
  | { readonly kind: 'add'; readonly provider: string; readonly entries: readonly EntryFields[] }
  | { readonly kind: 'edit' | 'duplicate'; readonly at: EntryPlace; readonly fields: EntryFields }
  | { readonly kind: 'remove'; readonly at: EntryPlace }
  /** `by`: over how many others, those before it where that is negative. */
  | { readonly kind: 'move'; readonly at: EntryPlace; readonly by: number };

/**
 * The text of the file with the change in it, everything else as it is, comments and all. Throws `ConfigurationError`
 * with file and line for a file that does not parse, and for an entry that is not there any more.
 */
export function editProviders(
  format: ProvidersFormat,
  file: string,
  text: string | undefined,
  edit: ProviderEdit,
): string {
  const before = text?.trim() ? text : `${JSON.stringify(format.blank, undefined, 2)}\n`;
  const document = readJsonc(file, before, format);
  const provider = 'at' in edit ? edit.at.provider : edit.provider;
  const place = [format.property, provider] as const;
  const list = listIn(document, file, place);
  if (edit.kind === 'add') {
    const entries = edit.entries.map(newEntry);
    return list
      ? entries.reduce((rest, entry) => insertItem(rest, place, entry), before)
      : setValue(before, place, entries);
  }
  const { index } = edit.at;
  if (!list || index >= list.length || entryFields(list[index]).id !== edit.at.id) throw changed(file);
  switch (edit.kind) {
    case 'edit':
      return editEntry(before, [...place, index], list[index], edit.fields);
    case 'duplicate':
      return editEntry(duplicateItem(before, place, index), [...place, index + 1], list[index], edit.fields);
    case 'remove':
      return withoutEmptyList(removeValue(before, [...place, index]), place);
    case 'move':
      return moveItem(before, place, index, edit.by);
  }
}

/** The entry that an edit leaves in its file. Throws `ConfigurationError` as that edit does. */
export function editedEntry(entry: unknown, fields: EntryFields): unknown {
  const list: unknown = JSON.parse(editEntry(JSON.stringify([entry]), [0], entry, fields));
  return Array.isArray(list) ? list.at(0) : undefined;
}

function listIn(
  document: JsonDocument,
  file: string,
  place: readonly [string, string],
): readonly unknown[] | undefined {
  const { value } = document;
  const [property, provider] = place;
  if (!isRecord(value)) throw unusable(file, 1, l10n.t('must hold an object: { … }'));
  const lists = value[property];
  if (lists === undefined) return undefined;
  if (!isRecord(lists))
    throw unusable(
      file,
      document.lineOf([property]) ?? 1,
      l10n.t('has a "{property}" that is no object of lists', { property }),
    );
  const list = lists[provider];
  if (list === undefined || Array.isArray(list)) return list;
  throw unusable(
    file,
    document.lineOf(place) ?? 1,
    l10n.t('has "{provider}" in "{property}", which is no list of models', { provider, property }),
  );
}

/** Only what was changed is written, so that what somebody wrote in their own way stays. */
function editEntry(text: string, place: readonly (string | number)[], entry: unknown, fields: EntryFields): string {
  if (!isRecord(entry)) return setValue(text, place, newEntry(fields));
  const before = entryFields(entry);
  const after = written(fields);
  assertHeaders(entry, before.baseUrl, fields.headers, after.baseUrl);
  const names = (['id', 'name', 'baseUrl', 'envKey'] as const).filter((name) => fields[name].trim() !== before[name]);
  const edited = names.reduce((rest, name) => {
    return after[name] === '' ? removeValue(rest, [...place, name]) : setValue(rest, [...place, name], after[name]);
  }, text);
  return editConfig(edited, [...place, 'generationConfig'], entry['generationConfig'], fields);
}

/** What a form hides is kept, so it has to be there, and goes to no other host than before. */
function assertHeaders(entry: Readonly<Record<string, unknown>>, from: string, headers: string, to: string): void {
  const moves = originIn(from) !== originIn(to);
  const config = moves ? undefined : entry['generationConfig'];
  const unknown = unknownHeader(headers, isRecord(config) ? config['customHeaders'] : undefined);
  if (unknown === undefined) return;
  const why = moves ? l10n.t('was for another address') : l10n.t('is not known under this name');
  throw new ConfigurationError(
    { field: 'headers' },
    l10n.t('The value of {unknown} {why}. Write it in the place of {hidden}.', { unknown, why, hidden: HIDDEN }),
  );
}

function originIn(url: string): string {
  return URL.canParse(url) ? originOf(url) : url;
}

/** The fields of an entry that stand in its `generationConfig`, and how they are called there. */
const CONFIG = { contextWindow: 'contextWindowSize', timeout: 'timeout', headers: 'customHeaders' } as const;
const CONFIG_FIELDS = ['contextWindow', 'timeout', 'headers'] as const;

/** What is empty goes, and with the last of it the whole of `generationConfig`. */
function editConfig(text: string, place: readonly (string | number)[], config: unknown, fields: EntryFields): string {
  const held = isRecord(config) ? config : {};
  const before = entryFields({ generationConfig: config });
  const after = configOf(fields);
  const edited = CONFIG_FIELDS.filter((field) => fields[field].trim() !== before[field]).map((field) => CONFIG[field]);
  const gone = edited.filter((name) => after[name] === undefined && name in held);
  if (gone.length > 0 && gone.length === Object.keys(held).length && edited.length === gone.length)
    return removeValue(text, place);
  return edited.reduce((rest, name) => {
    const value = after[name];
    const at = [...place, name];
    if (value === undefined) return name in held ? removeValue(rest, at) : rest;
    const headers = name === 'customHeaders' ? held[name] : undefined;
    return isRecord(headers) ? editHeaders(rest, at, headers, fields.headers) : setValue(rest, at, value);
  }, text);
}

/** A header that is hidden stays as it is written, whatever it is. */
function editHeaders(
  text: string,
  place: readonly (string | number)[],
  before: Readonly<Record<string, unknown>>,
  lines: string,
): string {
  const after = readHeaderLines(lines);
  const gone = Object.keys(before).filter((name) => !after.has(name));
  const kept = gone.reduce((rest, name) => removeValue(rest, [...place, name]), text);
  return [...after].reduce(
    (rest, [name, value]) =>
      value === undefined || value === before[name] ? rest : setValue(rest, [...place, name], value),
    kept,
  );
}

function moveItem(text: string, list: readonly (string | number)[], index: number, by: number): string {
  const step = Math.sign(by);
  let rest = text;
  for (let at = index; at !== index + by; at += step) rest = swapItems(rest, list, Math.min(at, at + step));
  return rest;
}

/** An empty list of a workspace would hide the person's own. A comment in it keeps it. */
function withoutEmptyList(text: string, place: readonly [string, string]): string {
  const kept = setValue(text, place, []);
  const isEmpty = text.replace(/\s/g, '') === kept.replace(/\s/g, '');
  return isEmpty ? removeValue(text, place) : text;
}

function unusable(file: string, line: number, what: string): ConfigurationError {
  return new ConfigurationError(
    { file, line },
    l10n.t('{file}, line {line}, {what}. Mend that first; nothing was written.', { file, line, what }),
  );
}

function changed(file: string): ConfigurationError {
  return new ConfigurationError(
    { file },
    l10n.t('{file} has changed meanwhile. Nothing was written: look again, and try again.', { file }),
  );
}
