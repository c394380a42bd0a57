import * as l10n from '@vscode/l10n';
import path from 'node:path';
import type { PathEntry } from './ports';

/** The folders that decide whose a file is, with all links resolved. */
export interface OwnFolders {
  /** Those whose files count because the person works in them, or has said that they trust them. */
  readonly chosen: readonly string[];
  /** Those of the person's own: what is above them is the business of whoever runs the machine. */
  readonly own: readonly string[];
}

/**
 * Where a file is, and who can decide what is in it: `chosen` is in a chosen folder, whoever wrote it; `outside`
 * belongs to the person or to root, and nobody else can change it or put another in its place; `foreign` is anybody
 * else's. `why` goes on after "because".
 */
export type Ownership =
  | { readonly kind: 'chosen' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'foreign'; readonly why: string };

/**
 * Whose a file is, by the entries on the way to it. Links are followed: where they lead decides. A file of several
 * names (a hard link) is as much outside as it is in its folder. Windows does not tell whose a file is, so that outside
 * of the chosen folders only what is in the person's own counts.
 */
export function ownershipOf(entries: readonly PathEntry[], { chosen, own }: OwnFolders): Ownership {
  const file = entries.at(-1);
  if (!file) return { kind: 'outside' };
  const home = chosen.find((folder) => isWithin(folder, file.path));
  const isLink = ({ kind, path: at }: PathEntry): boolean =>
    kind === 'link' && chosen.some((folder) => isWithin(folder, at));
  if (home !== undefined) {
    const why = strangerIn(entries.filter(({ path: at }) => isWithin(home, at)));
    if (why !== undefined) return { kind: 'foreign', why };
    // One project says by a link what it would have of another.
    const isOfAnother = entries.some((entry) => isLink(entry) && !isWithin(home, entry.path));
    return { kind: isOfAnother || (file.kind === 'file' && file.names > 1) ? 'outside' : 'chosen' };
  }
  // A link in a chosen folder is there because the person wants it, or whom they trust: what counts is where it leads.
  const way = entries.slice(entries.findLastIndex(isLink) + 1);
  const start = own.find((folder) => isWithin(folder, file.path));
  const counted = way.filter(({ path: at }) => start === undefined || isWithin(start, at));
  const why = strangerOn(counted, start !== undefined);
  return why === undefined ? { kind: 'outside' } : { kind: 'foreign', why };
}

/** Whether a path is a folder's or below it. */
export function isWithin(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/** In a chosen folder that everybody can write to, such as `/tmp`, whoever put a file there has not been chosen. */
function strangerIn(entries: readonly PathEntry[]): string | undefined {
  const open = entries.findIndex(({ kind, writers }) => kind === 'folder' && writers === 'everybody');
  const stranger = open < 0 ? undefined : entries.slice(open + 1).find(({ owner }) => owner === 'other');
  return stranger && belongsTo(stranger, entries.at(-1));
}

/** As `sshd` looks at `authorized_keys`: neither the file nor a folder on the way may be in anybody else's hands. */
function strangerOn(entries: readonly PathEntry[], isOwn: boolean): string | undefined {
  const file = entries.at(-1);
  for (const entry of entries) {
    const { kind, owner, writers, isSticky } = entry;
    if (owner === 'other') return belongsTo(entry, file);
    if (owner === 'unknown' && !isOwn)
      return l10n.t('it is outside of your home folder, where Windows lets others write');
    if (kind === 'link' || writers === 'owner' || (kind === 'folder' && isSticky)) continue;
    return writers === 'everybody' ? everybodyWrites(entry, file) : aGroupWrites(entry, file);
  }
  return undefined;
}

function everybodyWrites(entry: PathEntry, file: PathEntry | undefined): string {
  if (entry === file) return l10n.t('everybody can write to it');
  return l10n.t('everybody can write to {place}', { place: entry.path });
}

function aGroupWrites(entry: PathEntry, file: PathEntry | undefined): string {
  if (entry === file) return l10n.t('a group can write to it');
  return l10n.t('a group can write to {place}', { place: entry.path });
}

function belongsTo(entry: PathEntry, file: PathEntry | undefined): string {
  const owner = entry.ownerName;
  if (entry === file) return l10n.t('it belongs to {owner}', { owner });
  return l10n.t('{place} belongs to {owner}', { place: entry.path, owner });
}
