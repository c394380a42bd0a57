import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, promises, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { connect, createServer, type Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { mock } from 'node:test';

import { askForKey, offerKey } from '../../../src/core/credentials/keyHandover';
import { createKey, idOfKey, unwrapKey, wrapKey, writeKey } from '../../../src/core/credentials/sealedRecords';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { skip } from '../../skip';

describe('a key that another window has', () => {
  let folder: TemporaryFolder;
  let server: Server | undefined;
  let kept: Socket | undefined;

  beforeEach(() => {
    folder = createTemporaryFolder({ 'windows/one.window': 'its address' });
  });
  afterEach(() => {
    mock.restoreAll();
    syncBuiltinESMExports();
    kept?.destroy();
    server?.close();
    folder.remove();
  });

  /** The address of the window that offers its key in a folder. */
  function addressIn(windows: string): string {
    const notice = readdirSync(folder.at(windows)).find((name) => name.endsWith('.window')) ?? '';
    return readFileSync(folder.at(`${windows}/${notice}`), 'utf8');
  }

  /** A server that is no window, at an address that a window has left. */
  async function listen(take: (socket: Socket) => void): Promise<void> {
    const address = process.platform === 'win32' ? `\\\\.\\pipe\\${randomUUID()}` : folder.at('other.sock');
    server = createServer(take);
    server.listen(address);
    await once(server, 'listening');
    folder.write({ 'own/one.window': address });
  }

  it('is handed out under a seal that its id alone opens', async () => {
    const key = createKey();
    const offer = await offerKey(folder.at('own'), key);
    const answers = await Promise.all([1, 2].map(async () => await text(connect(addressIn('own')))));

    for (const answer of answers) {
      for (const secret of [writeKey(key), idOfKey(key)]) assert.ok(!answer.includes(secret));
      assert.ok(unwrapKey(idOfKey(key), answer)?.equals(key));
      for (const id of ['', idOfKey(createKey()), idOfKey(key).slice(0, -1)])
        assert.equal(unwrapKey(id, answer), undefined, id);
    }
    offer.dispose();
  });

  it('is not betrayed to who answers in the place of a window that has ended', async () => {
    const heard: Promise<string>[] = [];
    await listen((socket) => {
      heard.push(text(socket));
      socket.end('no key');
    });

    assert.equal(await askForKey(folder.at('own'), [idOfKey(createKey())]), undefined);
    assert.deepEqual(await Promise.all(heard), ['']);
  });

  it('is not asked for any longer where more comes than a key', async () => {
    mock.method(globalThis, 'setTimeout', () => undefined);
    await listen((socket) => void socket.on('error', () => undefined).write('x'.repeat(100_000)));

    assert.equal(await askForKey(folder.at('own'), [idOfKey(createKey())]), undefined);
  });

  it('is at a socket and in a folder that nobody else may enter', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
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
    assert.ok(existsSync(folder.at('windows/one.window')), 'a slow window is not gone');
  });

  it('is that of whichever window has one that is asked for', async () => {
    const keys = [createKey(), createKey(), createKey()];
    const offers = await Promise.all(keys.map((key) => offerKey(folder.at('own'), key)));

    for (const key of keys) assert.ok((await askForKey(folder.at('own'), ['an id', idOfKey(key)]))?.equals(key));
    assert.equal(await askForKey(folder.at('own'), [idOfKey(createKey())]), undefined);
    for (const offer of offers) offer.dispose();
  });

  it('keeps no program from ending', async () => {
    const running = (what: string): number =>
      process.getActiveResourcesInfo().filter((name) => name.startsWith(what)).length;
    const pipes = running('Pipe');
    const key = createKey();
    const offer = await offerKey(folder.at('own'), key);
    assert.ok(running('Pipe') <= pipes);
    const timers = running('Timeout');
    await askForKey(folder.at('own'), [idOfKey(key)]);

    assert.equal(running('Timeout'), timers);
    offer.dispose();
  });

  it('is still handed out after somebody asked and went', async () => {
    const key = createKey();
    const offer = await offerKey(folder.at('own'), key);
    const gone = connect(addressIn('own'));
    await once(gone, 'connect');
    gone.destroy();
    await once(gone, 'close');

    assert.ok((await askForKey(folder.at('own'), [idOfKey(key)]))?.equals(key));
    offer.dispose();
  });

  it('is taken where it comes in pieces', async () => {
    const key = createKey();
    const wrapped = wrapKey(key);
    const sendPieces = async (socket: Socket): Promise<void> => {
      socket.write(wrapped.slice(0, 20));
      // By then it has been read.
      for (const _ of [1, 2, 3]) await new Promise(setImmediate);
      socket.end(wrapped.slice(20));
    };
    await listen((socket) => void sendPieces(socket));

    assert.ok((await askForKey(folder.at('own'), [idOfKey(key)]))?.equals(key));
  });

  it('is not taken from a window that hands out another', async () => {
    const key = createKey();
    const answers = [wrapKey(createKey()), writeKey(key), wrapKey(key).slice(0, -9), ''];
    await listen((socket) => socket.end(answers.pop() ?? ''));

    while (answers.length > 0) assert.equal(await askForKey(folder.at('own'), [idOfKey(key)]), undefined);
    assert.ok(existsSync(folder.at('own/one.window')));
  });

  it('is offered no more once it was put away, and leaves nothing behind', async () => {
    const key = createKey();
    const offer = await offerKey(folder.at('own'), key);
    const address = addressIn('own');
    offer.dispose();

    assert.equal(await askForKey(folder.at('own'), [idOfKey(key)]), undefined);
    assert.deepEqual(readdirSync(folder.at('own')), []);
    await assert.rejects(once(connect(address), 'connect'));
  });

  it('is found beside what a window left that did not end by itself, which is cleared away', async () => {
    const key = createKey();
    const leave = (): void =>
      folder.write({
        'own/left.window': folder.at('own/left.sock'),
        'own/left.sock': '',
        'own/left without socket.window': folder.at('own/gone.sock'),
        'own/left.other': 'none of a window',
      });
    const left = (): readonly string[] => readdirSync(folder.at('own')).filter((name) => name.startsWith('left'));
    leave();
    const offer = await offerKey(folder.at('own'), key);
    assert.deepEqual(left(), ['left.other']);
    leave();

    const asked = await Promise.all([1, 2, 3].map(() => askForKey(folder.at('own'), [idOfKey(key)])));
    assert.ok(asked.every((one) => one?.equals(key)));
    assert.deepEqual(left(), ['left.other']);
    offer.dispose();
  });

  it('is not asked for where a notice is not written yet, or cannot be read', async () => {
    folder.write({ 'own/new.window': '' });
    assert.equal(await askForKey(folder.at('own'), ['an id']), undefined);
    mock.method(promises, 'readFile', async () => Promise.reject(new Error('EACCES')));
    syncBuiltinESMExports();

    assert.equal(await askForKey(folder.at('own'), ['an id']), undefined);
    assert.deepEqual(readdirSync(folder.at('own')), ['new.window']);
  });

  it('is found beside what cannot be cleared away', async () => {
    const key = createKey();
    const offer = await offerKey(folder.at('own'), key);
    folder.write({ 'own/left.window': folder.at('own/left.sock'), 'own/left.sock': '' });
    mock.method(promises, 'rm', async () => Promise.reject(new Error('EROFS')));
    syncBuiltinESMExports();

    assert.ok((await askForKey(folder.at('own'), [idOfKey(key)]))?.equals(key));
    offer.dispose();
  });

  it('is offered whether or not the other windows answer, and asks nothing of them', async () => {
    const heard: Promise<string>[] = [];
    await listen((socket) => void heard.push(text(socket)));
    mock.method(globalThis, 'setTimeout', () => undefined);
    const offer = await offerKey(folder.at('own'), createKey());

    assert.deepEqual(await Promise.all(heard), ['']);
    offer.dispose();
  });

  it('is handed out once, whoever keeps the line', async () => {
    mock.method(Socket.prototype, 'setTimeout', function (this: Socket) {
      return this;
    });
    const offer = await offerKey(folder.at('own'), createKey());
    kept = connect({ path: addressIn('own'), allowHalfOpen: true }).on('error', () => undefined);
    await once(kept.resume(), 'end');
    const write = (): Promise<unknown> => new Promise((written) => kept?.write('more', written));

    for (let isOver: unknown = null; !isOver;) isOver = await write();
    offer.dispose();
  });

  it('is at a socket in its own folder up to 103 bytes of path, which every system takes', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    for (const [bytes, isInside] of [
      [103, true],
      [104, false],
    ] as const) {
      const room = bytes - Buffer.byteLength(folder.at(`/${'0'.repeat(16)}.sock`));
      const own = 'x'.repeat(room - 1);
      const offer = await offerKey(folder.at(own), createKey());
      const address = addressIn(own);
      offer.dispose();

      assert.equal(path.dirname(address) === folder.at(own), isInside, address);
    }
  });

  it('is at a socket of the folder of this login, where the path of its own is too long for one', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    const runtime = process.env['XDG_RUNTIME_DIR'];
    const long = 'long'.repeat(30);
    folder.write({ 'runtime/a file': '' });
    try {
      for (const [at, expected] of [
        [folder.at('runtime'), folder.at('runtime')],
        [folder.at('gone'), tmpdir()],
      ] as const) {
        process.env['XDG_RUNTIME_DIR'] = at;
        const offer = await offerKey(folder.at(long), createKey());
        const address = addressIn(long);
        offer.dispose();

        assert.equal(path.dirname(address), expected);
        assert.match(path.basename(address), /^qwen-auth-[0-9a-f]{16}\.sock$/);
      }
    } finally {
      if (runtime === undefined) delete process.env['XDG_RUNTIME_DIR'];
      else process.env['XDG_RUNTIME_DIR'] = runtime;
    }
  });
});
