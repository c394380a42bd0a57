import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { mock } from 'node:test';

import { askForKey, offerKey } from '../../../src/core/credentials/keyHandover';
import { createKey, idOfKey, writeKey } from '../../../src/core/credentials/sealedRecords';
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

  /** The address of the window that offers its key in a folder. */
  function addressIn(windows: string): string {
    const notice = readdirSync(folder.at(windows)).find((name) => name.endsWith('.window')) ?? '';
    return readFileSync(folder.at(`${windows}/${notice}`), 'utf8');
  }

  it('is handed only to who names its id', async () => {
    const key = createKey();
    const offer = await offerKey(folder.at('own'), key);
    const answerTo = async (question: string): Promise<string> => {
      const socket = connect(addressIn('own'));
      await once(socket, 'connect');
      socket.write(question);
      return await text(socket).catch(() => '');
    };

    assert.equal(await answerTo(`other ${idOfKey(key)}\n`), writeKey(key));
    for (const question of ['\n', `${idOfKey(createKey())}\n`, `${idOfKey(key).slice(0, -1)}\n`, 'x'.repeat(5000)])
      assert.equal(await answerTo(question), '', question.slice(0, 40));
    offer.dispose();
  });

  it('is at a socket and in a folder that nobody else may enter', async function () {
    if (process.platform === 'win32') this.skip();
    const umask = process.umask(0);
    const offer = await offerKey(folder.at('own'), createKey()).finally(() => process.umask(umask));
    const names = readdirSync(folder.at('own'));

    assert.equal(statSync(folder.at('own')).mode & 0o777, 0o700);
    assert.deepEqual(
      names.map((name) => statSync(folder.at(`own/${name}`)).mode & 0o777),
      [0o600, 0o600],
    );
    offer.dispose();
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
