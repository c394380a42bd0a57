import assert from 'node:assert/strict';
import { rmSync, unlinkSync } from 'node:fs';

import { FolderWatches } from '../../../src/core/base/folderWatches';
import { LockChanges } from '../../../src/core/credentials/lockChanges';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('the changes of a lock file', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let changes: LockChanges;

  beforeEach(() => {
    folder = createTemporaryFolder({ 'locks/a.lock': '', 'locks/other.lock': '' });
    clock = new ManualClock();
    changes = new LockChanges(folder.at('locks/a.lock'));
  });
  afterEach(() => {
    changes.dispose();
    folder.remove();
  });

  /** Removes a file of the folder; resolves when the system has told of it. */
  async function remove(name: string): Promise<void> {
    let watching: { dispose(): void } | undefined;
    const seen = new Promise<void>((resolve) => {
      watching = new FolderWatches().add(folder.at('locks'), () => resolve());
    });
    unlinkSync(folder.at(`locks/${name}`));
    await seen;
    watching?.dispose();
  }
  /** Whether a wait ends with a change; else it is over in time. */
  async function isTold(of = changes): Promise<boolean> {
    const waiting = of.within(1000, clock);
    clock.advance(1000);
    return await waiting;
  }

  it('end a wait for it', async () => {
    const waiting = changes.within(1000, clock);
    await remove('a.lock');

    assert.equal(await waiting, true);
  });

  it('are told of once, between two waits too', async () => {
    await remove('a.lock');

    assert.deepEqual([await isTold(), await isTold()], [true, false]);
  });

  it('are not those of another file', async () => {
    await remove('other.lock');

    assert.equal(await isTold(), false);
  });

  it('are told of where its folder goes, as it may go with that', async () => {
    unlinkSync(folder.at('locks/a.lock'));
    assert.equal(await changes.within(1000, clock), true);
    const waiting = changes.within(1000, clock);
    rmSync(folder.at('locks'), { recursive: true });

    assert.equal(await waiting, true);
  });

  it('are told of no more once nobody waits', async () => {
    changes.dispose();
    await remove('a.lock');

    assert.equal(await isTold(), false);
  });

  it('are none where the system tells of none', async () => {
    const silent = new LockChanges(folder.at('none/a.lock'));

    assert.equal(await isTold(silent), false);
    assert.doesNotThrow(() => silent.dispose());
  });
});
