import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { ConfigurationError } from './errors';
import { isWithin, type Ownership, ownershipOf, type OwnFolders } from './ownership';
import type { FileRead, Files } from './ports';

/** A file that was read, and where it is; or that it is foreign, and why. */
export type OwnedRead =
  | (FileRead & { readonly ownership: Exclude<Ownership['kind'], 'foreign'> })
  | Extract<Ownership, { readonly kind: 'foreign' }>;

const MISSING: FileRead = { kind: 'missing' };

/** The error for a foreign file: only information, since anybody could have put it there. */
export function foreignFile(file: string, why: string, severity: ConfigurationError['severity']): ConfigurationError {
  return new ConfigurationError(
    { part: file },
    l10n.t('{file} is passed over, because {why}.', { file, why }),
    severity,
  );
}

/** Reads a file, unless somebody else decides what is in it. Never throws. */
export async function readOwnedFile(files: Files, file: string, folders: OwnFolders): Promise<OwnedRead> {
  const read = await files.read(file);
  // Most of these places are empty; looking at every folder above them would take long.
  if (read.kind === 'missing') return { ...read, ownership: 'outside' };
  const { entries, target } = await files.followLinks(file);
  const ownership = ownershipOf(entries, folders);
  if (ownership.kind === 'foreign') return ownership;
  // The first text may have been somebody else's; and where the file has gone since, the next one may be.
  const again: FileRead = target !== undefined ? await files.read(file) : read.kind === 'broken' ? read : MISSING;
  return { ...again, ownership: ownership.kind };
}

/** Reads a file in a folder of the person's own, unless somebody else decides what is in it. Never throws. */
export async function readHomeFile(files: Files, file: string): Promise<OwnedRead> {
  return await readOwnedFile(files, file, await realFolders(files, { chosen: [], own: [path.dirname(file)] }));
}

/** Folders with all links resolved. */
export async function realFolders(files: Files, folders: OwnFolders): Promise<OwnFolders> {
  const real = async (folder: string): Promise<string> => (await files.followLinks(folder)).target ?? folder;
  const [chosen, own] = await Promise.all([Promise.all(folders.chosen.map(real)), Promise.all(folders.own.map(real))]);
  return { chosen, own };
}

/** Whether links on the way to a file lead out of the folder that it is named in, be there such a file or not. */
export async function leadsOut(files: Files, file: string, folder: string): Promise<boolean> {
  const [{ entries }, { target }] = await Promise.all([files.followLinks(file), files.followLinks(folder)]);
  return !isWithin(target ?? folder, entries.at(-1)?.path ?? file);
}
