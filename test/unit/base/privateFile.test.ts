import assert from 'node:assert/strict';
import { statSync } from 'node:fs';

import { claimFile } from '../../../src/core/base/privateFile';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

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
