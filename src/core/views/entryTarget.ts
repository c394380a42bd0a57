import type { ModelFile } from '../config/modelFiles';
import { readProviderList } from '../config/modelProviders';
import { type EntryFields, entryErrors, newEntry } from '../config/entryFields';
import { editedEntry, type ProviderEdit } from '../config/providerEdits';
import { MODEL_PROVIDERS_SETTING } from '../config/providersOrigin';
import type { VariablePlaces } from '../config/variables';
import { entryModel } from '../models/modelList';
import type { Model } from '../providers/model';

/** An entry of a file, as it was seen. */
export interface EntryRef {
  readonly file: ModelFile['id'];
  readonly provider: string;
  readonly index: number;
  readonly id: string;
}

/** What a form is about: a new entry, one that is there, or another like it. */
export type EntryTarget =
  | { readonly kind: 'add'; readonly file: ModelFile['id']; readonly provider: string }
  | { readonly kind: 'edit' | 'duplicate'; readonly entry: EntryRef };

/** What can be tested: an account, by its id, or an entry. */
export type TestTarget =
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'entry'; readonly entry: EntryRef };

/**
 * What an entry is known by wherever in its list it is: where there are several of a kind they differ in nothing shown.
 */
export function entryKey({ file, provider }: EntryRef, { id, baseUrl }: EntryFields): string {
  return JSON.stringify([file, provider, id, baseUrl]);
}

/** The change of a file that a form asks for. */
export function entryEdit(
  target: EntryTarget,
  fields: EntryFields,
): { readonly file: ModelFile['id']; readonly edit: ProviderEdit } {
  if (target.kind === 'add') {
    const { file, provider } = target;
    return { file, edit: { kind: 'add', provider, entries: [fields] } };
  }
  const { file, ...at } = target.entry;
  return { file, edit: { kind: target.kind, at, fields } };
}

/**
 * The model that a form would make of the entry that it is about; undefined where it would make none. Faults elsewhere do
 * not change where it is. Throws `ConfigurationError` where a header is hidden that is not for there.
 */
export function draftModel(
  target: EntryTarget,
  before: unknown,
  fields: EntryFields,
  variables: VariablePlaces,
): Model | undefined {
  const faults = entryErrors(fields, () => false);
  const typed = {
    ...fields,
    id: fields.id.trim() || 'model',
    ...(faults.envKey && { envKey: '' }),
    ...(faults.contextWindow && { contextWindow: '' }),
    ...(faults.timeout && { timeout: '' }),
    ...(faults.headers && { headers: '' }),
  };
  const origin = { ...MODEL_PROVIDERS_SETTING, kind: fileKind(target), variables };
  if (faults.baseUrl) return undefined;
  const entry = target.kind === 'add' ? newEntry(typed) : editedEntry(before, typed);
  const [read] = readProviderList(origin, 'openai', [entry]).entries;
  return read?.entry && entryModel(read.entry);
}

/** The kind of the file that a form writes to, as a source of an entry has it. */
function fileKind(target: EntryTarget): 'settings' | 'qwenSettings' | 'workspaceSettings' {
  const file = target.kind === 'add' ? target.file : target.entry.file;
  return file === 'settings' ? 'settings' : file === 'user' ? 'qwenSettings' : 'workspaceSettings';
}
