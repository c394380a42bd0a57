import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTemporaryFolder } from '../fakes/temporaryFolder';
import { startSandbox } from '../sandbox/sandbox';
import { WindowProcess } from './windowProcess';

/** A window's waits are so many times shorter than a person's: a lock is stale after 600 ms rather than 12 s. */
const SPEED = 20;
const LONGEST_RUN_MS = 60;
/**
 * What a lock that was left behind may cost, in the window's own time: its stale age, and ten seconds where much else
 * runs.
 */
const LONGEST_WAIT_MS = 12_000 / SPEED + 10_000;

/** What became of windows that were killed. */
interface KillFigures {
  readonly kills: number;
  /** Killed while a request was under way, or its answer not yet written. */
  readonly duringRefresh: number;
  readonly duringSignIn: number;
  /** The server had rotated the refresh token, and its answer never came in: only a new sign-in helps. */
  readonly unanswered: number;
  /** The answer had come in, and was not yet kept. */
  readonly notYetKept: number;
  /** The longest that the next window took to renew, a lock that was left behind included, in milliseconds. */
  readonly longestWait: number;
}

/**
 * Kills windows one after the other at random points of signing in and refreshing, in several places side by side.
 * Throws where the next window cannot open the vault, finds an older token than one that had been kept, is signed out
 * without need, or waits longer than a lock may live.
 */
export async function killWindows(kills: number, places: number): Promise<KillFigures> {
  const counts = Array.from({ length: places }, (_, place) => Math.floor((kills + place) / places));
  const figures = await Promise.all(counts.map(killInOnePlace));
  const sum = (of: (figure: KillFigures) => number): number => figures.reduce((all, one) => all + of(one), 0);
  return {
    kills: sum((one) => one.kills),
    duringRefresh: sum((one) => one.duringRefresh),
    duringSignIn: sum((one) => one.duringSignIn),
    unanswered: sum((one) => one.unanswered),
    notYetKept: sum((one) => one.notYetKept),
    longestWait: Math.max(...figures.map((one) => one.longestWait)),
  };
}

async function killInOnePlace(kills: number): Promise<KillFigures> {
  const folder = createTemporaryFolder();
  const sandbox = await startSandbox();
  const approving = setInterval(() => sandbox.pendingUserCodes.forEach((code) => sandbox.approve(code)), 2);
  const journal = folder.at('journal');
  const options = { folder: folder.at('vault'), journal, settings: sandbox.settings, speed: SPEED };
  const figures = { kills: 0, duringRefresh: 0, duringSignIn: 0, unanswered: 0, notYetKept: 0, longestWait: 0 };
  let window = await WindowProcess.open(options);
  try {
    await window.call('signIn');
    const key = String(await window.call('key'));
    for (; figures.kills < kills; figures.kills++) {
      const action = figures.kills % 4 === 3 ? 'signIn' : 'renewForEver';
      window.call(action).catch(() => undefined);
      await sleep(Math.random() * LONGEST_RUN_MS);
      await window.kill();
      const { kept, isUnderWay, received } = readJournal(journal);
      if (isUnderWay) figures[action === 'signIn' ? 'duringSignIn' : 'duringRefresh'] += 1;

      window = await WindowProcess.open({ ...options, key });
      const stored = await window.call('token');
      assert.ok(stored === kept || (isUnderWay && stored !== ''), 'What had been kept is lost.');
      const begin = performance.now();
      const renewed = await window.call('renew').catch((error: unknown) => error);
      figures.longestWait = Math.max(figures.longestWait, Math.round(performance.now() - begin));
      assert.ok(figures.longestWait < LONGEST_WAIT_MS, `A lock was in the way for ${figures.longestWait} ms.`);
      if (renewed instanceof Error) {
        const isUnavoidable = isUnderWay && stored !== received && action !== 'signIn';
        assert.ok(isUnavoidable, `Signed out without need: ${renewed.message}`);
        figures[received === undefined ? 'unanswered' : 'notYetKept'] += 1;
        await window.call('signIn');
      }
    }
    return figures;
  } finally {
    await window.kill();
    clearInterval(approving);
    await sandbox.stop();
    folder.remove();
  }
}

/** What a window did last: the token that it had kept, and whether it was about to get another. */
function readJournal(journal: string): { kept: string; isUnderWay: boolean; received: string | undefined } {
  const steps = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : [];
  const last = steps.findLastIndex((step) => step.startsWith('kept '));
  const since = steps.slice(last + 1);
  const [, kept = ''] = steps[last]?.split(' ') ?? [];
  const [, received] = since.findLast((step) => step.startsWith('received '))?.split(' ') ?? [];
  return { kept, isUnderWay: since.length > 0, received };
}
