import { constants, lstat, open, readlink, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Attention, FileWatch } from './fileWatch';
import { FolderWatches } from './folderWatches';
import { writeFile } from './fileWrite';
import { followLinks } from './followLinks';
import { platformCode } from './platformCode';
import type { FileRead, FollowedPath, WritableFiles } from './ports';
import type { Disposable } from './events';
import { systemUsers } from './systemUsers';

/** How large a file may be to be read. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** How often files are looked at beside what the system tells of them. */
const POLL_MS = 5000;
/** A program that somebody has started and waits for. */
const ALWAYS: Attention = { isThere: true, onDidChange: () => ({ dispose: () => undefined }) };

/** A byte order mark of UTF-16, or what UTF-16 without one looks like: every other byte of plain letters is zero. */
const UTF_16 = /^(?:\xff\xfe|\xfe\xff)|(?:[\t\n\r -~]\0){4}|(?:\0[\t\n\r -~]){4}/;

const IN_UTF_16: FileRead = {
  kind: 'broken',
  why: 'is in UTF-16, not in UTF-8',
  mend: 'Save it as UTF-8: what > and >> of Windows PowerShell write is UTF-16.',
};

/** 1Password makes such an `.env`. Each reading would ask the person for permission again. */
const A_PIPE: FileRead = {
  kind: 'broken',
  why: 'is a named pipe, which is not read here',
  mend: 'Set its variables in the shell first: set -a; . ./.env; set +a',
};

/**
 * The files of this machine. Those under watch are looked at every `pollMs` milliseconds too, while somebody is
 * there to see what became of them.
 */
export class SystemFiles implements WritableFiles {
  readonly write = writeFile;
  readonly #folders = new FolderWatches();
  readonly #pollMs: number;
  readonly #attention: Attention;
  #users: ReturnType<typeof systemUsers> | undefined;

  constructor(pollMs = POLL_MS, attention = ALWAYS) {
    this.#pollMs = pollMs;
    this.#attention = attention;
  }

  async followLinks(path: string): Promise<FollowedPath> {
    return await followLinks(path, await (this.#users ??= systemUsers()));
  }

  async read(path: string): Promise<FileRead> {
    try {
      const entry = await stat(path);
      if (entry.isDirectory()) return { kind: 'folder' };
      if (entry.isFIFO()) return A_PIPE;
      if (!entry.isFile()) return { kind: 'broken', why: 'is not a regular file' };
      if (entry.size > MAX_FILE_BYTES) return { kind: 'broken', why: 'is larger than 1 MiB' };
      return await readText(path);
    } catch (error) {
      return await failure(path, error);
    }
  }

  watch(paths: readonly string[], changed: () => void): Disposable {
    return new FileWatch(paths, changed, { folders: this.#folders, attention: this.#attention, pollMs: this.#pollMs });
  }
}

/** The files of this machine, for a program that somebody has started and waits for. */
export const systemFiles: WritableFiles = new SystemFiles();

/** Opened without blocking: the file may have become a pipe since. */
async function readText(path: string): Promise<FileRead> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FILE_BYTES + 1), 0, MAX_FILE_BYTES + 1, 0);
    if (bytesRead > MAX_FILE_BYTES) return { kind: 'broken', why: 'is larger than 1 MiB' };
    // Read as UTF-8 it would be a file without any variables.
    if (UTF_16.test(buffer.toString('latin1', 0, bytesRead))) return IN_UTF_16;
    return { kind: 'text', text: buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '') };
  } finally {
    await file.close();
  }
}

async function failure(file: string, error: unknown): Promise<FileRead> {
  const code = platformCode(error);
  if (code === 'ENOENT') return (await deadLink(file)) ?? { kind: 'missing' };
  if (code === 'ENOTDIR') return { kind: 'missing' };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'broken', why: 'may not be read by you' };
  return { kind: 'broken', why: `cannot be read (${code || 'unknown error'})` };
}

async function exists(entry: string): Promise<boolean> {
  return await stat(entry).then(
    () => true,
    () => false,
  );
}

/** The result for a link that leads nowhere, of the file or of a folder above it; undefined where there is none. */
async function deadLink(file: string, from = file): Promise<FileRead | undefined> {
  try {
    const isLink = (await lstat(from)).isSymbolicLink();
    // In a folder that is there, the file is simply missing.
    if (!isLink || (await exists(from))) return undefined;
    const target = resolve(dirname(from), await readlink(from));
    const link = from === file ? 'is a link' : `is not there: ${from} is a link`;
    return { kind: 'broken', why: `${link} to ${target}, which does not exist` };
  } catch {
    const parent = dirname(from);
    return parent === from ? undefined : await deadLink(file, parent);
  }
}
