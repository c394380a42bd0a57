import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { Socket } from 'node:net';
import { mock } from 'node:test';

import { askForKey, offerKey } from '../../../src/core/credentials/keyHandover';
import { createKey } from '../../../src/core/credentials/sealedRecords';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

describe('a key that another window has', () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = createTemporaryFolder({ 'windows/one.window': 'its address' });
  });
  afterEach(() => {
    mock.restoreAll();
    folder.remove();
  });

  it('is put away without complaint where the notice of it cannot be removed', async () => {
    const offer = await offerKey(folder.at('own'), createKey());
    const notice = folder.at(`own/${readdirSync(folder.at('own')).find((name) => name.endsWith('.window'))}`);
    unlinkSync(notice);
    mkdirSync(notice);

    assert.doesNotThrow(() => offer.dispose());
  });

  it('is not waited for where that window never takes the call', async () => {
    mock.method(Socket.prototype, 'connect', function (this: Socket) {
      return this;
    });
    mock.method(globalThis, 'setTimeout', (late: () => void) => setImmediate(late));

    assert.equal(await askForKey(folder.at('windows'), ['an id']), undefined);
  });
});
