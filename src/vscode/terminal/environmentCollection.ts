import path from 'node:path';
import type { EnvironmentVariableCollection } from 'vscode';
import type { TerminalVariables } from '../../core/terminal/terminalVariables';
import { collectionText } from '../../core/views/terminalView';

const PATH = 'PATH';
/** A shell's own start-up files would else put one of three variables in the place of ours. */
const APPLIED = { applyAtProcessCreation: true, applyAtShellIntegration: true };

/**
 * Makes a collection hold these variables, and that folder in front of the PATH, and nothing else. Only what differs is
 * changed: VS Code marks open terminals as out of date at each change.
 */
export function fillCollection(
  collection: EnvironmentVariableCollection,
  variables: TerminalVariables,
  folder: string | undefined,
): void {
  const wanted = new Map(Object.entries(variables));
  for (const [name] of collection) if (name !== PATH && !wanted.has(name)) collection.delete(name);
  for (const [name, value] of wanted)
    if (collection.get(name)?.value !== value) collection.replace(name, value, APPLIED);
  const isOnPath = collection.get(PATH) !== undefined;
  if (folder === undefined && isOnPath) collection.delete(PATH);
  if (folder !== undefined && !isOnPath) collection.prepend(PATH, folder + path.delimiter);
  const text = collectionText([...wanted.keys()], folder !== undefined);
  if (collection.description !== text) collection.description = text;
}
