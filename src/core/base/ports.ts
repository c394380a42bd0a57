import type { Disposable, Event } from './events';

/** Sends a request; the platform's `fetch`, or one that a host or a test gives. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Time as the core sees it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with `Cancelled` as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The keychain. Values are secrets; keys are not. */
export interface SecretStore {
  keys(): Promise<readonly string[]>;
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  readonly onDidChange: Event<unknown>;
  /** The file that an entry is kept in, where that is not the system's keychain. */
  fileOf?(key: string): string | undefined;
  /** Works on an entry while no other program can change it. Absent where the store is not shared. */
  locked?<T>(work: () => Promise<T>, key: string): Promise<T>;
}

/** Values without secrets that outlive the process, of one workspace or of all. */
export interface StateStore {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
  /** Sets what the work makes of the value that is there by then, which another process may have set. */
  change(key: string, work: (value: unknown) => unknown): Promise<void>;
}

/** The settings below `qwen.`, as the person wrote them. */
export interface SettingsReader {
  /** The value of `qwen.<name>`, or its default. */
  get(name: string): unknown;
  readonly onDidChange: Event<unknown>;
}

/** The person's browser and clipboard. */
export interface UserAgent {
  /** Opens a page byte for byte as given; false where the person or the system declined. */
  open(url: string): Promise<boolean>;
  /** Asks whether a page of this host may be opened to sign in at another. Absent where the address itself is shown. */
  confirmHost?(host: string, issuer: string): Promise<boolean>;
  copy(text: string): Promise<void>;
}

/** Writes to the log that a person can open. Whatever is given is redacted first. */
export interface Log {
  info(message: string): void;
  error(message: string): void;
}

/**
 * The outcome of reading a file. `why` continues after the file's name, as in "… is larger than 1 MiB". `mend` is a
 * sentence of its own: what to do, where that is not obvious.
 */
export type FileRead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  /** `isRead`: it may be read, and is no text that anybody wants. */
  | { readonly kind: 'broken'; readonly why: string; readonly mend?: string; readonly isRead?: true };

/** An entry of the file system, and who can change it. */
export interface PathEntry {
  /** Its path without links. */
  readonly path: string;
  readonly kind: 'folder' | 'link' | 'file';
  /** `unknown` where the system does not number its users, as on Windows. */
  readonly owner: 'person' | 'root' | 'other' | 'unknown';
  readonly ownerName: string;
  /** Who may write to it beside root; a group without other members counts as its owner. */
  readonly writers: 'owner' | 'group' | 'everybody';
  /** In a sticky folder nobody can remove or rename what is somebody else's. */
  readonly isSticky: boolean;
  /** How many names it has: of a file, more than one are hard links. */
  readonly names: number;
}

/** The entries on the way from the root to a file, up to the first that is missing or not readable. */
export interface FollowedPath {
  /** Every entry in turn; after a link, the way to where it leads. */
  readonly entries: readonly PathEntry[];
  /** Where the file is once all links are followed; undefined where the way ends early. */
  readonly target: string | undefined;
}

/** Text files of at most 1 MiB. */
export interface Files {
  /** The way to a file or folder; never throws. */
  followLinks(path: string): Promise<FollowedPath>;
  /**
   * The file's text without a byte order mark; never throws, and never waits for a pipe. A link that leads nowhere is
   * broken, not missing: somebody means a file to be there.
   */
  read(path: string): Promise<FileRead>;
  /** Tells when one of these files has come, changed or gone, whether or not it was there to begin with. */
  watch(paths: readonly string[], changed: () => void): Disposable;
}

/** What git says of a file. */
export interface GitFile {
  readonly state: 'ignored' | 'untracked' | 'tracked';
  /** The top folder of the repository, and the file's path from there, with slashes. */
  readonly repository: string;
  readonly path: string;
}

/** The version control of a project. */
export interface Git {
  /** Undefined where there is no git, or no repository that it knows around the file. Changes nothing; never throws. */
  stateOf(file: string): Promise<GitFile | undefined>;
}

/** The result of writing a file; `changed`: the file was changed after it was read. */
export type FileWrite =
  | { readonly kind: 'written' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'broken'; readonly why: string };

/** Text files that may be written too. */
export interface WritableFiles extends Files {
  /**
   * Replaces the text that was read `before` (undefined for no file), as a whole or not at all. A link is followed, and
   * the file keeps its permissions. A new file, and any `ownerOnly`, is for its owner alone. Never throws.
   */
  write(path: string, text: string, before: string | undefined, mode?: 'ownerOnly'): Promise<FileWrite>;
}
