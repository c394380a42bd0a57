import assert from 'node:assert/strict';

import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { relay, type RelayAnswer, type RelayRequest } from '../../../src/core/chat/relay';
import { type Credential, credentialOf } from '../../../src/core/credentials/resolve';
import { readGenerationConfig } from '../../../src/core/providers/generationConfig';
import type { Access } from '../../../src/core/providers/access';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { holdLongTimers } from '../../fakes/longTimers';
import { model } from '../../fakes/models';

const CREDENTIAL = credentialOf(keyAccount());
/** Nothing about it looks like a key. */
const KEY = new Secret('correct-horse-battery');
const ASKED: RelayRequest = {
  model: model({ id: 'm' }),
  operation: 'chat/completions',
  body: { text: '{"model":"m"}', json: { model: 'm' } },
  headers: {},
  initiator: 'terminal/curl',
  trace: { sessionId: 's', promptId: 'p' },
};
/** What a server answers to a request, which has that number. */
type Answers = (init: RequestInit, at: number) => Response | Promise<Response>;

const PAGE = { 'content-type': 'Text/HTML; charset=utf-8' };

/** A body that nobody ends; it breaks when its request is called off, as the platform's does. */
function endless({ signal }: RequestInit, ...pieces: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(Buffer.from(piece));
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
}

describe('a request that is passed on', () => {
  let caller: AbortController;
  let sent: { readonly url: string; readonly init: RequestInit }[];
  let refused: (Access | undefined)[];

  beforeEach(() => {
    caller = new AbortController();
    sent = [];
    refused = [];
  });

  const passOn = (
    answer: Answers,
    {
      renewable = false,
      requestTimeoutMs = 0,
      keys = [KEY],
      by = CREDENTIAL,
      ...changes
    }: Partial<RelayRequest> & {
      readonly renewable?: boolean;
      readonly requestTimeoutMs?: number;
      readonly keys?: readonly Secret[];
      readonly by?: Credential;
    } = {},
  ): Promise<RelayAnswer> => {
    const fetch: Fetch = async (url, init) => await answer(init, sent.push({ url, init }));
    const ports = {
      fetch,
      loadOpenAI: () => assert.fail(),
      userAgent: 'QwenAuth/test',
      requestTimeoutMs: () => requestTimeoutMs || undefined,
    };
    const open = async (before: Access | undefined) => {
      const key = keys[refused.push(before) - 1];
      return { baseUrl: 'https://models.example.com/v1?v=1', key, keyHeader: 'authorization', renewable } as const;
    };
    return relay(ports, open, { ...ASKED, ...changes }, by, caller.signal);
  };
  const read = async (answer: RelayAnswer): Promise<string> => {
    let text = '';
    await answer.sendTo((bytes) => void (text += Buffer.from(bytes).toString()));
    return text;
  };

  it('has the headers of whoever asks and of the entry, and the key', async () => {
    const generationConfig = readGenerationConfig({ customHeaders: { 'x-team': 'a' } });
    const headers = {
      accept: 'text/event-stream',
      'user-agent': 'curl/8',
      'content-type': 'text/plain',
      'x-team': 'b',
    };
    await read(await passOn(() => new Response('{}'), { model: model({ id: 'm', generationConfig }), headers }));

    const [{ url, init } = assert.fail()] = sent;
    assert.equal(url, 'https://models.example.com/v1/chat/completions?v=1');
    assert.deepEqual([init.method, init.redirect, init.body], ['POST', 'manual', '{"model":"m"}']);
    assert.deepEqual(init.headers, {
      accept: 'text/event-stream',
      'user-agent': 'curl/8',
      'content-type': 'application/json',
      'x-team': 'a',
      authorization: 'Bearer correct-horse-battery',
    });
  });

  it('has headers of its own for DashScope, unless whoever asks has set them', async () => {
    const headers = { 'user-agent': 'curl/8', 'x-dashscope-cachecontrol': 'disable' };
    await read(await passOn(() => new Response('{}'), { by: credentialOf(oauthAccount()), headers }));

    const told = new Headers(sent[0]?.init.headers);
    assert.deepEqual(
      ['useragent', 'cachecontrol', 'authtype'].map((name) => told.get(`x-dashscope-${name}`)),
      ['curl/8', 'disable', 'qwen-oauth'],
    );
  });

  it('has our name where whoever asks tells none', async () => {
    await read(await passOn(() => new Response('{}')));

    assert.equal(new Headers(sent[0]?.init.headers).get('user-agent'), 'QwenAuth/test');
  });

  it('is answered by the status and the bytes of its server, each when the one before is taken', async () => {
    const events: string[] = [];
    const answer = await passOn(({ signal }) => {
      const body = new ReadableStream<Uint8Array>(
        {
          pull: (controller) => {
            events.push('asked');
            if (signal?.aborted || events.length > 6) controller.close();
            else controller.enqueue(Buffer.from('x'));
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(body, { status: 201 });
    });
    await answer.sendTo(async () => {
      await new Promise(setImmediate);
      events.push('taken');
    });

    assert.equal(answer.status, 201);
    assert.deepEqual(events, ['asked', 'taken', 'asked', 'taken', 'asked', 'taken', 'asked']);
  });

  it('may be answered by nothing', async () => {
    assert.equal(await read(await passOn(() => new Response(null, { status: 204 }))), '');
  });

  it('is answered with the headers that are for whoever asks, without those that show the key', async () => {
    const passed = {
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'openai-version': '1',
      'request-id': 'a',
      'retry-after': '1',
      'retry-after-ms': '1',
      'x-ratelimit-remaining-tokens': '1',
      'x-request-id': 'b',
      'x-should-retry': 'false',
    };
    const others = { 'set-cookie': 'a=b', 'x-content-type': 'a', 'x-request-id-of-proxy': 'c', via: '1.1 a' };
    const encoded = Buffer.from('correct-horse-battery').toString('base64');
    const showing = { 'openai-organization': 'of correct-horse-battery', 'x-ratelimit-of': encoded };
    const answer = await passOn(() => new Response('{}', { headers: { ...passed, ...others, ...showing } }));
    await read(answer);

    assert.deepEqual(answer.headers, passed);
  });

  for (const [what, answer, expected] of [
    [
      'a refusal',
      () => new Response('{"error":{"message":"No."}}', { status: 403 }),
      { details: { status: 403, text: 'No.' } },
    ],
    ['a redirect', () => new Response(null, { status: 307 }), { failure: 'redirect', details: { status: 307 } }],
    ['a page', () => new Response('<title>Stop</title>', { headers: PAGE }), { details: { text: 'Stop', page: true } }],
    [
      'a page beyond all measure',
      () => new Response('x'.repeat(2 ** 21), { headers: PAGE }),
      { failure: 'unreadable' },
    ],
    ['nobody there', () => Promise.reject(failing('ECONNREFUSED')), { failure: 'refused' }],
  ] as const) {
    it(`is sent once, and fails by ${what}`, async () => {
      const host = 'models.example.com';
      await assert.rejects(passOn(answer, { renewable: true }), { name: 'RequestError', host, ...expected });
      assert.equal(sent.length, 1);
    });
  }

  for (const [what, reply] of [
    ['refusal', new Response('{"error":{"message":"of correct-horse-battery"}}', { status: 400 })],
    ['page', new Response('<title>of correct-horse-battery</title>', { headers: PAGE })],
  ] as const) {
    it(`fails without the key that is in the words of a ${what}`, async () => {
      await assert.rejects(
        passOn(() => reply),
        (error: Error) => !/horse/.test(JSON.stringify([error, error.message])) && /redacted/.test(error.message),
      );
    });
  }

  it("fails with none of the platform's words, which may repeat headers", async () => {
    await assert.rejects(
      passOn(() => Promise.reject(failing('ECONNRESET'))),
      ({ message, cause }: Error) => {
        assert.deepEqual([message, cause], ['models.example.com: cut', new Error('TypeError: ECONNRESET')]);
        return true;
      },
    );
  });

  describe('and refused with a 401', () => {
    const unauthorized = (): Response => new Response('{}', { status: 401 });
    const keys = [new Secret('first-key'), new Secret('second-key')];
    const signed = () => sent.map(({ init }) => new Headers(init.headers).get('authorization'));

    it('is sent once more with renewed access', async () => {
      const answer = await passOn((_, at) => (at === 1 ? unauthorized() : new Response('{}')), {
        renewable: true,
        keys,
      });

      assert.equal(await read(answer), '{}');
      assert.deepEqual(signed(), ['Bearer first-key', 'Bearer second-key']);
      assert.deepEqual(
        refused.map((access) => access?.key?.reveal()),
        [undefined, 'first-key'],
      );
    });

    it('is answered without the headers that show the renewed key', async () => {
      const headers = { 'x-request-id': 'of second-key' };
      const answer = await passOn((_, at) => (at === 1 ? unauthorized() : new Response('{}', { headers })), {
        renewable: true,
        keys,
      });
      await read(answer);

      assert.deepEqual(Object.keys(answer.headers), ['content-type']);
    });

    for (const [what, renewable, tries] of [
      ['is not sent again where access cannot be renewed', false, 1],
      ['is not sent a third time', true, 2],
    ] as const) {
      it(what, async () => {
        await assert.rejects(passOn(unauthorized, { renewable, keys }), {
          failure: 'status',
          details: { status: 401 },
        });
        assert.equal(sent.length, tries);
      });
    }
  });

  describe('and called off', () => {
    for (const [what, answer] of [
      ['before the answer', () => new Promise<Response>(() => undefined)],
      ['in a refusal', (init) => new Response(endless(init, '{'), { status: 400 })],
      ['in a refusal of a platform that hears no signal', () => new Response(endless({}, '{'), { status: 400 })],
      ['in a page of a platform that hears no signal', () => new Response(endless({}, '<'), { headers: PAGE })],
    ] as const satisfies readonly (readonly [string, Answers])[]) {
      it(`${what}, ends its request and says no more`, async () => {
        const asking = passOn(answer);
        while (sent.length === 0) await new Promise(setImmediate);
        caller.abort();

        await assert.rejects(asking, { name: 'Cancelled' });
        assert.equal(sent[0]?.init.signal?.aborted, true);
      });
    }

    it('in the answer, ends its request', async () => {
      const answer = await passOn((init) => new Response(endless(init, 'a')));
      const reading = answer.sendTo(async () => caller.abort());

      await assert.rejects(reading, { name: 'Cancelled' });
    });

    it('by an error of whoever reads, gives up what is left of the answer', async () => {
      let isGivenUp = false;
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(Buffer.from('a')),
        cancel: () => void (isGivenUp = true),
      });
      const answer = await passOn(() => new Response(body));

      await assert.rejects(
        answer.sendTo(() => assert.fail('full')),
        { name: 'RequestError', failure: 'network' },
      );
      assert.equal(isGivenUp, true);
    });
  });

  it('fails when the answer breaks off', async () => {
    const pieces = ['a'];
    const pull = (controller: ReadableStreamDefaultController): void => {
      const piece = pieces.shift();
      if (piece === undefined) controller.error(failing('ECONNRESET'));
      else controller.enqueue(Buffer.from(piece));
    };
    const answer = await passOn(() => new Response(new ReadableStream({ pull }, { highWaterMark: 0 })));

    await assert.rejects(read(answer), { name: 'RequestError', failure: 'cut', host: 'models.example.com' });
  });

  describe('with time in our hands', () => {
    let timers: ReturnType<typeof holdLongTimers>;
    beforeEach(() => (timers = holdLongTimers()));
    afterEach(() => timers.release());

    /** Lets so much time pass, and no more. */
    const pass = (ms: number): void => {
      setTimeout(() => undefined, ms);
      timers.goOff(ms);
    };

    for (const [what, config, requestTimeoutMs, limit] of [
      ['the setting', {}, 300_000, { ms: 300_000, from: 'setting' }],
      ['its entry', { timeout: 60_000 }, 300_000, { ms: 60_000, from: 'entry' }],
    ] as const) {
      it(`waits for an answer as long as ${what} says`, async () => {
        const patient = model({ id: 'm', generationConfig: readGenerationConfig(config) });
        const asking = passOn(() => new Promise<Response>(() => undefined), { model: patient, requestTimeoutMs });
        while (sent.length === 0) await new Promise(setImmediate);
        timers.goOff(limit.ms - 1000);
        assert.equal(sent[0]?.init.signal?.aborted, false);
        timers.goOff();

        await assert.rejects(asking, { failure: 'timeout', host: 'models.example.com', details: { limit } });
        assert.equal(sent[0]?.init.signal?.aborted, true);
      });
    }

    it('waits for each piece of its answer as long', async () => {
      const answer = await passOn((init) => new Response(endless(init, 'a')), { requestTimeoutMs: 60_000 });
      let hasRead: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (hasRead = resolve));
      const reading = answer.sendTo(async () => hasRead());
      await begun;
      await new Promise(setImmediate);
      timers.goOff();

      await assert.rejects(reading, { failure: 'timeout', details: { limit: { ms: 60_000, from: 'setting' } } });
    });

    it('waits for whoever reads as long as they like', async () => {
      const answer = await passOn(() => new Response('a'), { requestTimeoutMs: 60_000 });
      pass(120_000);
      await answer.sendTo(async () => pass(120_000));

      assert.equal(sent[0]?.init.signal?.aborted, false);
    });

    it('takes everything that comes for news, be it a ping', async () => {
      const pull = (controller: ReadableStreamDefaultController): void => {
        pass(40_000);
        controller.enqueue(Buffer.from(': ping'));
      };
      const body = new ReadableStream({ pull }, { highWaterMark: 0 });
      const answer = await passOn(() => new Response(body), { requestTimeoutMs: 60_000 });
      let came = 0;
      const reading = answer.sendTo(async () => {
        came += 1;
        if (came === 3) timers.goOff();
        assert.ok(came < 3, 'enough');
      });

      await assert.rejects(reading, { failure: 'network' });
      assert.equal(sent[0]?.init.signal?.aborted, false);
    });

    it('waits for nothing any more once it has an end', async () => {
      await assert.rejects(passOn(() => new Response('{}', { status: 400 })));
      await read(await passOn(() => new Response('a')));
      const begun = timers.count;
      timers.goOff();

      assert.equal(timers.count, begun);
      assert.deepEqual(
        sent.map(({ init }) => init.signal?.aborted),
        [false, false],
      );
    });
  });
});

/** An error as the platform throws it, which repeats what was sent. */
function failing(code: string): TypeError {
  return new TypeError('Bearer correct-horse-battery', { cause: Object.assign(new Error('correct-horse'), { code }) });
}
