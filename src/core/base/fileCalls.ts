import { closeSync, constants, lstatSync, openSync, readlinkSync, readSync, type Stats, statSync } from 'node:fs';
import { lstat, open, readlink, stat } from 'node:fs/promises';
import { platformCode } from './platformCode';

/**
 * What reading asks of the file system. Entries that are not there are undefined;
 * what else fails is the system's error.
 */
export interface FileCalls {
  stat(path: string): Promise<Stats | undefined>;
  lstat(path: string): Promise<Stats | undefined>;
  readlink(path: string): Promise<string>;
  /** The bytes of a file, at most so many. It is opened without blocking: it may have become a pipe. */
  readBytes(path: string, most: number): Promise<Buffer>;
}

const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Beside other work: each call goes to another thread and back. */
export const besideOtherWork: FileCalls = {
  stat: (path) => stat(path).catch(unlessMissing),
  lstat: (path) => lstat(path).catch(unlessMissing),
  readlink: (path) => readlink(path),
  readBytes: async (path, most) => {
    const file = await open(path, READ);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(most), 0, most, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  },
};

/** At once, for a program that has nothing else to do meanwhile: most calls take less time than the way to a thread. */
export const atOnce: FileCalls = {
  stat: async (path) => orMissing(() => statSync(path, { throwIfNoEntry: false })),
  lstat: async (path) => orMissing(() => lstatSync(path, { throwIfNoEntry: false })),
  readlink: async (path) => readlinkSync(path),
  readBytes: async (path, most) => {
    const file = openSync(path, READ);
    try {
      const buffer = Buffer.allocUnsafe(most);
      return buffer.subarray(0, readSync(file, buffer, 0, most, 0));
    } finally {
      closeSync(file);
    }
  },
};

function orMissing(call: () => Stats | undefined): Stats | undefined {
  try {
    return call();
  } catch (error) {
    return unlessMissing(error);
  }
}

/** Below a file there is nothing either. */
function unlessMissing(error: unknown): undefined {
  const code = platformCode(error);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}
