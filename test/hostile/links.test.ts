import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { array, constantFrom, oneof, string, tuple, webQueryParameters } from 'fast-check';

import { listenOnLoopback, type Loopback } from '../../src/core/oauth/loopback';
import { type Bench, openBench } from '../fakes/bench';
import { holds } from './property';

/** Parameters that links have, and some that a link could try. */
const NAMES = constantFrom(
  'state',
  'code',
  'error',
  'error_description',
  'iss',
  'apiKey',
  'baseUrl',
  'model',
  'command',
);
const TEXT = oneof(
  string({ unit: 'binary' }),
  constantFrom(
    '',
    '%',
    '%00',
    '%E2%80%AE',
    '\r\nSet-Cookie: a=b',
    'sk-0123456789',
    'https://evil.example.com/v1',
    '../..',
  ),
);
/** The query of a link: parameters as they may be meant, twice over, or no query at all. */
const QUERIES = oneof(
  array(tuple(NAMES, oneof(TEXT, TEXT.map(encodeURIComponentSafely))), { maxLength: 8 }).map((pairs) =>
    pairs.map(([name, value]) => `${name}=${value}`).join('&'),
  ),
  webQueryParameters(),
  TEXT,
  string({ minLength: 9000, maxLength: 20_000 }),
);

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '?'));
}

describe('a link that any page may open', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench({
      redirects: () => ({
        host: { ui: 'web', remote: true, knownScheme: true, hasNode: true },
        callbackUri: async () => 'https://editor.example.com/callback',
      }),
    });
  });
  afterEach(() => bench.stop());

  /** All that a link could change, and all that was sent. */
  const everything = () => ({
    secrets: [...bench.secrets.entries],
    state: [...bench.global.entries, ...bench.workspace.entries],
    opened: bench.browser.opened.length,
    copied: bench.browser.copied,
    requests: bench.sandbox.requests.length,
  });

  it('changes nothing and sends nothing where no sign-in waits', async () => {
    await bench.signInWithKey('openai');
    const before = everything();

    await holds(QUERIES, { short: 1000, thorough: 20_000 }, async (query) => {
      assert.equal(await bench.session.signIns.receiveRedirect(query), undefined);
    });

    assert.deepEqual(everything(), before);
  });

  it('ends no sign-in that waits for another one, and sends nothing of it', async () => {
    bench.sandbox.behavior.grants = 'code';
    const waiting = bench.session.signIns.signIn({ method: 'qwen-oauth' });
    while (bench.browser.opened.length === 0) await new Promise(setImmediate);
    const before = everything();

    await holds(QUERIES, { short: 1000, thorough: 20_000 }, async (query) => {
      assert.equal(await bench.session.signIns.receiveRedirect(query), undefined);
      assert.equal(bench.session.snapshot.signInAttempt.kind, 'running');
    });

    assert.deepEqual(everything(), before);
    bench.session.signIns.cancel();
    await assert.rejects(waiting, { name: 'Cancelled' });
  });
});

describe('a request to the way back from the browser', () => {
  const received: unknown[] = [];
  let loopback: Loopback;

  before(async () => {
    const receiver = {
      accepts: ({ state }: { readonly state: { reveal(): string } | undefined }) => state?.reveal() === 'mine',
      receive: (redirect: unknown) => void received.push(redirect),
    };
    loopback = await listenOnLoopback('http://127.0.0.1/callback', receiver);
  });
  after(() => loopback.dispose());

  const host = (): string => new URL(loopback.redirectUri).host;
  const METHODS = oneof(constantFrom('GET', 'POST', 'PUT', 'OPTIONS', 'HEAD', 'CONNECT', 'get', 'PRI'), string());
  const PATHS = oneof(
    constantFrom(
      '/',
      '/callback',
      '//callback',
      '/callback/',
      '/Callback',
      '/%63allback',
      '/callback;x',
      'http://x/callback',
      '*',
    ),
    string({ unit: 'binary' }),
  );
  const HEADERS = array(
    oneof(
      constantFrom(
        'Origin: https://evil.example.com',
        'Origin: null',
        'Host: evil.example.com',
        'Content-Length: 99999999',
        'Transfer-Encoding: chunked',
        'Upgrade: websocket',
        'Expect: 100-continue',
        `X: ${'y'.repeat(9000)}`,
      ),
      string({ unit: 'binary' }),
    ),
    { maxLength: 4 },
  );

  /** Sends bytes as they are, and gives the first line of what comes back; empty where nothing does. */
  async function sent(text: string): Promise<string> {
    const { hostname, port } = new URL(loopback.redirectUri);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk))).on('error', () => undefined);
    socket.end(Buffer.from(text, 'latin1'));
    await once(socket, 'close');
    return answer.split('\r\n')[0] ?? '';
  }

  it('is refused unless it is the redirect itself, whatever it looks like', async () => {
    const requests = tuple(METHODS, PATHS, QUERIES, HEADERS, constantFrom('host', 'none'));

    await holds(requests, { short: 300, thorough: 5000 }, async ([method, path, query, headers, named]) => {
      const lines = [
        `${method} ${path}?${query} HTTP/1.1`,
        ...(named === 'host' ? [`Host: ${host()}`] : []),
        ...headers,
      ];
      const answer = await sent(`${lines.join('\r\n')}\r\n\r\n`);

      assert.doesNotMatch(answer, /^HTTP\/1\.1 [23]\d\d/);
    });

    assert.deepEqual(received, []);
    assert.match(await sent(`GET /callback?code=a&state=mine HTTP/1.1\r\nHost: ${host()}\r\n\r\n`), / 200 /);
  });
});
