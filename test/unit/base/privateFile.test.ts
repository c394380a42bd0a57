import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';

import { checkWritable, claimFile, replacePrivateFile } from '../../../src/core/base/privateFile';
import { claimWindows, refuseRenames, restoreRenames } from '../../fakes/filesInUse';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('a private file', () => {
  let folder: TemporaryFolder;

  beforeEach(() => (folder = createTemporaryFolder()));
  afterEach(() => folder.remove());

  for (const umask of [0o000, 0o277]) {
    it(`is for the person alone, with a umask of ${umask.toString(8)}`, async function () {
      if (process.platform === 'win32') skip(this, 'not on Windows');
      const before = process.umask(umask);
      try {
        await replacePrivateFile(folder.at('new/file'), 'text');
      } finally {
        process.umask(before);
      }
      const modes = ['new', 'new/file'].map((name) => statSync(folder.at(name)).mode & 0o777);

      assert.deepEqual(modes, [0o700, 0o600]);
    });
  }

  it('is tried without a change', async () => {
    folder.write({ file: 'before' });

    await checkWritable(folder.at('file'));

    assert.deepEqual([readdirSync(folder.at('')), readFileSync(folder.at('file'), 'utf8')], [['file'], 'before']);
  });

  it('is written on Windows once no other program has it open', async () => {
    folder.write({ file: 'before' });
    claimWindows();
    refuseRenames(2);
    try {
      await replacePrivateFile(folder.at('file'), 'after');
    } finally {
      restoreRenames();
    }

    assert.deepEqual([readdirSync(folder.at('')), readFileSync(folder.at('file'), 'utf8')], [['file'], 'after']);
  });

  it('says that another program has it open', async () => {
    folder.write({ file: 'before' });
    refuseRenames(1, 'EBUSY');
    try {
      await assert.rejects(replacePrivateFile(folder.at('file'), 'after'), {
        message: `${folder.at('file')} cannot be written: another program has it open, or it is read-only.`,
      });
    } finally {
      restoreRenames();
    }
  });

  it('says what is in its way', async () => {
    folder.write({ storage: 'a file' });

    await assert.rejects(checkWritable(folder.at('storage/file')), {
      message: `${folder.at('storage/file')} cannot be written: a file is in the place of a folder on the way to it.`,
    });
  });
});

describe('a file that one window makes', () => {
  let folder: TemporaryFolder;

  beforeEach(() => (folder = createTemporaryFolder()));
  afterEach(() => folder.remove());

  it('is made by one of all that want it at once, and by nobody later', async () => {
    const file = folder.at('storage/offered');
    const claims = await Promise.all([claimFile(file), claimFile(file), claimFile(file)]);

    assert.deepEqual(claims.toSorted(), [false, false, true]);
    assert.equal(await claimFile(file), false);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it("is nobody's where none can be made", async () => {
    folder.write({ storage: 'a file' });

    assert.equal(await claimFile(folder.at('storage/offered')), false);
  });
});
