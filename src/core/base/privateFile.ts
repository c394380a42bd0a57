import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from './errors';

/**
 * Makes an empty file that only the person may read. True for the one caller, of all windows, that made it. False also
 * where it cannot be made. Never throws.
 */
export async function claimFile(file: string): Promise<boolean> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await (await open(file, 'wx', 0o600)).close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Replaces a file that only the person may read (0600). Readers see the old file or the new one, never a part. Throws
 * `ConfigurationError` where it cannot be written; then the file is unchanged.
 */
export async function replacePrivateFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.tmp.${process.pid}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError({ file }, `${file} cannot be written: ${why}.`);
  }
}
