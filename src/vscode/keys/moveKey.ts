import * as l10n from '@vscode/l10n';
import { workspace } from 'vscode';
import type { JsonPath } from '../../core/config/jsonPath';
import { type PlainKey, plainKeyAt } from '../../core/diagnostics/plainKeys';
import { ConfigurationError } from '../../core/base/errors';
import { isRecord, stringIn } from '../../core/base/json';
import { changeDocument, saveDocument } from '../platform/openDocument';
import type { SettingsFile, SettingsFiles } from './settingsFiles';

/** A key in plain text, and where it stands. */
interface FoundKey extends PlainKey {
  readonly file: SettingsFile;
  readonly place: JsonPath;
}

/** The key that `{ file, place }` names in a settings file that counts. Throws `ConfigurationError` where none is. */
export async function findKey(settings: SettingsFiles, argument: unknown): Promise<FoundKey> {
  const place = isRecord(argument) && Array.isArray(argument['place']) ? argument['place'] : [];
  const path = place.filter((part) => typeof part === 'string' || typeof part === 'number');
  const file = (await settings.list()).find(({ uri }) => uri.toString() === stringIn(argument, 'file'));
  const found = file && plainKeyAt(file.kind, (await settings.read(file.uri)) ?? '', path);
  if (!found) throw new ConfigurationError({ field: 'place' }, l10n.t('No key stands there any more.'));
  return { ...found, file, place: path };
}

/**
 * Takes a key, which is in the keychain by now, out of its file. The file is saved, unless it had unsaved changes of
 * somebody's own. Throws `ConfigurationError` where the key stands there no more, or the file cannot be changed.
 */
export async function removeKey({ file, place, key }: FoundKey): Promise<void> {
  const document = await workspace.openTextDocument(file.uri);
  const wasDirty = document.isDirty;
  const found = plainKeyAt(file.kind, document.getText(), place);
  const name = workspace.asRelativePath(file.uri);
  if (!found?.key.equals(key)) throw notRemoved('gone', name);
  const { offset, length, newText } = found;
  const change = { start: offset, end: offset + length, newText };
  if (!(await changeDocument(document, change))) throw notRemoved(wasDirty ? 'unsaved' : 'unchanged', name);
  if (!wasDirty && !(await saveDocument(document))) throw notRemoved('notSaved', name);
}

function notRemoved(why: 'gone' | 'unsaved' | 'unchanged' | 'notSaved', file: string): ConfigurationError {
  const text = {
    gone: l10n.t(
      'The key is in the keychain, but {file} does not hold it where it was any more. Take the key out there.',
      { file },
    ),
    unsaved: l10n.t(
      'The key is in the keychain, but {file} has changes that are not saved and is not in view. Take the key out there.',
      { file },
    ),
    unchanged: l10n.t('The key is in the keychain, but {file} could not be changed. Take the key out there.', {
      file,
    }),
    notSaved: l10n.t('The key is in the keychain, but {file} could not be saved without it. Take the key out there.', {
      file,
    }),
  }[why];
  return new ConfigurationError({ field: 'file' }, text);
}
