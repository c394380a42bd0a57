import * as l10n from '@vscode/l10n';
import { folderLabel, type OpenFolder } from '../config/openFolders';
import type { Snapshot } from '../session/snapshot';
import { inertText } from './inertText';
import { modelAtText } from './modelAtText';

/** A folder in a list to choose from. */
interface FolderRow {
  readonly folder: OpenFolder;
  readonly label: string;
  /** Whether it is the one that is worked in. */
  readonly isInEffect: boolean;
  /** The model that is in use there. */
  readonly detail: string;
}

/** The folders that are open, the one that is worked in first, each with the snapshot of it. */
export function folderRows(
  folders: readonly { readonly folder: OpenFolder; readonly snapshot: Pick<Snapshot, 'selected'> }[],
  inEffect: OpenFolder | undefined,
): readonly FolderRow[] {
  const all = folders.map(({ folder }) => folder);
  const rows = folders.map(({ folder, snapshot: { selected } }) => ({
    folder,
    label: inertText(folderLabel(folder, all) ?? folder.name),
    isInEffect: folder.uri === inEffect?.uri,
    detail: selected ? inertText(modelAtText(selected)) : l10n.t('No model is in use.'),
  }));
  return [...rows.filter(({ isInEffect }) => isInEffect), ...rows.filter(({ isInEffect }) => !isInEffect)];
}
