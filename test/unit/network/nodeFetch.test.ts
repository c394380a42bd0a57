import assert from 'node:assert/strict';
import { getEventListeners, once } from 'node:events';
import { createServer, globalAgent, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { brotliCompressSync, createBrotliCompress, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib';

import { send } from '../../../src/core/base/http';
import { createNodeFetch } from '../../../src/core/network/nodeFetch';
import { platformRequest } from '../../../src/core/network/nodeRequest';
import { requestThrough } from '../../../src/core/network/proxiedRequest';
import { holdLongTimers } from '../../fakes/longTimers';
import { eventually } from '../../eventually';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { endlessly, type RawServer, startRawServer } from '../../fakes/rawServer';
import { type ProxyServer, startProxy } from '../../fakes/proxyServer';

describe('requests by other means than the platform', () => {
  let sandbox: Sandbox;
  let proxy: ProxyServer;

  beforeEach(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    proxy = await startProxy(() => Number(new URL(sandbox.origin).port));
  });
  afterEach(async () => {
    await proxy.stop();
    await sandbox.stop();
  });

  const fetch = createNodeFetch(platformRequest);
  const key = { authorization: 'Bearer sk-sandbox-openai' };

  it('send what the platform sends, and read what it reads', async () => {
    const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'hi' }] });
    const headers = { ...key, 'content-type': 'application/json' };
    const url = `${sandbox.origin}/openai/v1/chat/completions`;
    const ours = await fetch(url, { method: 'POST', headers, body });
    const theirs = await globalThis.fetch(url, { method: 'POST', headers, body });

    assert.deepEqual(
      [ours.status, ours.headers.get('content-type')],
      [theirs.status, theirs.headers.get('content-type')],
    );
    assert.deepEqual(Object.keys(JSON.parse(await ours.text())), Object.keys(JSON.parse(await theirs.text())));
    assert.deepEqual(sandbox.requests[0]?.json, sandbox.requests[1]?.json);
  });

  it('send no body that is not text', async () => {
    for (const body of [new URLSearchParams({ grant_type: 'refresh_token' }), new Uint8Array(1)])
      await assert.rejects(fetch(sandbox.origin, { method: 'POST', body }), {
        name: 'TypeError',
        message: 'the body is no text',
      });
    assert.equal(sandbox.requests.length, 0);
  });

  for (const [encoding, encode] of [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    [' GZip', gzipSync],
    ['X-GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const) {
    it(`read what a server has encoded with ${encoding} although nobody asked it to`, async () => {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        response.end(encode('{"data":[]}'));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;

      assert.equal(await (await fetch(`http://127.0.0.1:${port}/`, {})).text(), '{"data":[]}');
      server.close();
    });
  }

  for (const [encoding, encode] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const) {
    it(`read what is encoded with ${encoding}, and whose sum at the end is missing`, async () => {
      const encoded = encode('{"data":[]}').subarray(0, -4);
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        response.end(encoded);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;

      assert.equal(await (await fetch(`http://127.0.0.1:${port}/`, {})).text(), '{"data":[]}');
      server.close();
    });
  }

  for (const [encoding, create] of [
    ['gzip', createGzip],
    ['deflate', createDeflate],
    ['br', createBrotliCompress],
  ] as const) {
    it(`give out each piece of a stream that is encoded with ${encoding} as it comes`, async () => {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        const encoder = create();
        encoder.pipe(response);
        encoder.write('data: 1\n\n');
        encoder.flush();
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const { body } = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, {});

      const reader = body?.getReader();
      assert.equal(new TextDecoder().decode((await reader?.read())?.value), 'data: 1\n\n');
      await reader?.cancel();
      server.closeAllConnections();
      server.close();
    });
  }

  for (const status of [204, 205, 304]) {
    it(`have no body where a server answers with ${status}, and let the next one through on the same connection`, async () => {
      sandbox.faults.add({ on: '/openai/v1/models', reply: { status } });
      const answer = await fetch(`${sandbox.origin}/openai/v1/models`, { headers: key });

      assert.deepEqual([answer.status, answer.body], [status, null]);
      assert.equal((await fetch(`${sandbox.origin}/openai/v1/models`, { headers: key })).status, 200);
    });
  }

  it('let a body pass that belongs to no answer', async () => {
    const server = await startRawServer((socket) =>
      socket.write('HTTP/1.1 205 Reset Content\r\nContent-Length: 4\r\n\r\nmore'),
    );
    let onEnd = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      onEnd = resolve;
    });
    const watched = createNodeFetch(async (url, options) => {
      const request = await platformRequest(url, options);
      return request.once('response', (message) => message.once('end', onEnd));
    });

    assert.equal((await watched(server.origin, {})).body, null);
    await ended;
    await server.stop();
  });

  it('have all of a head, as it came', async () => {
    const head = ['HTTP/1.1 299 Made up', 'X-One: a', 'x-one: b', 'Constructor: c', 'Content-Length: 2', '', '{}'];
    const server = await startRawServer((socket) => socket.end(head.join('\r\n')));
    const answer = await fetch(server.origin, {});

    assert.deepEqual([answer.status, answer.statusText, await answer.text()], [299, 'Made up', '{}']);
    assert.deepEqual(
      [...answer.headers],
      [
        ['constructor', 'c'],
        ['content-length', '2'],
        ['x-one', 'a, b'],
      ],
    );
    await server.stop();
  });

  for (const encoding of ['rot13', 'constructor']) {
    it(`ask by GET where nothing is said, and leave an encoding as it is that they do not know, such as ${encoding}`, async () => {
      const server = createServer(({ method }, response) => {
        response.writeHead(200, { 'content-encoding': encoding });
        response.end(method);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;

      assert.equal(await (await fetch(`http://127.0.0.1:${port}/`, {})).text(), 'GET');
      server.close();
    });
  }

  it('send an empty body where there is none', async () => {
    await fetch(`${sandbox.origin}/openai/v1/models`, { method: 'POST', headers: key, body: null });

    assert.deepEqual(
      sandbox.requests.map(({ method, json }) => [method, json]),
      [['POST', undefined]],
    );
  });

  it('follow no redirect', async () => {
    sandbox.faults.add({ on: '/openai/v1/models', reply: { status: 302, headers: { location: 'http://localhost/' } } });

    assert.equal((await fetch(`${sandbox.origin}/openai/v1/models`, { headers: key })).status, 302);
  });

  it('fail where an answer has a status that is none', async () => {
    sandbox.faults.add({ on: '/openai/v1/models', reply: { status: 999, body: '{', ending: 'hang' } });

    await assert.rejects(fetch(`${sandbox.origin}/openai/v1/models`, { headers: key }), { name: 'RangeError' });
  });

  it('give out each piece of a stream as it comes, until they are called off', async () => {
    sandbox.faults.add({
      on: '/openai/v1/models',
      reply: { headers: { 'content-type': 'text/event-stream' }, body: ['data: 1\n\n'], ending: 'hang' },
    });
    const called = new AbortController();
    const { body } = await fetch(`${sandbox.origin}/openai/v1/models`, { headers: key, signal: called.signal });
    assert.ok(body);
    const reader = body.getReader();

    assert.equal(new TextDecoder().decode((await reader.read()).value), 'data: 1\n\n');
    called.abort();
    await assert.rejects(reader.read());
  });

  it('give out as one piece what has come before anybody reads', async () => {
    let more = (): void => undefined;
    const server = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\none');
      more = () => void socket.write(', two');
    });
    let waiting = (): number => 0;
    const watched = createNodeFetch(async (url, options) => {
      const request = await platformRequest(url, options);
      return request.once('response', (message) => (waiting = () => message.readableLength));
    });
    const { body } = await watched(server.origin, {});
    await eventually(waiting, 'one'.length);
    more();
    await eventually(waiting, 'one, two'.length);
    const reader = body?.getReader();

    assert.equal(new TextDecoder().decode((await reader?.read())?.value), 'one, two');
    await reader?.cancel();
    await server.stop();
  });

  it('read no faster than they are read, and end with who reads no more', async () => {
    let given = 0;
    const server = createServer((_, response) => {
      const give = (): void => {
        if (response.destroyed) return;
        given += 1;
        response.write(Buffer.alloc(64 * 1024), give);
      };
      give();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const gone = new Promise((resolve) => server.once('request', ({ socket }) => socket.once('close', resolve)));
    const address = server.address();
    const { body } = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, {});
    assert.ok(body);
    const reader = body.getReader();
    await reader.read();
    // Until nothing more is taken in fifty turns.
    for (let [last, still] = [-1, 0]; still < 50; still = given === last ? still + 1 : 0, last = given)
      await new Promise((resolve) => setTimeout(resolve, 2));
    const taken = given;

    for (let read = 0; read < 64 * 1024 * taken;) read += (await reader.read()).value?.byteLength ?? Infinity;
    assert.ok(taken < 400, `${taken} pieces were taken`);
    assert.ok(given > taken);
    // More is under way all the time.
    await reader.cancel();
    await gone;
    server.close();
  });

  it('stream an answer through a proxy', async () => {
    const { port } = new URL(sandbox.origin);
    const through = createNodeFetch(requestThrough(() => new URL(proxy.origin)));
    const body = JSON.stringify({ model: 'gpt-4o', stream: true, messages: [{ role: 'user', content: 'hi' }] });
    const headers = { ...key, 'content-type': 'application/json' };
    const url = `http://api.example.com:${port}/openai/v1/chat/completions`;
    const answer = await through(url, { method: 'POST', headers, body });

    assert.match(await answer.text(), /^data: [^]+\n\ndata: \[DONE\]\n\n$/);
    assert.deepEqual(
      proxy.asked.map(({ what }) => what),
      [`POST ${url}`],
    );
  });

  it('fail with the reason that an agent tells by an event', async () => {
    const reason = Object.assign(new Error(), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 3128 });
    const stopped = createNodeFetch(async (url, options) => {
      const request = await platformRequest(url, options);
      setImmediate(() => {
        request.emit('proxy', { error: reason });
        request.destroy(new Error('no way'));
      });
      return request;
    });

    await assert.rejects(stopped(sandbox.origin, {}), { message: 'no way', cause: reason });
  });

  for (const told of [undefined, 'text', { error: 'text' }]) {
    it(`fail with the error itself where an agent tells ${JSON.stringify(told)}`, async () => {
      const error = new Error('no way');
      const stopped = createNodeFetch(async (url, options) => {
        const request = await platformRequest(url, options);
        setImmediate(() => {
          request.emit('proxy', told);
          request.destroy(error);
        });
        return request;
      });

      await assert.rejects(stopped(sandbox.origin, {}), (one) => one === error);
    });
  }

  it('fail as the platform does where nobody is there', async () => {
    await sandbox.stop();

    await assert.rejects(fetch(sandbox.origin, {}), { code: 'ECONNREFUSED' });
    sandbox = await startSandbox();
  });
});

/** What a server may do so that nobody gets an answer, ever. */
const ENDLESS: readonly (readonly [what: string, answer: (socket: Socket) => void, isOver: boolean, code: string])[] = [
  [
    'another protocol',
    (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    true,
    'ECONNRESET',
  ],
  ['a connection that is closed', (socket) => socket.end(), true, 'ECONNRESET'],
  ['half a head', (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Ty'), false, 'ABORT_ERR'],
  ['news of an answer without end', endlessly('HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n'), false, 'ABORT_ERR'],
  [
    'headers without end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      endlessly(`X-More: ${'x'.repeat(900)}\r\n`)(socket);
    },
    true,
    'HPE_HEADER_OVERFLOW',
  ],
  ['nothing', () => undefined, false, 'ABORT_ERR'],
];

/** What is told of a proxy that does so: it answers in the place of the server. */
const OF_PROXY: Readonly<Record<string, string>> = {
  'another protocol': 'PROXY_101',
  'news of an answer without end': 'PROXY_103',
};

describe('requests that never end by themselves', () => {
  let server: RawServer | undefined;

  afterEach(async () => await server?.stop());

  for (const [what, answer, isOver, code] of ENDLESS) {
    it(`end with ${what} in the place of an answer${isOver ? '' : ', once they are called off'}`, async () => {
      server = await startRawServer(answer);
      const calling = new AbortController();
      const asking = createNodeFetch(platformRequest)(server.origin, { signal: calling.signal });
      if (!isOver) setTimeout(() => calling.abort(), 50);

      await assert.rejects(asking, { code });
    });

    it(`end with ${what} from a proxy${isOver ? '' : ', once they are called off'}`, async () => {
      server = await startRawServer(answer);
      const proxy = new URL(server.origin);
      const calling = new AbortController();
      const through = createNodeFetch(requestThrough(() => proxy));
      const asking = through('https://api.example.com/v1/models', { signal: calling.signal });
      const told = OF_PROXY[what];
      if (!isOver && told === undefined) setTimeout(() => calling.abort(), 50);

      await assert.rejects(asking, {
        name: isOver || told ? 'Obstacle' : 'AbortError',
        code: told ?? code,
      });
    });
  }

  it('hold no connection open for an answer that is none', async () => {
    let onClose = (): void => undefined;
    const closed = new Promise<void>((resolve) => {
      onClose = resolve;
    });
    server = await startRawServer((socket) => {
      socket.once('close', () => onClose());
      socket.write('HTTP/1.1 999 None\r\nContent-Length: 9\r\n\r\n');
    });

    await assert.rejects(createNodeFetch(platformRequest)(server.origin, {}), { name: 'RangeError' });
    await closed;
  });

  it('are no whole answer where they are called off in a body whose end is that of the connection', async () => {
    server = await startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nhalf'));
    const calling = new AbortController();
    const answer = await createNodeFetch(platformRequest)(server.origin, { signal: calling.signal });
    const reading = answer.text();
    calling.abort();

    await assert.rejects(reading, { name: 'AbortError' });
  });

  for (const [what, piece] of [
    ['a body without end', 'HTTP/1.1 200 OK\r\n\r\n'],
    ['chunks of nothing', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n \r\n'],
  ] as const) {
    it(`end within ${what}, once their time is over`, async () => {
      server = await startRawServer((socket) => {
        socket.write(piece);
        setInterval(() => socket.writable && socket.write(piece.includes('chunked') ? '1\r\n \r\n' : ' '), 5).unref();
      });
      const { signal } = new AbortController();
      const fetch = createNodeFetch(platformRequest);

      await assert.rejects(send(fetch, server.origin, {}, signal, { timeoutMs: 60 }), { failure: 'timeout' });
    });
  }
});

describe('requests over the connection of an earlier one', () => {
  const fetch = createNodeFetch(platformRequest);
  let asked: number;
  let server: Server;
  let url: string;
  const answer = async () => await (await fetch(url, { method: 'POST', body: 'x' })).text();

  beforeEach(async () => {
    asked = 0;
    const answered = new WeakSet<Socket>();
    server = createServer(({ socket }, response) => {
      asked += 1;
      if (answered.has(socket)) socket.destroy();
      else response.end('Hi');
      answered.add(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    url = `http://${host}/`;
    await answer();
    await eventually(() => globalAgent.freeSockets[`${host}:`]?.length, 1);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('are left alone by those before them, which are called off once their answer has come', async () => {
    const calling = new AbortController();
    const connections = new Set<Socket>();
    server.removeAllListeners('request').on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
      connections.add(socket);
      response.end('Hi');
    });
    const body = (await fetch(url, { signal: calling.signal })).body?.getReader();
    await body?.read();
    // Of the end, which came together with the last byte, nobody was told yet.
    calling.abort();
    await assert.rejects(async () => await body?.read(), { name: 'AbortError' });

    assert.equal(await answer(), 'Hi');
    assert.equal(connections.size, 1);
  });

  it('are sent again where the server has closed it meanwhile', async () => {
    assert.equal(await answer(), 'Hi');
    assert.equal(asked, 3);
  });

  it('are not sent again where the server may have worked on them', async () => {
    const timers = holdLongTimers();
    server.removeAllListeners('request').on('request', ({ socket }: IncomingMessage) => {
      asked += 1;
      setTimeout(() => undefined, 5000);
      timers.goOff(5000);
      socket.destroy();
    });

    await assert.rejects(answer(), { code: 'ECONNRESET' }).finally(() => timers.release());
    assert.equal(asked, 2);
  });

  it('are not sent again where they are called off', async () => {
    const calling = new AbortController();
    server.removeAllListeners('request').on('request', ({ socket }: IncomingMessage) => {
      asked += 1;
      calling.abort();
      socket.destroy();
    });

    await assert.rejects(fetch(url, { method: 'POST', body: 'x', signal: calling.signal }));
    assert.equal(asked, 2);
  });

  it('are sent again twice at most', async () => {
    let begun = 0;
    const closed = createNodeFetch(async (address, options) => {
      begun += 1;
      const request = Object.assign(await platformRequest(address, options), { reusedSocket: true });
      return request.destroy(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });

    await assert.rejects(closed(url, {}), { code: 'ECONNRESET' });
    assert.equal(begun, 3);
  });

  it('are not sent where they are called off before', async () => {
    await assert.rejects(fetch(url, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.equal(asked, 1);
  });

  it('leave nothing with a signal that lives on', async () => {
    const { signal } = new AbortController();
    const listeners = () => getEventListeners(signal, 'abort').length;
    await (await fetch(url, { signal })).text();
    await eventually(listeners, 0);

    await assert.rejects(createNodeFetch(() => Promise.reject(new Error('no way')))(url, { signal }));
    assert.equal(listeners(), 0);
    await assert.rejects(fetch('http://127.0.0.1:1/', { signal }));
    assert.equal(listeners(), 0);
  });

  it('fail where a new connection is closed too', async () => {
    server.removeAllListeners('request').on('request', ({ socket }: IncomingMessage) => {
      asked += 1;
      socket.destroy();
    });

    await assert.rejects(answer(), { code: 'ECONNRESET' });
    assert.equal(asked, 3);
  });
});
