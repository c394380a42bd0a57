import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from './errors';
import { platformCode } from './platformCode';
import { retryWhileInUse } from './retryWhileInUse';

/** The permissions of what nobody but the person may read. */
export const OWNER_ONLY = 0o600;

/**
 * Makes a folder that only the person may enter (0700), whatever the process's umask, and those above it that are
 * missing.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await chmod(folder, 0o700);
}

/**
 * Makes an empty file that only the person may read. True for the one caller, of all windows, that made it. False also
 * where it cannot be made. Never throws.
 */
export async function claimFile(file: string): Promise<boolean> {
  try {
    await makePrivateFolder(path.dirname(file));
    await (await open(file, 'wx', OWNER_ONLY)).close();
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a new file with these permissions beside another one, for `use` to put in its place. Whatever
 * `use` leaves of it is removed.
 */
export async function writeBeside<T>(
  file: string,
  text: string,
  mode: number,
  use: (temporary: string) => Promise<T>,
): Promise<T> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', OWNER_ONLY);
    try {
      await handle.writeFile(text);
      await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await use(temporary);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/**
 * Replaces a file that only the person may read (0600). Readers see the old file or the new one, never a part. Throws
 * `ConfigurationError` where it cannot be written; then the file is unchanged.
 */
export async function replacePrivateFile(file: string, text: string): Promise<void> {
  await writePrivate(file, text, (temporary) => retryWhileInUse(() => rename(temporary, file)));
}

/** Throws `ConfigurationError` where `replacePrivateFile` would, and leaves the file as it is. */
export async function checkWritable(file: string): Promise<void> {
  await writePrivate(file, '', async () => undefined);
}

async function writePrivate(file: string, text: string, use: (temporary: string) => Promise<void>): Promise<void> {
  try {
    await makePrivateFolder(path.dirname(file));
    await writeBeside(file, text, OWNER_ONLY, use);
  } catch (error) {
    throw new ConfigurationError(
      { file },
      l10n.t('{file} cannot be written: {error}.', { file, error: whyNot(error, path.dirname(file)) }),
    );
  }
}

function whyNot(error: unknown, folder: string): string {
  switch (platformCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return l10n.t('you may not write to {folder}', { folder });
    case 'EBUSY':
      return l10n.t('another program has it open, or it is read-only');
    case 'EROFS':
      return l10n.t('the disk of {folder} is read-only', { folder });
    case 'ENOSPC':
    case 'EDQUOT':
      return l10n.t('there is no room left in {folder}', { folder });
    case 'EEXIST':
    case 'ENOTDIR':
      return l10n.t('a file is in the place of a folder on the way to it');
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
