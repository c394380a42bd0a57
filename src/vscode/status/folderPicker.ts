import * as l10n from '@vscode/l10n';
import { ThemeIcon, window } from 'vscode';
import type { OpenFolder } from '../../core/config/openFolders';
import type { WorkspaceConfiguration } from '../../core/config/workspaceConfiguration';
import type { Session } from '../../core/session/session';
import { folderRows } from '../../core/views/folderRows';
import type { WorkspaceFolders } from '../platform/workspaceFolders';

/** What a folder is chosen with. */
export interface FolderParts {
  readonly session: Session;
  readonly configuration: WorkspaceConfiguration;
  readonly folders: WorkspaceFolders;
}

/** Lets the person pick one of the folders that are open; undefined when they go away. */
export async function pickFolder(
  { session, configuration, folders }: FolderParts,
  title: string,
): Promise<OpenFolder | undefined> {
  const read = folders.folders.map(async (folder) => {
    return { folder, snapshot: session.snapshotOf(await configuration.of(folder)) };
  });
  const rows = folderRows(await Promise.all(read), folders.inEffect).map((row) => ({
    ...row,
    iconPath: new ThemeIcon(row.isInEffect ? 'check' : 'folder'),
    ...(row.isInEffect && { description: l10n.t('in use') }),
  }));
  const placeHolder = l10n.t('Each folder may have its own model and key');
  const picked = await window.showQuickPick(rows, { title, placeHolder });
  return picked?.folder;
}

/** `qwen.chooseFolder`: works in the folder that the person picks, until a file of another one becomes active. */
export async function chooseFolder(parts: FolderParts): Promise<void> {
  const folder = await pickFolder(parts, l10n.t('Use the model and the key of a folder'));
  if (folder) parts.folders.choose(folder);
}
