import type { Stats } from 'node:fs';
import path from 'node:path';
import { below } from './below';
import { besideOtherWork } from './fileCalls';
import type { PathEntry, FollowedPath } from './ports';
import type { SystemUsers } from './systemUsers';

/** As many links as Linux follows on the way to a file. */
const MOST_LINKS = 40;

/** The way to a file, as `Files.followLinks` promises, with these users on the system. */
export async function followLinks(
  file: string,
  users: SystemUsers | undefined,
  calls = besideOtherWork,
): Promise<FollowedPath> {
  const entries: PathEntry[] = [];
  const steps = new Steps(path.resolve(file));
  for (let links = 0; links <= MOST_LINKS;) {
    const stats = await calls.lstat(steps.path).catch(() => undefined);
    if (!stats) break;
    entries.push(readEntry(steps.path, stats, users));
    if (stats.isSymbolicLink()) {
      links++;
      const target = await calls.readlink(steps.path).catch(() => undefined);
      if (target === undefined) break;
      steps.follow(target);
    } else if (!steps.next()) return { entries, target: steps.path };
  }
  return { entries, target: undefined };
}

/** One name of a path after the other, so that `..` goes up from where a link has led. */
class Steps {
  path = '';
  #names: string[] = [];

  constructor(file: string) {
    this.follow(file);
  }

  /** Goes on at the root, on the way to where a link leads, which is seen from the folder that the link is in. */
  follow(target: string): void {
    // Not joined with `path`, which takes `..` out as if what is before it were no link.
    const way = path.isAbsolute(target) ? target : path.dirname(this.path) + path.sep + target;
    const { root } = path.parse(way);
    const names = way.slice(root.length).split(path.sep === '\\' ? /[\\/]/ : '/');
    this.#names = [...names.filter((name) => name !== '' && name !== '.'), ...this.#names];
    this.path = path.resolve(root);
  }

  /** Takes the next name; false where there is none. */
  next(): boolean {
    const name = this.#names.shift();
    if (name === undefined) return false;
    this.path = name === '..' ? path.dirname(this.path) : below(this.path, name);
    return true;
  }
}

function readEntry(at: string, stats: Stats, users: SystemUsers | undefined): PathEntry {
  const { uid, gid, mode, nlink } = stats;
  const kind = stats.isDirectory() ? 'folder' : stats.isSymbolicLink() ? 'link' : 'file';
  const entry = { path: at, kind, isSticky: (mode & 0o1000) !== 0, names: nlink } as const;
  if (!users) return { ...entry, owner: 'unknown', ownerName: '', writers: 'owner' };
  const isShared = (mode & 0o020) !== 0 && users.isShared(gid);
  return {
    ...entry,
    owner: users.isPerson(uid) ? 'person' : uid === 0 ? 'root' : 'other',
    ownerName: users.nameOf(uid),
    writers: mode & 0o002 ? 'everybody' : isShared ? 'group' : 'owner',
  };
}
