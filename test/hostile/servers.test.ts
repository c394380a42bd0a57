import assert from 'node:assert/strict';
import { array, boolean, constantFrom, jsonValue, nat, oneof, record, string, tuple, uint8Array } from 'fast-check';

import { Cancelled, ConfigurationError, OAuthError, RequestError, SignInRequired } from '../../src/core/base/errors';
import { parseJson } from '../../src/core/base/json';
import { createNodeFetch } from '../../src/core/network/nodeFetch';
import { platformRequest } from '../../src/core/network/nodeRequest';
import { prompt } from '../../src/core/chat/request';
import { type Bench, openBench } from '../fakes/bench';
import { type RawServer, startRawServer } from '../fakes/rawServer';
import { recordingFor, WORLD } from '../world/world';
import { holds } from './property';

const KEY = 'mine/0123456789.of+the~person';

/** What a hostile server sends. */
interface Reply {
  readonly head: string;
  readonly body: Buffer;
  /** Whether it resets the connection rather than ending it. */
  readonly resets: boolean;
}

const STATUS = oneof(
  constantFrom('HTTP/1.1 200 OK', 'HTTP/1.1 204 No Content', 'HTTP/1.1 302 Found', 'HTTP/1.1 307 T', 'HTTP/1.1 401 No'),
  constantFrom(
    'HTTP/1.1 400 Bad',
    'HTTP/1.1 429 Slow',
    'HTTP/1.1 503 Down',
    'HTTP/1.0 200 OK',
    'HTTP/1.1 999 X',
    'HTTP/1.1 101 Switch',
  ),
  constantFrom('HTTP/1.1 200 \u0000', 'HTTP/2 200', '', 'SSH-2.0-x', '<html>'),
);
const HEADERS = array(
  oneof(
    constantFrom('Content-Type: text/event-stream', 'Content-Type: application/json', 'Content-Type: text/html'),
    constantFrom('Content-Length: 5', 'Content-Length: 99999999', 'Content-Length: -1', 'Transfer-Encoding: chunked'),
    constantFrom(
      'Content-Encoding: gzip',
      'Content-Encoding: br',
      'Content-Encoding: x',
      'Connection: upgrade\r\nUpgrade: h2c',
    ),
    constantFrom(
      'Retry-After: 99999999999',
      'Retry-After: -1',
      'x-ratelimit-remaining-requests: 1e999',
      'Set-Cookie: a=b',
    ),
    constantFrom('Location: TRAP', 'Location: //evil', 'Location: file:///etc/passwd', 'Location: data:text/plain,x'),
    string().map((text) => `X-${text.replace(/[^a-z]/gi, '')}: ${text.replace(/[\r\n]/g, '')}`),
    constantFrom(`X: ${'y'.repeat(20_000)}`, 'X', ': y', 'X : y'),
  ),
  { maxLength: 5 },
);
const RECORDINGS = Object.keys(WORLD).map((id) => Buffer.from(recordingFor(id, {}).body));
/** What a real server was seen to answer, with bytes cut out, changed, or repeated. */
const SPOILED = tuple(constantFrom(...RECORDINGS), nat(), nat(), uint8Array({ maxLength: 8 }), nat(3)).map(
  ([bytes, at, length, put, times]) => {
    const [from, till] = [at % (bytes.length + 1), (at % (bytes.length + 1)) + (length % 50)];
    const within = Buffer.concat([bytes.subarray(from, till), put]);
    return Buffer.concat([
      bytes.subarray(0, from),
      ...Array.from({ length: times }, () => within),
      bytes.subarray(till),
    ]);
  },
);
const EVENTS = array(
  oneof(
    jsonValue(),
    record({ choices: array(record({ delta: jsonValue(), finish_reason: jsonValue() })) }),
    record({ error: jsonValue() }),
  ),
).map((events) => Buffer.from(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')));
const BODIES = oneof(
  SPOILED,
  EVENTS,
  jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
  record({
    data: array(record({ id: oneof(string({ unit: 'binary' }), jsonValue()), context_length: jsonValue() })),
  }).map((list) => Buffer.from(JSON.stringify(list))),
  uint8Array().map((bytes) => Buffer.from(bytes)),
  constantFrom(
    Buffer.from(`{"error":{"message":"${KEY}"}}`),
    Buffer.from(`[${'['.repeat(100_000)}`),
    Buffer.from(`data: ${'x'.repeat(2_000_000)}`),
  ),
);
const REPLIES = tuple(STATUS, HEADERS, BODIES, boolean()).map(([status, headers, body, resets]): Reply => ({
  head: [status, ...headers, 'Connection: close', '', ''].join('\r\n'),
  body,
  resets,
}));

describe('a hostile server', () => {
  let server: RawServer;
  let trap: RawServer;
  let bench: Bench;
  let trapped: number;
  let reply: Reply;

  before(async () => {
    trap = await startRawServer((socket) => {
      trapped += 1;
      socket.destroy();
    });
    server = await startRawServer((socket) => {
      socket.write(reply.head.replace('TRAP', `${trap.origin}/trap`), 'latin1');
      socket.write(reply.body, () => (reply.resets ? socket.resetAndDestroy() : socket.end()));
    });
  });
  after(async () => {
    await server.stop();
    await trap.stop();
  });
  beforeEach(async () => {
    trapped = 0;
    // The platform's own may wait for ever for the end of a body whose encoding is broken.
    bench = await openBench({ wrap: () => createNodeFetch(platformRequest) });
    bench.environment['KEY'] = KEY;
    const entry = { id: 'm', baseUrl: `${server.origin}/v1`, envKey: 'KEY', generationConfig: { maxRetries: 0 } };
    bench.reader.set('modelProviders', { openai: [entry] });
  });
  afterEach(() => bench.stop());

  /** Lets work fail by an error of ours, which does not repeat what was sent. Any other one is a fault of the code. */
  async function failure(work: Promise<unknown>, sent?: string): Promise<void> {
    try {
      await work;
    } catch (error) {
      const isOurs = [RequestError, OAuthError, SignInRequired, ConfigurationError, Cancelled].some(
        (kind) => error instanceof kind,
      );
      assert.ok(isOurs && error instanceof Error, error instanceof Error ? error.stack : String(error));
      if (sent) assert.ok(!JSON.stringify([error.message, error]).includes(sent));
      assert.ok(error.message.length < 2000);
    }
  }

  it('of models is answered with a text or an error of ours, and gets the key for itself alone', async () => {
    await holds(REPLIES, { short: 250, thorough: 5000 }, async (one) => {
      reply = one;
      const { selected } = bench.session.snapshot;
      assert.ok(selected);
      const { signal } = new AbortController();
      const said: unknown[] = [];
      const chat = async () => {
        const request = { model: selected, chat: prompt('Hello'), initiator: 'test' };
        for await (const part of bench.session.chat(request, signal)) said.push(part);
      };

      await failure(chat(), KEY);
      await failure(bench.session.discovery.serverModels(selected, signal), KEY);

      assert.equal(trapped, 0);
    });
  });

  it('of sign-ins brings no page that is not safe, and nothing that is kept', async () => {
    bench.reader.set('oauth.issuer', server.origin);
    bench.reader.set('oauth.clientId', 'client');

    await holds(REPLIES, { short: 150, thorough: 3000 }, async (one) => {
      reply = one;
      await failure(bench.session.signIns.signIn({ method: 'qwen-oauth' }));

      assert.deepEqual([trapped, bench.browser.opened, [...bench.secrets.entries]], [0, [], []]);
    });
  });

  it('is not parsed for longer than its answer is long', () => {
    assert.equal(parseJson('['.repeat(500_000)), undefined);
  });
});
