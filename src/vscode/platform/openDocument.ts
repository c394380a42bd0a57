import { env, Range, type Tab, TabInputText, type TextDocument, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { until } from '../../core/base/events';

/** A stretch of a text, in UTF-16 units, and what is to stand there instead. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Whether the person has a file open with changes that are not saved. */
export function hasUnsavedChanges(path: string): boolean {
  // VS Code writes the letter of a drive in its own way.
  const { fsPath } = Uri.file(path);
  return workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.fsPath === fsPath);
}

/** How often a save is tried that VS Code answers too early, and how long it has each time, in milliseconds. */
const SAVES = 5;
const SAVE_MS = 1000;

/**
 * The address by which VS Code itself opens a file of its own. On a server that leaves out the name of the server, and
 * to VS Code it is another file than the one that extensions name.
 */
export function ownAddress(uri: Uri): Uri {
  if (env.remoteName === undefined || uri.scheme !== 'file') return uri;
  return Uri.from({ scheme: 'vscode-remote', path: uri.path });
}

/**
 * Changes the very document that the person has open, saved or not, and leaves it unsaved. False where that cannot be:
 * one that was changed meanwhile, or has unsaved changes and is not in view.
 */
export async function changeDocument(document: TextDocument, { start, end, newText }: TextChange): Promise<boolean> {
  const range = new Range(document.positionAt(start), document.positionAt(end));
  const editor = window.visibleTextEditors.find((one) => one.document === document);
  // An editor knows its document, whatever the address is.
  if (editor) return await editor.edit((builder) => builder.replace(range, newText));
  const address = await addressOf(document);
  if (!address) return false;
  const change = new WorkspaceEdit();
  change.replace(address, range, newText);
  return await workspace.applyEdit(change);
}

/** Saves the very document that the person has open; false where VS Code could not. */
export async function saveDocument(document: TextDocument): Promise<boolean> {
  for (let left = SAVES; left > 0; left--) {
    const tab = tabOf(document);
    if (!tab) return await document.save();
    if (await savedAs(document)) return true;
    // A save that was under way already is answered before it has ended.
    if (!(await isSavedSoon(document))) continue;
    return true;
  }
  return false;
}

/** The address that the document is open by. Asking means to save it, so that of an unsaved one it may not be known. */
async function addressOf(document: TextDocument): Promise<Uri | undefined> {
  const { uri } = document;
  if (!tabOf(document) || ownAddress(uri) === uri) return uri;
  return document.isDirty ? undefined : await savedAs(document);
}

async function savedAs({ uri }: TextDocument): Promise<Uri | undefined> {
  for (const address of new Set([ownAddress(uri), uri])) if (await workspace.save(address)) return address;
  return undefined;
}

async function isSavedSoon(document: TextDocument): Promise<boolean> {
  return await until(window.tabGroups.onDidChangeTabs, () => tabOf(document)?.isDirty !== true, SAVE_MS);
}

function tabOf({ uri }: TextDocument): Tab | undefined {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof TabInputText && input.uri.toString() === uri.toString());
}
