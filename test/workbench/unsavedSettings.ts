import assert from 'node:assert/strict';
import { commands, type Position, window } from 'vscode';

/** What VS Code says of settings that it cannot change since the person has them open with changes. */
export const UNSAVED = /^VS Code's settings could not be changed: .*unsaved changes/;

/** Runs the work while the person's settings are open with changes that are not saved; they are taken back after it. */
export async function withUnsavedSettings<T>(work: () => Promise<T>): Promise<T> {
  await commands.executeCommand('workbench.action.openSettingsJson');
  const editor = window.activeTextEditor;
  assert.ok(editor);
  const { document } = editor;
  const end = (): Position => document.lineAt(document.lineCount - 1).range.end;
  assert.ok(await editor.edit((builder) => builder.insert(end(), '\n// not saved')));
  try {
    return await work();
  } finally {
    await commands.executeCommand('workbench.action.files.revert');
    await commands.executeCommand('workbench.action.closeActiveEditor');
  }
}
