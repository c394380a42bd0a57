import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { failureOf, readBounded, send } from '../../../src/core/base/http';
import { platformFetch } from '../../fakes/bench';
import { hang } from '../../fakes/hang';
import type { Reply } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const unreadable = { name: 'RequestError', failure: 'unreadable' };

describe('HTTP request', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const get = (signal = new AbortController().signal, timeoutMs?: number) =>
    send(platformFetch, `${sandbox.origin}/x`, {}, signal, timeoutMs === undefined ? {} : { timeoutMs });
  const answered = (reply: Reply | 'reset') => {
    sandbox.faults.add({ on: '/x', reply });
    return get();
  };

  it('gives the answer whole, with its JSON', async () => {
    const { host, status, ok, text, json } = await answered({ status: 201, body: ['{"a"', ':1}'] });

    assert.deepEqual([host, status, ok], [new URL(sandbox.origin).host, 201, true]);
    assert.deepEqual([text, json], ['{"a":1}', { a: 1 }]);
  });

  it('gives an answer that is not JSON as text', async () => {
    const { ok, text, json } = await answered({ status: 500, body: '<p>oops' });

    assert.deepEqual([ok, text, json], [false, '<p>oops', undefined]);
  });

  for (const [what, deaf] of [
    ['gives no response', () => new Promise<Response>(() => undefined)],
    ['gives a body that does not end', async () => new Response(new ReadableStream())],
  ] as const) {
    it(`ends where the platform does not hear the signal, and ${what}`, async () => {
      const calling = new AbortController();
      const [late, called] = [{ timeoutMs: 20 }, new AbortController().signal];
      setTimeout(() => calling.abort(), 20);

      await assert.rejects(send(deaf, 'https://a.example.com', {}, called, late), { failure: 'timeout' });
      await assert.rejects(send(deaf, 'https://a.example.com', {}, calling.signal), { name: 'Cancelled' });
    });
  }

  it('is called off at the platform once nobody waits for it', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const silent = (_: string, { signal }: RequestInit) => {
      signals.push(signal);
      return new Promise<Response>(() => undefined);
    };
    const calling = new AbortController();
    setTimeout(() => calling.abort(), 20);

    await assert.rejects(send(silent, 'https://a.example.com', {}, new AbortController().signal, { timeoutMs: 20 }));
    await assert.rejects(send(silent, 'https://a.example.com', {}, calling.signal));
    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [true, true],
    );
  });

  it("has none of the platform's words where that fails: they may repeat headers", async () => {
    const cause = Object.assign(new Error('invalid header: Bearer of-somebody'), { code: 'ERR_INVALID_CHAR' });
    const failing = () => Promise.reject(new TypeError('fetch failed for of-somebody', { cause }));

    await assert.rejects(send(failing, 'https://a.example.com', {}, new AbortController().signal), (error: Error) => {
      assert.doesNotMatch(inspect(error, { depth: 9 }), /of-somebody/);
      return true;
    });
  });

  for (const status of [301, 302, 307, 308]) {
    it(`does not follow the redirect of a ${status}`, async () => {
      const moved = answered({ status, headers: { Location: `${sandbox.origin}/elsewhere` } });

      await assert.rejects(moved, { name: 'RequestError', failure: 'redirect', details: { status } });
      assert.deepEqual(
        sandbox.requests.map(({ path }) => path),
        ['/x'],
      );
    });
  }

  it('reads no more than a mebibyte', async () => {
    const mebibyte = 'x'.repeat(1024 * 1024);

    assert.equal((await answered({ body: mebibyte })).text.length, mebibyte.length);
    await assert.rejects(answered({ body: `${mebibyte}x` }), unreadable);
  });

  it('ends an answer that never ends', async () => {
    const flood = Array.from({ length: 64 }, () => 'x'.repeat(64 * 1024));

    await assert.rejects(answered({ body: flood, ending: 'hang' }), unreadable);
  });

  it('says when nobody answers in time', async () => {
    void hang(sandbox, '/x');

    await assert.rejects(get(undefined, 30), { name: 'RequestError', failure: 'timeout' });
  });

  it('says when an answer stops in the middle', async () => {
    sandbox.faults.add({ on: '/x', reply: { body: '{"a":', ending: 'hang' } });

    await assert.rejects(get(undefined, 50), { name: 'RequestError', failure: 'timeout' });
  });

  it('says when the connection breaks', async () => {
    await assert.rejects(answered('reset'), { name: 'RequestError', failure: 'cut' });
    await assert.rejects(answered({ body: '{"a":', ending: 'reset' }), { name: 'RequestError', failure: 'cut' });
  });

  it('says when nobody listens', async () => {
    const { origin } = sandbox;
    await sandbox.stop();
    const refused = send(platformFetch, origin, {}, new AbortController().signal);

    await assert.rejects(refused, { name: 'RequestError', failure: 'refused', host: new URL(origin).host });
    sandbox = await startSandbox();
  });

  it('is called off at once', async () => {
    const caller = new AbortController();
    const arrived = hang(sandbox, '/x');
    const sent = get(caller.signal);
    await arrived;
    caller.abort();

    await assert.rejects(sent, { name: 'Cancelled' });
  });

  for (const [header, seconds] of [
    ['7', 7],
    ['0', 0],
    ['-3', 0],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['Wednesday, 21-Oct-15 07:28:00 GMT', 0],
    ['soon', undefined],
    ['1.5', 1.5],
    ['10s', 10],
    ['1m30s', 90],
    ['120ms', 1],
    ['60 seconds', 60],
    ['30, 30', 30],
    ['99999999999999999999', undefined],
  ] as const) {
    it(`reads Retry-After: ${header} as ${seconds} seconds`, async () => {
      const { retryAfterSeconds } = await answered({ status: 429, headers: { 'Retry-After': header } });

      assert.equal(retryAfterSeconds, seconds);
    });
  }

  for (const [what, header] of [
    ['a date', () => new Date(Date.now() + 60_000).toUTCString()],
    ['a date of ISO 8601', () => new Date(Date.now() + 60_000).toISOString()],
    ['seconds since 1970', () => `${Math.floor(Date.now() / 1000) + 60}`],
    ['milliseconds since 1970', () => `${Date.now() + 60_000}`],
  ] as const)
    it(`reads ${what} in Retry-After as seconds from now`, async () => {
      const { retryAfterSeconds = 0 } = await answered({ status: 429, headers: { 'Retry-After': header() } });

      assert.ok(retryAfterSeconds > 50 && retryAfterSeconds <= 60, `${retryAfterSeconds}`);
    });
});

describe('the text of an answer', () => {
  const GBK = Buffer.from([0xb7, 0xc3, 0xce, 0xca, 0xb1, 0xbb, 0xbe, 0xdc]);
  const meta = (charset: string): Buffer => Buffer.concat([Buffer.from(`<meta charset="${charset}">`), GBK]);

  for (const [what, type, body, text] of [
    ['in the charset of its type', 'text/html; charset=GBK', GBK, '访问被拒'],
    ['in the charset of its page', 'text/html', meta('gb2312'), '<meta charset="gb2312">访问被拒'],
    ['as UTF-8, whatever its type says', 'text/plain; charset=iso-8859-1', Buffer.from('拒'), '拒'],
    ['as far as it can be read in a charset that is none', 'text/plain; charset=x', Buffer.of(0x61, 0xff), 'a\uFFFD'],
    ['as far as it can be read where nothing is said', 'text/plain', Buffer.of(0x61, 0xff), 'a\uFFFD'],
    ['without the mark of its order of bytes', 'text/plain', Buffer.from('\uFEFF{}'), '{}'],
  ] as const) {
    it(`is read ${what}`, async () => {
      const answer = new Response(body, { headers: { 'content-type': type } });

      assert.equal(await readBounded(answer, 'x'), text);
    });
  }
});

describe('failure of a request', () => {
  for (const [code, failure] of [
    ['ENOTFOUND', 'unknownHost'],
    ['EAI_AGAIN', 'unknownHost'],
    ['ECONNREFUSED', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'untrustedCertificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrustedCertificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrustedCertificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrustedCertificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrustedCertificate'],
    ['ECONNRESET', 'cut'],
    ['UND_ERR_SOCKET', 'cut'],
    ['EPIPE', 'cut'],
    ['ENETUNREACH', 'network'],
  ] as const) {
    it(`of ${code} is ${failure}`, () => {
      const cause = Object.assign(new Error('deep down'), { code });

      assert.equal(failureOf(new TypeError('fetch failed', { cause })), failure);
    });
  }

  it('is network where nothing is known', () => {
    assert.deepEqual([failureOf(new Error('x')), failureOf('x')], ['network', 'network']);
  });
});
