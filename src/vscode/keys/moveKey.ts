import { Range, workspace, WorkspaceEdit } from 'vscode';
import type { JsonPath } from '../../core/config/jsonc';
import { type PlainKey, plainKeyAt } from '../../core/diagnostics/plainKeys';
import { ConfigurationError } from '../../core/base/errors';
import { isRecord, stringIn } from '../../core/base/json';
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
  if (!found) throw new ConfigurationError({ field: 'place' }, 'No key stands there any more.');
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
  const edit = new WorkspaceEdit();
  if (found?.key.equals(key)) {
    const { offset, length, newText } = found;
    edit.replace(file.uri, new Range(document.positionAt(offset), document.positionAt(offset + length)), newText);
  }
  if (edit.size === 0 || !(await workspace.applyEdit(edit))) {
    const name = workspace.asRelativePath(file.uri);
    throw new ConfigurationError(
      { field: 'file' },
      `The key is in the keychain, but ${name} could not be changed. Take the key out there.`,
    );
  }
  if (!wasDirty) await document.save();
}
