import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import {
  commands,
  ConfigurationTarget,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
import { readJsonc } from '../../core/config/jsonc';
import { VSCODE_FORMAT } from '../../core/config/providerEdits';
import { ConfigurationError } from '../../core/base/errors';
import { until } from '../../core/base/events';
import { isRecord } from '../../core/base/json';
import type { EditableUserSettings } from '../../core/views/entryWriter';
import type { ModelFileId } from '../../shared/providersMessages';
import { SETTINGS_FROM_STORAGE, userSettings } from '../keys/settingsFiles';
import { changeSetting } from '../platform/changeSetting';
import { changeDocument as changeOpenDocument, saveDocument, type TextChange } from '../platform/openDocument';

const NAME = l10n.t("VS Code's settings");
/**
 * How long, in milliseconds, saved settings may take to be in effect: by themselves, and once VS Code was asked to
 * look.
 */
const EFFECT_MS = 700;
const LOOK_MS = 3000;

/** VS Code's own settings, edited in the editor that the person has of them, so that neither overwrites the other. */
export function createUserSettings(storage: Uri): EditableUserSettings {
  const change: EditableUserSettings['change'] = async (edit) => {
    const document = await openSettings(await userSettings(storage));
    const expected = document ? await changeDocument(document, edit) : await changeValue(edit);
    if (await inEffect(expected, EFFECT_MS)) return;
    await readAgain();
    await inEffect(expected, LOOK_MS);
  };
  const isOnDisk = storage.scheme === 'file' || storage.scheme === 'vscode-userdata';
  return {
    path: isOnDisk ? Uri.joinPath(storage, ...SETTINGS_FROM_STORAGE).fsPath : undefined,
    get modelProviders() {
      return currentValue();
    },
    change,
  };
}

/**
 * Opens one of the files of the page, on that line (from 1); VS Code finds its own settings itself, and shows in the
 * editor why a file cannot be opened.
 */
export async function openModelFile(id: ModelFileId, path: string | undefined, line?: number): Promise<void> {
  const selection = line === undefined ? undefined : new Selection(line - 1, 0, line - 1, 0);
  if (id !== 'settings' && path) {
    await commands.executeCommand('vscode.open', Uri.file(path), { ...(selection && { selection }) });
    return;
  }
  await commands.executeCommand('workbench.action.openSettingsJson');
  const editor = window.activeTextEditor;
  if (!editor || !selection) return;
  editor.selection = selection;
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The document of the settings; undefined where there is none, or where it is not the file that VS Code reads. */
async function openSettings(uri: Uri): Promise<TextDocument | undefined> {
  try {
    const document = await workspace.openTextDocument(uri);
    if (document.isDirty) {
      throw new ConfigurationError(
        { part: NAME },
        l10n.t("VS Code's settings have changes that are not saved. Save them, then try again. Nothing was written."),
      );
    }
    const text = document.getText();
    const onDisk = new TextDecoder().decode(await workspace.fs.readFile(uri));
    // A window on another machine keeps its settings at home, and may find a forgotten file here.
    const isRead = text.trim() === '' || isDeepStrictEqual(valueIn(uri.fsPath, text), currentValue());
    return isRead && text === onDisk.replace(/^\uFEFF/, '') ? document : undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    return undefined;
  }
}

async function changeDocument(document: TextDocument, edit: (file: string, text: string) => string): Promise<unknown> {
  const before = document.getText();
  const after = edit(document.uri.fsPath, before);
  if (!(await changeOpenDocument(document, difference(before, after))) || !(await saveDocument(document))) {
    const text = l10n.t("VS Code's settings could not be saved. Open them to see why.");
    throw new ConfigurationError({ part: NAME }, text);
  }
  return valueIn(document.uri.fsPath, after);
}

/**
 * Where the file is out of reach VS Code writes the setting itself: the rest of the file keeps its comments, those
 * inside the setting are lost.
 */
async function changeValue(edit: (file: string, text: string) => string): Promise<unknown> {
  const before = JSON.stringify({ [VSCODE_FORMAT.property]: currentValue() ?? {} });
  const value = valueIn(NAME, edit(NAME, before));
  await changeSetting(VSCODE_FORMAT.property, value);
  return value;
}

/** Resolves with whether the setting has that value before the time is over. */
async function inEffect(expected: unknown, ms: number): Promise<boolean> {
  return await until(workspace.onDidChangeConfiguration, () => isDeepStrictEqual(currentValue(), expected), ms);
}

/**
 * Makes VS Code read its settings again, by taking a setting away that is not there. Where nothing watches its files it
 * does so only after it has written them itself.
 */
async function readAgain(): Promise<void> {
  const configuration = workspace.getConfiguration('qwen');
  const unset = ['oauth.scopes', 'oauth.clientId', 'oauth.issuer', 'endpoints'].find(
    (name) => configuration.inspect(name)?.globalValue === undefined,
  );
  if (unset) await configuration.update(unset, undefined, ConfigurationTarget.Global);
}

function currentValue(): unknown {
  const value: unknown = workspace.getConfiguration().inspect(VSCODE_FORMAT.property)?.globalValue;
  // A plain copy: VS Code hands out objects that guard themselves.
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function valueIn(file: string, text: string): unknown {
  const { value } = readJsonc(file, text, VSCODE_FORMAT);
  const own = isRecord(value) ? value[VSCODE_FORMAT.property] : undefined;
  return own === undefined ? undefined : JSON.parse(JSON.stringify(own));
}

/** The one stretch that differs: the rest of the document, and the cursor in it, stay as they are. */
function difference(before: string, after: string): TextChange {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < shortest - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return { start, end: before.length - same, newText: after.slice(start, after.length - same) };
}
