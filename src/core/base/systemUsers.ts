import { readFileSync } from 'node:fs';

/** Who runs this program, and who else there is, as the file system numbers them. */
export interface SystemUsers {
  isPerson(uid: number): boolean;
  /** Whether a group has members beside the person and root. */
  isShared(gid: number): boolean;
  /** A user as a person reads it. */
  nameOf(uid: number): string;
}

/**
 * What the users of a system are read from: its `/etc/passwd` and `/etc/group`, empty where it keeps them elsewhere.
 */
interface UserFiles {
  readonly passwd: string;
  readonly group: string;
}

/**
 * The users, of whom these ids are the person's. Many systems give each user a group of their own, and let
 * it write what they make: that is nobody else. Where the files do not know the person or the group, such
 * a group is told by its number.
 */
export function readSystemUsers(person: readonly number[], { passwd, group }: UserFiles): SystemUsers {
  const users = fieldsOf(passwd).map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const groups = fieldsOf(group).map(([, , gid, members = '']) => ({ gid: Number(gid), members: members.split(',') }));
  const isPerson = (uid: number): boolean => person.includes(uid);
  const trusted = new Set(['', ...users.filter(({ uid }) => uid === 0 || isPerson(uid)).map(({ name }) => name)]);
  return {
    isPerson,
    isShared: (gid) => {
      const named = groups.filter((one) => one.gid === gid);
      if (named.length === 0 || !users.some(({ uid }) => isPerson(uid))) return !isPerson(gid);
      const primary = users.filter((user) => user.gid === gid).map(({ name }) => name);
      return [...primary, ...named.flatMap(({ members }) => members)].some((name) => !trusted.has(name));
    },
    nameOf: (uid) => users.find((user) => user.uid === uid)?.name ?? `user ${uid}`,
  };
}

/**
 * The users of this machine; undefined where files belong to no numbered user, as on Windows. Who became root with
 * `sudo` is still the person that `SUDO_UID` names, as for git's `safe.directory`.
 */
export function systemUsers(): SystemUsers | undefined {
  const uid = process.geteuid?.();
  if (uid === undefined) return undefined;
  const before = uid === 0 ? process.env['SUDO_UID'] : undefined;
  const files = { passwd: textIn('/etc/passwd'), group: textIn('/etc/group') };
  return readSystemUsers([uid, ...(before ? [Number(before)] : [])], files);
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function fieldsOf(text: string): readonly (readonly string[])[] {
  return text.split('\n').flatMap((line) => (line.startsWith('#') || !line.includes(':') ? [] : [line.split(':')]));
}
