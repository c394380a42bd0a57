import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';

import { retryWhileInUse } from '../../../src/core/base/retryWhileInUse';
import { refuseRenames, restoreRenames } from '../../fakes/filesInUse';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('putting a file into the place of another one', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;

  beforeEach(() => {
    folder = createTemporaryFolder({ new: 'new', file: 'old' });
    clock = new ManualClock();
  });
  afterEach(() => {
    restoreRenames();
    folder.remove();
  });

  const replace = async (platform: NodeJS.Platform): Promise<void> =>
    await retryWhileInUse(() => rename(folder.at('new'), folder.at('file')), platform, clock);
  /** The seconds between its attempts. */
  const waitsOf = async (platform: NodeJS.Platform): Promise<readonly number[]> => {
    const renaming = replace(platform);
    const waits = await clock.passUntil(renaming);
    await renaming;
    return waits;
  };
  const isReplaced = (): boolean =>
    readdirSync(folder.at('')).join() === 'file' && readFileSync(folder.at('file'), 'utf8') === 'new';

  for (const platform of ['linux', 'win32'] as const) {
    it(`is done at once where nobody has that one open, on ${platform}`, async () => {
      assert.deepEqual(await waitsOf(platform), []);
      assert.ok(isReplaced());
    });
  }

  for (const code of ['EPERM', 'EACCES', 'EBUSY']) {
    it(`waits on Windows until nobody has it open any more, which is said with ${code}`, async () => {
      refuseRenames(3, code);

      assert.deepEqual(await waitsOf('win32'), [0.01, 0.02, 0.04]);
      assert.ok(isReplaced());
    });

    it(`takes ${code} for an answer elsewhere`, async () => {
      refuseRenames(1, code);

      await assert.rejects(waitsOf('linux'), { code });
      assert.equal(clock.sleepers, 0);
    });
  }

  it('succeeds even after the longest wait', async () => {
    refuseRenames(9);

    await waitsOf('win32');
    assert.ok(isReplaced());
  });

  it('ends after five seconds, and says that the file stays in use', async () => {
    refuseRenames(Infinity);
    const renaming = replace('win32');
    const waits = await clock.passUntil(renaming);

    await assert.rejects(renaming, { code: 'EBUSY' });
    assert.equal(Math.round(waits.reduce((sum, wait) => sum + wait, 0)), 5);
  });

  it('waits for nothing where the error is another one', async () => {
    refuseRenames(1, 'ENOSPC');

    await assert.rejects(waitsOf('win32'), { code: 'ENOSPC' });
    assert.equal(clock.sleepers, 0);
  });
});
