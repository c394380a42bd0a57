import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, {
  existsSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  promises,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';
import { buildSync } from 'esbuild';

import type { Clock } from '../../../src/core/base/ports';
import { OWN_TERMS, withFileLock } from '../../../src/core/credentials/fileLock';
import { eventually } from '../../eventually';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('file lock', () => {
  let folder: TemporaryFolder;
  let lock: string;
  let clock: ManualClock;

  beforeEach(() => {
    folder = createTemporaryFolder();
    lock = folder.at('home/oauth_creds.lock');
    clock = new ManualClock();
  });
  afterEach(() => {
    mock.restoreAll();
    syncBuiltinESMExports();
    folder.remove();
  });

  /** A lock that some other program holds, taken so many seconds ago. */
  function takenAgo(seconds: number): void {
    folder.write({ 'home/oauth_creds.lock': 'somebody-else' });
    utimesSync(lock, new Date(), new Date(Date.now() - seconds * 1000));
  }
  /** A process of its own with the lock at hand; its work is given as code. */
  function start(work: string): ChildProcess {
    const program = folder.at('program.cjs');
    if (!existsSync(program)) {
      const contents = "export * from './src/core/credentials/fileLock'; export * from './src/core/base/clock';";
      buildSync({
        stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
        bundle: true,
        platform: 'node',
        outfile: program,
      });
    }
    const code = `const { withFileLock, systemClock } = require(${JSON.stringify(program)});
      const { readFileSync, writeFileSync } = require('node:fs');
      const { setTimeout: sleep } = require('node:timers/promises');
      const withLock = (work) => withFileLock(${JSON.stringify(lock)}, systemClock, work);
      ${work}`;
    return spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  }

  it('is a file with an id of its owner, gone when the work is done', async () => {
    const id = await withFileLock(lock, clock, async () => readFileSync(lock, 'utf8'));

    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(existsSync(lock), false);
  });

  it('is for the person alone, whatever the umask', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    const umask = process.umask(0);
    const mode = await withFileLock(lock, clock, async () => statSync(lock).mode & 0o777).finally(() =>
      process.umask(umask),
    );

    assert.equal(mode, 0o600);
  });

  it('is not touched while it is held, as Qwen Code touches none', async () => {
    assert.equal(await withFileLock(lock, clock, async () => clock.sleepers), 0);
  });

  it('is given back when the work fails', async () => {
    await assert.rejects(
      withFileLock(lock, clock, async () => Promise.reject(new RangeError('broken'))),
      RangeError,
    );
    assert.equal(existsSync(lock), false);
  });

  it('waits for who holds it, longer each time and never more than two seconds, and gives up after 29', async () => {
    takenAgo(0);
    const taking = withFileLock(lock, clock, async () => 'never');
    const waits = await clock.passUntil(taking);

    await assert.rejects(taking, {
      name: 'ConfigurationError',
      where: { file: lock },
      message: /oauth_creds\.lock for too long/,
    });
    assert.deepEqual(waits.slice(0, 3), [0.1, 0.15, 0.225]);
    assert.equal(Math.max(...waits), 2);
    assert.equal(Math.round(waits.reduce((sum, wait) => sum + wait)), 29);
    assert.equal(readFileSync(lock, 'utf8'), 'somebody-else');
  });

  it('is taken as soon as it is free', async () => {
    takenAgo(0);
    const taking = withFileLock(lock, clock, async () => 'done');
    await clock.nextSleep();
    unlinkSync(lock);
    await clock.passUntil(taking);

    assert.equal(await taking, 'done');
  });

  it('is taken before the wait is over where the system tells that it is free', async () => {
    takenAgo(0);
    const taking = withFileLock(lock, clock, async () => 'done');
    await clock.nextSleep();
    unlinkSync(lock);

    assert.equal(await taking, 'done');
  });

  it('is taken after a wait where the system does not tell that it is free, which watches it no longer', async () => {
    for (const isSilent of [true, false]) {
      const { watch } = fs;
      let [opened, closed] = [0, 0];
      mock.method(fs, 'watch', (at: string, options: fs.WatchOptions, changed: fs.WatchListener<string>) => {
        if (isSilent) throw new Error('ENOSPC');
        opened += 1;
        return watch(at, { ...options, encoding: 'utf8' }, changed).on('close', () => (closed += 1));
      });
      syncBuiltinESMExports();
      takenAgo(0);
      const taking = withFileLock(lock, clock, async () => 'done');
      await clock.nextSleep();
      unlinkSync(lock);
      if (isSilent) assert.deepEqual(await clock.passUntil(taking), [0.1]);
      mock.restoreAll();

      assert.equal(await taking, 'done');
      assert.equal(opened, isSilent ? 0 : 1);
      await eventually(() => closed, opened);
    }
  });

  it('is waited for no longer where it is touched, whichever way the clock is set', async () => {
    takenAgo(0);
    const slept: number[] = [];
    const sleep: Clock['sleep'] = (ms, signal) => (slept.push(ms), clock.sleep(ms, signal));
    const taking = withFileLock(lock, { now: () => clock.now(), sleep }, async () => 'done');
    await clock.nextSleep();
    for (const [ms, left] of [
      [60, 40],
      [-3_600_000, 100],
    ] as const) {
      clock.advance(ms);
      utimesSync(lock, new Date(), new Date());
      await eventually(() => slept.at(-1), left);
    }
    unlinkSync(lock);

    assert.equal(await taking, 'done');
  });

  it('is waited for no less long for what others do beside it', async () => {
    takenAgo(0);
    const taking = withFileLock(lock, clock, async () => 'done');
    await clock.nextSleep();
    folder.write({ 'home/oauth_creds.json': '{}' });
    utimesSync(lock, new Date(), new Date());
    const waits = await clock.passUntil(taking);

    await assert.rejects(taking);
    assert.equal(Math.round(waits.reduce((sum, wait) => sum + wait)), 29);
  });

  it('is taken from who has held it for more than 35 seconds', async () => {
    takenAgo(36);

    assert.equal(await withFileLock(lock, clock, async () => 'done'), 'done');
    assert.deepEqual(readdirSync(folder.at('home')), []);
  });

  it('is taken where an old link that leads nowhere is in its way', async () => {
    folder.write({ 'home/file': '' });
    symlinkSync('/nowhere/lock', lock);
    lutimesSync(lock, new Date(), new Date(Date.now() - 36_000));

    assert.equal(await withFileLock(lock, clock, async () => lstatSync(lock).isFile()), true);
    assert.deepEqual(readdirSync(folder.at('home')), ['file']);
  });

  for (const [what, after, expected] of [
    ['goes back to a process that was faster to take it from the dead one', undefined, 'the-faster-one'],
    ['stays with whoever took it after that', 'the-third-one', 'the-third-one'],
  ] as const) {
    it(what, async () => {
      takenAgo(36);
      const { rename } = promises;
      mock.method(promises, 'rename', async (from: string, to: string) => {
        writeFileSync(from, 'the-faster-one');
        await rename(from, to);
        if (after !== undefined) writeFileSync(from, after);
      });
      syncBuiltinESMExports();
      const taking = withFileLock(lock, clock, async () => 'done');
      await clock.nextSleep();
      mock.restoreAll();
      syncBuiltinESMExports();

      assert.deepEqual([readdirSync(folder.at('home')), readFileSync(lock, 'utf8')], [['oauth_creds.lock'], expected]);
      unlinkSync(lock);
      await clock.passUntil(taking);
      assert.equal(await taking, 'done');
    });
  }

  it('is taken where the dead one goes of itself meanwhile', async () => {
    takenAgo(36);
    const { rename } = promises;
    mock.method(promises, 'rename', async (from: string, to: string) => {
      unlinkSync(from);
      await rename(from, to);
    });
    syncBuiltinESMExports();
    const taking = withFileLock(lock, clock, async () => 'done');
    await clock.passUntil(taking);
    mock.restoreAll();
    syncBuiltinESMExports();

    assert.equal(await taking, 'done');
  });

  it('is not taken from who has held it for less', async () => {
    takenAgo(30);
    const taking = withFileLock(lock, clock, async () => 'never');

    await clock.passUntil(taking);
    await assert.rejects(taking);
  });

  it('does not mind that somebody else removed it', async () => {
    assert.equal(
      await withFileLock(lock, clock, async () => {
        unlinkSync(lock);
        return 'done';
      }),
      'done',
    );
  });

  it('takes nothing away from the work where it cannot be given back', async () => {
    const work = async (): Promise<string> => {
      unlinkSync(lock);
      mkdirSync(lock);
      return 'done';
    };

    assert.equal(await withFileLock(lock, clock, work), 'done');
  });

  it('leaves the lock of whoever came after somebody removed it', async () => {
    await withFileLock(lock, clock, async () => writeFileSync(lock, 'the-next-owner'));

    assert.equal(readFileSync(lock, 'utf8'), 'the-next-owner');
  });

  it('loses no change of several processes, whose first finds the lock of a dead one', async () => {
    folder.write({ 'home/count': '0' });
    takenAgo(36);
    const count = JSON.stringify(folder.at('home/count'));
    const work = `(async () => {
      for (let i = 0; i < 25; i++) {
        await withLock(async () => {
          const before = Number(readFileSync(${count}, 'utf8'));
          await sleep(1);
          writeFileSync(${count}, String(before + 1));
        });
      }
    })();`;
    const ends = await Promise.all([1, 2, 3].map(async () => await once(start(work), 'exit')));

    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0, 0],
    );
    assert.equal(readFileSync(folder.at('home/count'), 'utf8'), '75');
    assert.deepEqual(readdirSync(folder.at('home')), ['count']);
  });

  it('comes free when its holder was killed', async () => {
    const holder = start("void withLock(async () => { process.stdout.write('held'); await sleep(60_000); });");
    if (holder.stdout) await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    assert.equal(existsSync(lock), true);

    utimesSync(lock, new Date(), new Date(Date.now() - 36_000));
    assert.equal(await withFileLock(lock, clock, async () => 'done'), 'done');
  });

  describe('among ourselves', () => {
    /** Takes the lock; how many seconds that took. */
    async function takeOwn(): Promise<number> {
      const begin = clock.now();
      const taking = withFileLock(lock, clock, async () => (clock.now() - begin) / 1000, OWN_TERMS);
      await clock.passUntil(taking);
      return await taking;
    }

    it('is taken from a dead holder after a beat and a half', async () => {
      takenAgo(13);
      const seconds = await takeOwn();

      assert.ok(seconds >= 4.5 && seconds < 5, `waited ${seconds} s`);
    });

    it('is taken 12 seconds after the death of its holder', async () => {
      takenAgo(0);
      const seconds = await takeOwn();

      assert.ok(seconds >= 12 && seconds < 12.5, `waited ${seconds} s`);
    });

    it('is left to a holder that wakes from sleep with the machine', async () => {
      takenAgo(3600);
      const taking = withFileLock(lock, clock, async () => 'done', OWN_TERMS);
      let waited = 0;
      while (waited < 20_000) {
        const wait = await clock.nextSleep();
        waited += wait;
        clock.advance(wait);
        utimesSync(lock, new Date(), new Date(waited));
        await new Promise(setImmediate);
      }
      unlinkSync(lock);
      await clock.passUntil(taking);

      assert.equal(await taking, 'done');
    });

    it('is touched every three seconds while it is held', async () => {
      let end: (() => void) | undefined;
      const holding = withFileLock(lock, clock, () => new Promise<void>((resolve) => (end = resolve)), OWN_TERMS);
      assert.equal(await clock.nextSleep(), 3000);
      const past = new Date(Date.now() - 60_000);
      utimesSync(lock, past, past);
      clock.advance(3000);
      await clock.nextSleep();

      assert.ok(Date.now() - statSync(lock).mtimeMs < 10_000);
      end?.();
      await holding;
      assert.equal(clock.sleepers, 0);
    });

    it('is not touched once it is the lock of another', async () => {
      let end: (() => void) | undefined;
      const holding = withFileLock(lock, clock, () => new Promise<void>((resolve) => (end = resolve)), OWN_TERMS);
      await clock.nextSleep();
      takenAgo(60);
      const { mtimeMs } = statSync(lock);
      clock.advance(3000);
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);

      assert.equal(statSync(lock).mtimeMs, mtimeMs);
      end?.();
      await holding;
      assert.equal(existsSync(lock), true);
    });
  });

  it('is not waited for where it cannot be made, whatever is the matter', async () => {
    const impossible = folder.at(`home/${'x'.repeat(300)}.lock`);

    await assert.rejects(
      withFileLock(impossible, clock, async () => 'never'),
      { name: 'ConfigurationError', where: { file: impossible }, message: /\.lock cannot be made \(.*ENAMETOOLONG/ },
    );
  });

  it('says which file it is when it cannot be made', async () => {
    folder.write({ home: 'a file in the place of the folder' });

    await assert.rejects(
      withFileLock(lock, clock, async () => 'never'),
      { name: 'ConfigurationError', message: /oauth_creds\.lock cannot be made/ },
    );
  });
});
