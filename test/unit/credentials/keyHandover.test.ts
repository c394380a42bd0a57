import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { mock } from 'node:test';

import { askForKey } from '../../../src/core/credentials/keyHandover';
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

  it('is not waited for where that window never takes the call', async () => {
    mock.method(Socket.prototype, 'connect', function (this: Socket) {
      return this;
    });
    mock.method(globalThis, 'setTimeout', (late: () => void) => setImmediate(late));

    assert.equal(await askForKey(folder.at('windows'), ['an id']), undefined);
  });
});
