import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable, Event } from './events';
import type { FolderWatches } from './folderWatches';

/** Whether somebody is in front of the window. */
export interface Attention {
  readonly isThere: boolean;
  readonly onDidChange: Event<unknown>;
}

/** What watching needs. */
interface FileWatchParts {
  readonly folders: Pick<FolderWatches, 'add'>;
  readonly attention: Attention;
  /** How often files are looked at while somebody is there, in milliseconds: not every file system tells of changes. */
  readonly pollMs: number;
}

/** Several changes that come together are looked at once. */
const SETTLE_MS = 10;

/**
 * Watches files, whether or not they are there: the system tells of changes in their folders, and they are looked at
 * now and then while somebody is there. Where nothing changes and nobody is there, nothing is done.
 */
export class FileWatch implements Disposable {
  readonly #parts: FileWatchParts;
  readonly #paths: readonly string[];
  readonly #changed: () => void;
  /** The time of the last change of each file; 0 for none. */
  readonly #seen: Map<string, number>;
  readonly #folders = new Map<string, Disposable>();
  readonly #following: Disposable;
  #isDeaf = false;
  #due: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(paths: readonly string[], changed: () => void, parts: FileWatchParts) {
    this.#parts = parts;
    this.#paths = paths;
    this.#changed = changed;
    // The folders are listened to before the first look, which is synchronous: every later change is noticed.
    this.#listen();
    this.#seen = new Map(paths.map((file) => [file, changeTimeNow(file)]));
    this.#following = parts.attention.onDidChange(() => this.#attend());
    this.#schedulePoll();
  }

  dispose(): void {
    this.#isOver = true;
    clearTimeout(this.#due);
    clearTimeout(this.#poll);
    this.#following.dispose();
    for (const folder of this.#folders.values()) folder.dispose();
  }

  /** Listens to the folders that are there now, in the place of those before. */
  #listen(): void {
    const wanted = new Set(this.#paths.map(nearestFolder));
    const before = new Map(this.#folders);
    this.#folders.clear();
    this.#isDeaf = false;
    for (const folder of wanted) {
      const watching = this.#parts.folders.add(folder, (name) => this.#hear(folder, name));
      if (watching) this.#folders.set(folder, watching);
      else this.#isDeaf = true;
    }
    for (const watching of before.values()) watching.dispose();
  }

  #hear(folder: string, name: string | undefined): void {
    const entry = path.join(folder, name ?? '');
    const isOurs = name === undefined || this.#paths.some((file) => isOnTheWay(entry, file) || file === folder);
    if (!isOurs || this.#isOver) return;
    this.#due ??= setTimeout(() => void this.#look(), SETTLE_MS).unref();
  }

  async #look(): Promise<void> {
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#listen();
    const times = await Promise.all(this.#paths.map(async (file) => [file, await changeTime(file)] as const));
    if (this.#isOver) return;
    this.#schedulePoll();
    const moved = times.filter(([file, time]) => time !== this.#seen.get(file));
    for (const [file, time] of moved) this.#seen.set(file, time);
    if (moved.length > 0) this.#changed();
  }

  #attend(): void {
    if (this.#parts.attention.isThere) void this.#look();
    else this.#schedulePoll();
  }

  #schedulePoll(): void {
    clearTimeout(this.#poll);
    // Without anybody to tell of changes, they are looked for all the time.
    if (!this.#parts.attention.isThere && !this.#isDeaf) return;
    this.#poll = setTimeout(() => void this.#look(), this.#parts.pollMs).unref();
  }
}

/** The path itself where it is a folder, else the nearest one above it. */
function nearestFolder(file: string): string {
  const above = path.dirname(file);
  return isFolder(file) || above === file ? file : nearestFolder(above);
}

function isFolder(file: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** Whether the entry is the file, or a folder on the way to it. */
function isOnTheWay(entry: string, file: string): boolean {
  return file === entry || file.startsWith(entry + path.sep);
}

/**
 * The time of the last change of the entry, which reading leaves alone and permissions and
 * renaming move too; 0 for none.
 */
async function changeTime(file: string): Promise<number> {
  return await stat(file).then(
    ({ ctimeMs }) => ctimeMs,
    () => 0,
  );
}

function changeTimeNow(file: string): number {
  try {
    return statSync(file).ctimeMs;
  } catch {
    return 0;
  }
}
