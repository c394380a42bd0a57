import { statSync } from 'node:fs';
import { constants, open, stat } from 'node:fs/promises';
import { writeFile } from './fileWrite';
import type { FileRead, WritableFiles } from './ports';

/** How large a file may be to be read. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** Looked at, rather than listened to: that works for files that are not there yet, and on every file system. */
const WATCH_INTERVAL_MS = 1000;

/** The byte order mark of UTF-16, which Windows PowerShell puts before what it writes. */
const UTF_16 = /^(?:\xff\xfe|\xfe\xff)$/;

/** The files of this machine. */
export const systemFiles: WritableFiles = createFiles(WATCH_INTERVAL_MS);

/** The files of this machine, with those under watch looked at every so many milliseconds. */
export function createFiles(watchIntervalMs: number): WritableFiles {
  return {
    async read(path) {
      try {
        const entry = await stat(path);
        if (entry.isDirectory()) return { kind: 'folder' };
        if (!entry.isFile()) return { kind: 'broken', why: 'is not a regular file' };
        if (entry.size > MAX_FILE_BYTES) return { kind: 'broken', why: 'is larger than 1 MiB' };
        return await readText(path);
      } catch (error) {
        return failure(error);
      }
    },
    write: writeFile,
    watch(paths, changed) {
      // The first look is taken before anything else can happen: what changes from here on is told.
      const seen = new Map(paths.map((path) => [path, changeTimeNow(path)]));
      let timer: ReturnType<typeof setTimeout> | undefined;
      const wait = (): void => void (timer = setTimeout(() => void look(), watchIntervalMs).unref());
      const look = async (): Promise<void> => {
        const times = await Promise.all(paths.map(async (path) => [path, await changeTime(path)] as const));
        if (!timer) return;
        wait();
        const moved = times.filter(([path, time]) => time !== seen.get(path));
        for (const [path, time] of moved) seen.set(path, time);
        if (moved.length > 0) changed();
      };
      wait();
      return {
        dispose: () => {
          clearTimeout(timer);
          timer = undefined;
        },
      };
    },
  };
}

/** The time of the last change of the entry, which reading leaves alone and permissions and renaming move too; 0 for none. */
async function changeTime(path: string): Promise<number> {
  return await stat(path).then(
    ({ ctimeMs }) => ctimeMs,
    () => 0,
  );
}

function changeTimeNow(path: string): number {
  try {
    return statSync(path).ctimeMs;
  } catch {
    return 0;
  }
}

/** Opened without waiting: what was a file a moment ago may be a pipe now. */
async function readText(path: string): Promise<FileRead> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FILE_BYTES + 1), 0, MAX_FILE_BYTES + 1, 0);
    if (bytesRead > MAX_FILE_BYTES) return { kind: 'broken', why: 'is larger than 1 MiB' };
    // As text of the other kind it would be one without any variables.
    if (UTF_16.test(buffer.toString('latin1', 0, 2))) return { kind: 'broken', why: 'is in UTF-16, not in UTF-8' };
    return { kind: 'text', text: buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '') };
  } finally {
    await file.close();
  }
}

function failure(error: unknown): FileRead {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'broken', why: 'may not be read by you' };
  return { kind: 'broken', why: `cannot be read (${typeof code === 'string' ? code : 'unknown error'})` };
}
