import type { Event } from '../base/events';

/** A folder of the workspace. */
export interface OpenFolder {
  /** Its address, which no other folder has. */
  readonly uri: string;
  /** What the workspace calls it; two folders may have the same name. */
  readonly name: string;
  /** Where it is on this machine; undefined where it is elsewhere. */
  readonly path: string | undefined;
}

/** The folders that are open in a window. */
export interface OpenFolders {
  readonly folders: readonly OpenFolder[];
  /** The one that is worked in; undefined where none is open. */
  readonly inEffect: OpenFolder | undefined;
  /** Whether the files of the folders may be read. */
  readonly isTrusted: boolean;
  /** Fires when any of these has become another. */
  readonly onDidChange: Event<unknown>;
}

/**
 * The folder that is worked in: of the file that is active, else the one that was before, for as long as it is open,
 * else the first. Both are given by their addresses.
 */
export function folderInEffect(
  folders: readonly OpenFolder[],
  active: string | undefined,
  before: string | undefined,
): OpenFolder | undefined {
  const withUri = (uri: string | undefined) => folders.find((folder) => folder.uri === uri);
  return withUri(active) ?? withUri(before) ?? folders[0];
}

/**
 * What a folder is called where several are open: its name, with its path where another has the same name. Undefined
 * where it is the only one, as nobody would mistake it for another.
 */
export function folderLabel(folder: OpenFolder, folders: readonly OpenFolder[]): string | undefined {
  if (folders.length < 2) return undefined;
  const isAlone = folders.every(({ uri, name }) => uri === folder.uri || name !== folder.name);
  return isAlone ? folder.name : `${folder.name} (${folder.path ?? folder.uri})`;
}
