import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, lstat, unlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { platformCode } from '../base/platformCode';
import { makePrivateFolder } from '../base/privateFile';
import { ConfigurationError } from '../base/errors';
import type { Clock } from '../base/ports';
import { LockChanges } from './lockChanges';

/** How long to wait for a lock, and when its holder counts as killed. All in milliseconds. */
interface LockTerms {
  readonly attempts: number;
  readonly firstWait: number;
  readonly waitFactor: number;
  readonly longestWait: number;
  readonly stale: number;
  /** How often a living holder touches its lock; undefined: never. */
  readonly beat: number | undefined;
}

/**
 * Qwen Code's own figures: with them it waits for us as long as we do for it, 29 s in all. Longer than the 35 s no
 * refresh takes.
 */
const QWEN_TERMS: LockTerms = {
  attempts: 20,
  firstWait: 100,
  waitFactor: 1.5,
  longestWait: 2000,
  stale: 35_000,
  beat: undefined,
};

/**
 * Our own windows touch their locks while they live, so that they may take longer: they are waited for as long as two
 * refreshes take. Each wait is about a tenth of the time before it, so that nobody comes much later than they could
 * where the system does not tell of changes.
 */
export const OWN_TERMS: LockTerms = {
  attempts: 290,
  firstWait: 5,
  waitFactor: 1.1,
  longestWait: 250,
  stale: 12_000,
  beat: 3000,
};

/**
 * Does work while this process alone holds the lock file, which has its owner's id in it. Throws `ConfigurationError`
 * where the lock is not free in time. The terms are those of Qwen Code unless given.
 */
export async function withFileLock<T>(
  lock: string,
  clock: Clock,
  work: () => Promise<T>,
  terms: LockTerms = QWEN_TERMS,
): Promise<T> {
  const owner = randomUUID();
  await acquire(lock, clock, owner, terms).catch((error: unknown) => {
    throw error instanceof ConfigurationError
      ? error
      : new ConfigurationError(
          { file: lock },
          l10n.t('{lock} cannot be made ({error}).', { lock, error: String(error) }),
        );
  });
  const over = new AbortController();
  if (terms.beat !== undefined) void keepAlive(lock, owner, clock, terms.beat, over.signal);
  try {
    return await work();
  } finally {
    over.abort();
    // The work is done; a lock that is left behind becomes stale.
    await release(lock, owner).catch(() => undefined);
  }
}

async function acquire(lock: string, clock: Clock, owner: string, terms: LockTerms): Promise<void> {
  await makePrivateFolder(path.dirname(lock));
  if (await claim(lock, owner)) return;
  const changes = new LockChanges(lock);
  try {
    await waitForLock(lock, clock, owner, terms, changes);
  } finally {
    changes.dispose();
  }
}

async function waitForLock(
  lock: string,
  clock: Clock,
  owner: string,
  terms: LockTerms,
  changes: LockChanges,
): Promise<void> {
  let wait = terms.firstWait;
  let touched: number | undefined;
  /** How long it was waited for while nobody touched the lock. */
  let still = 0;
  for (let attempt = 0; attempt < terms.attempts; attempt++) {
    if (await claim(lock, owner)) return;
    const before = touched;
    touched = await touchedAt(lock);
    if (touched !== before) still = 0;
    if (touched !== undefined && isDead(touched, still, terms)) {
      if ((await breakLock(lock, touched)) && (await claim(lock, owner))) return;
    }
    const until = clock.now() + wait;
    let left = wait;
    while (await changes.within(left, clock)) {
      if (await claim(lock, owner)) return;
      // The clock may be set back meanwhile.
      left = Math.min(wait, until - clock.now());
    }
    still += wait;
    wait = Math.min(wait * terms.waitFactor, terms.longestWait);
  }
  throw new ConfigurationError(
    { file: lock },
    l10n.t(
      'Another program has held {lock} for too long. Wait until it is done, or remove the file when none is at work.',
      { lock },
    ),
  );
}

/**
 * After a sleep of the machine every lock looks old, so that its holder gets one and a half beats to show that it
 * lives. Where clocks differ, nobody waits longer than the lock may live.
 */
function isDead(touched: number, still: number, { stale, beat }: LockTerms): boolean {
  const isOld = Date.now() - touched > stale;
  return beat === undefined ? isOld : still >= (isOld ? beat * 1.5 : stale);
}

async function keepAlive(lock: string, owner: string, clock: Clock, beat: number, over: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(beat, over);
      if ((await readFile(lock, 'utf8')) !== owner) return;
      const now = new Date();
      await utimes(lock, now, now);
    }
  } catch {
    // The work is over, or the lock is somebody else's by now.
  }
}

async function claim(lock: string, owner: string): Promise<boolean> {
  return await unless('EEXIST', async () => await writeFile(lock, owner, { flag: 'wx', mode: 0o600 }));
}

/** Removes the lock of a killed process, last touched at that time; false where there is none. */
async function breakLock(lock: string, touched: number): Promise<boolean> {
  return await unless('ENOENT', async () => {
    const aside = `${lock}.stale.${randomUUID()}`;
    await rename(lock, aside);
    // Another process was faster, and this is its living lock: put it back, unless there is one by now.
    if ((await touchedAt(aside)) !== touched) await unless('EEXIST', async () => await link(aside, lock));
    await unlink(aside);
  });
}

/**
 * When the lock was made or touched, in milliseconds since the epoch; undefined where there is none. A link counts as
 * itself: one that leads nowhere is in the way of a lock, too.
 */
async function touchedAt(lock: string): Promise<number | undefined> {
  let touched: number | undefined;
  await unless('ENOENT', async () => void (touched = (await lstat(lock)).mtimeMs));
  return touched;
}

/** Qwen Code removes any lock when it ends, so that the lock may be gone or somebody else's. */
async function release(lock: string, owner: string): Promise<void> {
  if ((await readFile(lock, 'utf8')) === owner) await unlink(lock);
}

/** Does work; false where it answers so, or fails with that error of the file system. */
async function unless(code: string, work: () => Promise<boolean | void>): Promise<boolean> {
  try {
    return (await work()) ?? true;
  } catch (error) {
    if (platformCode(error) === code) return false;
    throw error;
  }
}
