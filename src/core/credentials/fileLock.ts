import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from '../errors';
import { isRecord } from '../json';
import type { Clock } from '../ports';

/** Qwen Code's own figures: with them it waits for us as long as we do for it, 29 s in all. */
const ATTEMPTS = 20;
const FIRST_WAIT_MS = 100;
const WAIT_FACTOR = 1.5;
const LONGEST_WAIT_MS = 2000;
/** Longer than a refresh may take: whoever holds a lock that is older was killed. */
const STALE_MS = 35_000;

/**
 * Does work while no other process holds the lock file, which is shared with Qwen Code: made exclusively, with its
 * owner's id in it. Throws `ConfigurationError` where it cannot be had within 29 s.
 */
export async function withFileLock<T>(lock: string, clock: Clock, work: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  await acquire(lock, clock, owner).catch((error: unknown) => {
    throw error instanceof ConfigurationError
      ? error
      : new ConfigurationError(lock, `${lock} cannot be made (${String(error)}).`);
  });
  try {
    return await work();
  } finally {
    await release(lock, owner);
  }
}

async function acquire(lock: string, clock: Clock, owner: string): Promise<void> {
  await mkdir(path.dirname(lock), { recursive: true, mode: 0o700 });
  let wait = FIRST_WAIT_MS;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if ((await take(lock, owner)) || ((await breakStale(lock)) && (await take(lock, owner)))) return;
    await clock.sleep(wait, new AbortController().signal);
    wait = Math.min(wait * WAIT_FACTOR, LONGEST_WAIT_MS);
  }
  throw new ConfigurationError(
    lock,
    `Another program has held ${lock} for too long. Wait until it is done, or remove the file when none is at work.`,
  );
}

async function take(lock: string, owner: string): Promise<boolean> {
  return await unless('EEXIST', async () => await writeFile(lock, owner, { flag: 'wx', mode: 0o600 }));
}

/** Takes the lock of a process that was killed out of the way; false where there is none. */
async function breakStale(lock: string): Promise<boolean> {
  return await unless('ENOENT', async () => {
    if (!(await isStale(lock))) return false;
    const aside = `${lock}.stale.${randomUUID()}`;
    await rename(lock, aside);
    // Somebody else was faster, and this is the lock of a living process: it goes back, unless there is one by now.
    if (!(await isStale(aside))) await unless('EEXIST', async () => await link(aside, lock));
    await unlink(aside);
  });
}

async function isStale(lock: string): Promise<boolean> {
  return Date.now() - (await stat(lock)).mtimeMs > STALE_MS;
}

/** Qwen Code removes any lock when it ends: what is there now may be somebody else's, or nothing. */
async function release(lock: string, owner: string): Promise<void> {
  await unless('ENOENT', async () => {
    if ((await readFile(lock, 'utf8')) === owner) await unlink(lock);
  });
}

/** Does work; false where it answers so, or fails with that error of the file system. */
async function unless(code: string, work: () => Promise<boolean | void>): Promise<boolean> {
  try {
    return (await work()) ?? true;
  } catch (error) {
    if (isRecord(error) && error['code'] === code) return false;
    throw error;
  }
}
