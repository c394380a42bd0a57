import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

import { listenOnLoopback, type Loopback } from '../../../src/core/oauth/loopback';
import { otherAddressesAt } from '../../fakes/otherAddresses';
import { skip } from '../../skip';

describe('way back to this machine', () => {
  let received: (string | undefined)[];
  let loopback: Loopback;

  beforeEach(async () => {
    received = [];
    loopback = await listenOnLoopback('http://127.0.0.1/callback', {
      accepts: ({ state }) => state?.reveal() === 'mine',
      receive: ({ code }) => void received.push(code?.reveal()),
    });
  });
  afterEach(() => loopback.dispose());

  interface Asked {
    readonly host?: string;
    readonly path?: string;
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }

  function ask(asked: Asked = {}) {
    const { host = '127.0.0.1', path = '/callback?code=abc&state=mine', method = 'GET', headers = {} } = asked;
    const { port } = new URL(loopback.redirectUri);
    return new Promise<{ readonly status: number; readonly page: string; readonly answered: IncomingHttpHeaders }>(
      (resolve, reject) => {
        const sent = request({ host, port, path, method, headers }, (response) => {
          const { statusCode: status = 0, headers: answered } = response;
          let page = '';
          response.on('data', (chunk) => (page += String(chunk)));
          response.on('end', () => resolve({ status, page, answered }));
        });
        sent.on('error', reject).end();
      },
    );
  }

  it('is a free port of 127.0.0.1, at the path that is registered', () => {
    assert.match(loopback.redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  });

  for (const address of ['http://127.0.0.1/callback', 'http://localhost/callback']) {
    it(`is at no other address of this machine, for ${address}`, async () => {
      loopback.dispose();
      loopback = await listenOnLoopback(address, { accepts: () => true, receive: () => undefined });

      assert.deepEqual(await otherAddressesAt(Number(new URL(loopback.redirectUri).port)), []);
    });
  }

  it('keeps the query that is registered', async () => {
    loopback.dispose();
    const receiver = { accepts: () => true, receive: () => undefined };
    loopback = await listenOnLoopback('http://127.0.0.1/callback?from=editor', receiver);

    assert.match(loopback.redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/callback\?from=editor$/);
  });

  it('takes a code that holds a question mark', async () => {
    await ask({ path: '/callback?state=mine&code=a?b' });
    while (received.length === 0) await new Promise(setImmediate);

    assert.deepEqual(received, ['a?b']);
  });

  it('is at the address of the other family where that is registered', async function () {
    const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    if (all.every(({ address }) => address !== '::1')) skip(this, 'needs an IPv6 loopback address');
    loopback.dispose();
    loopback = await listenOnLoopback('http://[::1]/callback', { accepts: () => true, receive: () => undefined });

    assert.match(loopback.redirectUri, /^http:\/\/\[::1\]:\d+\/callback$/);
    assert.equal((await ask({ host: '::1' })).status, 200);
  });

  it('takes the redirect, and says that the page can be closed', async () => {
    const { status, page, answered } = await ask();

    assert.deepEqual([status, answered.connection], [200, 'close']);
    assert.equal(answered['content-type'], 'text/html; charset=utf-8');
    assert.match(page, /You can close this page/);
    assert.doesNotMatch(page, /src=|href=|url\(|abc|mine/);
    while (received.length === 0) await new Promise(setImmediate);
    assert.deepEqual(received, ['abc']);
  });

  it('has its page kept nowhere, framed by nobody, and its address told to nobody', async () => {
    const { answered } = await ask();

    assert.equal(answered['cache-control'], 'no-store');
    assert.equal(answered['referrer-policy'], 'no-referrer');
    assert.equal(
      answered['content-security-policy'],
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('is at 127.0.0.1 by the name of this machine, however that is written', async () => {
    loopback.dispose();
    loopback = await listenOnLoopback('http://localhost/callback', { accepts: () => true, receive: () => undefined });
    const { host, port } = new URL(loopback.redirectUri);

    assert.equal(host, `localhost:${port}`);
    assert.equal((await ask({ headers: { host: `LOCALHOST:${port}` } })).status, 200);
    assert.equal((await ask({ headers: { host: `127.0.0.1:${port}` } })).status, 404);
  });

  it('gives the browser its page before anybody hears of the redirect', async () => {
    loopback.dispose();
    loopback = await listenOnLoopback('http://127.0.0.1/callback', {
      accepts: () => true,
      receive: () => loopback.dispose(),
    });

    assert.match((await ask()).page, /You can close this page/);
  });

  it('does not know a request that names no host', async () => {
    const socket = connect(Number(new URL(loopback.redirectUri).port), '127.0.0.1');
    socket.end('GET /callback?code=abc&state=mine HTTP/1.0\r\n\r\n');
    const [answer] = await once(socket.setEncoding('utf8'), 'data');

    assert.match(String(answer), /^HTTP\/1\.1 404 /);
    assert.deepEqual(received, []);
  });

  const strangers: readonly (readonly [string, Asked])[] = [
    ['the icon of the page', { path: '/favicon.ico' }],
    ['another path', { path: '/?code=abc&state=mine' }],
    ['a longer path', { path: '/callback/x?code=abc&state=mine' }],
    ['no query', { path: '/callback' }],
    ['an empty query', { path: '/callback?' }],
    ['the state of another sign-in', { path: '/callback?code=abc&state=theirs' }],
    ['no state', { path: '/callback?code=abc' }],
    ['a script of another origin', { headers: { origin: 'https://evil.example.com' } }],
    ['a script of an origin without a name', { headers: { origin: '' } }],
    ['another name for this machine', { headers: { host: 'evil.example.com' } }],
    ['a form', { method: 'POST' }],
  ];
  for (const [what, asked] of strangers) {
    it(`does not know ${what}, and goes on waiting`, async () => {
      assert.equal((await ask(asked)).status, 404);
      assert.deepEqual(received, []);
      assert.equal((await ask()).status, 200);
    });
  }

  it('is closed with every connection when it is disposed', async () => {
    const idle = connect(Number(new URL(loopback.redirectUri).port), '127.0.0.1').on('error', () => undefined);
    await once(idle, 'connect');
    // Answered, so that the server has seen those before it.
    await ask({ path: '/' });
    loopback.dispose();
    await once(idle, 'close');

    await assert.rejects(ask(), { code: 'ECONNREFUSED' });
  });

  it('is the very port that is registered, or says that it is taken', async () => {
    const address = loopback.redirectUri;
    const receiver = { accepts: () => true, receive: () => undefined };

    await assert.rejects(listenOnLoopback(address, receiver), {
      name: 'ConfigurationError',
      message: /^This computer does not let us have port \d+, to which the sign-in returns\. Sign in another way\.$/,
      where: { field: 'redirect' },
    });
    loopback.dispose();
    const again = await listenOnLoopback(address, receiver);
    assert.equal(again.redirectUri, address);
    again.dispose();
  });
});
