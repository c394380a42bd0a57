import assert from 'node:assert/strict';

import type { Fetch } from '../../../src/core/base/ports';
import { statusError } from '../../../src/core/base/refusalError';
import { Secret } from '../../../src/core/base/secret';
import type { ChatOutcome } from '../../../src/core/chat/authorizedChat';
import { Chats } from '../../../src/core/chat/chats';
import type { ChatPart } from '../../../src/core/chat/parts';
import type { RelayRequest } from '../../../src/core/chat/relay';
import { type ChatRequest, prompt } from '../../../src/core/chat/request';
import { createSettings } from '../../../src/core/config/settings';
import { AccessTokens } from '../../../src/core/credentials/accessTokens';
import type { KeyAccount } from '../../../src/core/credentials/account';
import { type Credential, credentialOf } from '../../../src/core/credentials/resolve';
import type { Access } from '../../../src/core/providers/access';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import { keyAccount } from '../../fakes/accounts';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySecretStore } from '../../fakes/memorySecretStore';
import { createMemorySettings } from '../../fakes/memorySettings';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';
import { model } from '../../fakes/models';

const M = model({ id: 'm' });
const BLIND = model({ id: 'm', generationConfig: { ...DEFAULT_GENERATION_CONFIG, vision: false } });
const IMAGE = { kind: 'image', mimeType: 'image/png', data: Uint8Array.of(1) } as const;
const USAGE = { prompt_tokens: 3, completion_tokens: 4 };
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const said = (delta: object, more: object = {}) => event({ choices: [{ delta }], ...more });
const stop = (more: object = {}) => event({ choices: [{ delta: {}, finish_reason: 'stop' }], ...more });
const HELLO = said({ content: 'Hello' }) + stop({ usage: USAGE });
const answered = (body: string | ReadableStream<Uint8Array>) =>
  new Response(body, { headers: { 'content-type': 'text/event-stream' } });
const refusing = (status: number, message = 'No.') => new Response(JSON.stringify({ error: { message } }), { status });

/** A stream that begins so, and goes on until its request is called off. */
function endless(text: string, { signal }: RequestInit): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(Buffer.from(text));
      signal?.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
}

/** No answer comes until the request is called off. */
const unanswered: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

describe('requests to models', () => {
  let clock: ManualClock;
  let state: MemoryStateStore;
  let caller: AbortController;
  let answer: Fetch;
  let sent: string[];
  let told: string[];
  let noted: unknown[];
  let ended: ChatOutcome[];
  let chats: Chats;
  let isKeychainLocked: boolean;

  beforeEach(() => {
    clock = new ManualClock();
    state = createMemoryStateStore();
    caller = new AbortController();
    answer = async () => answered(HELLO);
    [sent, told, noted, ended] = [[], [], [], []];
    isKeychainLocked = false;
    const fetch: Fetch = async (url, init) => {
      sent.push(typeof init.body === 'string' ? init.body : '');
      return await answer(url, init);
    };
    chats = new Chats({
      fetch,
      loadOpenAI: () => import('openai'),
      userAgent: 'QwenAuth/test',
      clock,
      state,
      settings: createSettings(createMemorySettings({})),
      changed: () => told.push('changed'),
      log: { info: (text) => void told.push(text) },
      accessTokens: new AccessTokens({ fetch, clock, secrets: createMemorySecretStore() }),
      note: async (_, used, status) => {
        noted.push([used?.key?.last4, status]);
        if (isKeychainLocked) throw new Error('locked');
      },
    });
    chats.onDidEndChat((outcome) => ended.push(outcome));
  });
  afterEach(() => chats.dispose());

  const credential = (status: KeyAccount['status'] = 'verified') =>
    credentialOf(keyAccount({ status, baseUrl: M.baseUrl }));
  /** A key of a variable. */
  const variable = (key = 'sk-of-a-variable'): Credential => {
    const source = { kind: 'environment', name: 'MY_KEY' } as const;
    const keyHeader = 'authorization';
    return { kind: 'key', account: undefined, key: new Secret(key), keyHeader, source, side: 'person' };
  };
  const asking = (
    chat: ChatRequest = prompt('Hi'),
    {
      to = M,
      initiator = 'acme.ai',
      by = credential(),
      ...more
    }: {
      readonly to?: typeof M;
      readonly initiator?: string;
      readonly by?: Credential;
      readonly onOpen?: (access: Access) => void;
    } = {},
  ) => chats.chat({ model: to, chat, initiator }, by, { maxRetries: 0, ...more }, caller.signal);
  const ask = async (...given: Parameters<typeof asking>): Promise<readonly ChatPart[]> => {
    const parts: ChatPart[] = [];
    for await (const part of asking(...given)) parts.push(part);
    return parts;
  };
  const outcomes = () =>
    ended.map(({ initiator, outcome, inputTokens, outputTokens, estimated }) => {
      return { initiator, outcome, estimated, ...(inputTokens !== undefined && { inputTokens, outputTokens }) };
    });

  it('tell what each got in with apart, without a secret', async () => {
    for (const key of ['sk-of-a-variable', 'sk-of-another', 'sk-of-a-variable'])
      await ask(undefined, { by: variable(key) });
    const [first, second, third] = ended.map(({ access }) => access);

    assert.equal(first, third);
    assert.notEqual(first, second);
    assert.match(`${first} ${second}`, /^[0-9a-f]{8} [0-9a-f]{8}$/);
  });

  it('tell of the access that each is tried with', async () => {
    const opened: Access[] = [];
    await ask(undefined, { onOpen: (access) => opened.push(access) });

    assert.deepEqual(
      opened.map(({ baseUrl, key }) => [baseUrl, key?.last4]),
      [[M.baseUrl, 'abcd']],
    );
  });

  describe('note that a server took a key', () => {
    for (const [what, status, notes] of [
      ['once, where nobody knew', 'unverified', [['abcd', 'verified']]],
      ['where it was refused before', 'refused', [['abcd', 'verified']]],
      ['not where that is known', 'verified', []],
    ] as const) {
      it(what, async () => {
        await ask(undefined, { by: credential(status) });
        assert.deepEqual(noted, notes);
      });
    }

    it('by an answer that says nothing', async () => {
      answer = async () => answered(stop());
      await ask(undefined, { by: credential('unverified') });

      assert.deepEqual(noted, [['abcd', 'verified']]);
    });

    it('and answer though the keychain does not take the note', async () => {
      isKeychainLocked = true;

      assert.equal((await ask(undefined, { by: credential('unverified') })).length, 2);
      assert.equal(ended[0]?.outcome, 'answered');
    });
  });

  describe('note that a server refused a key', () => {
    for (const isLocked of [false, true])
      it(`and say so${isLocked ? ', though the keychain does not take the note' : ''}`, async () => {
        isKeychainLocked = isLocked;
        answer = async () => refusing(401);

        await assert.rejects(ask(), { name: 'SignInRequired', reason: 'refused' });
        assert.deepEqual(noted, [['abcd', 'refused']]);
        assert.deepEqual(outcomes(), [{ initiator: 'acme.ai', outcome: 'failed', estimated: true }]);
        assert.equal(Object(ended[0]?.error).name, 'SignInRequired');
      });

    it('not where it refused the request', async () => {
      answer = async () => refusing(400);

      await assert.rejects(ask(), { name: 'RequestError', details: { status: 400, text: 'No.' } });
      assert.deepEqual(noted, []);
    });
  });

  describe('remember of a key without an account', () => {
    const refusedTo = async (by: Credential) => {
      answer = async () => refusing(401);
      await assert.rejects(ask(undefined, { by }), { name: 'SignInRequired', reason: 'refused' });
    };

    it('nothing before a server has said something', () => {
      assert.equal(chats.verdictOn(variable(), M), undefined);
    });

    it('that its server took it, and tell of that once', async () => {
      await ask(undefined, { by: variable() });
      await ask(undefined, { by: variable() });

      assert.deepEqual([chats.verdictOn(variable(), M), told, noted], ['accepted', ['changed'], []]);
    });

    it('that its server began to answer, be that heard to the end or not', async () => {
      for await (const _ of asking(undefined, { by: variable() })) break;

      assert.equal(chats.verdictOn(variable(), M), 'accepted');
    });

    it('that its server refused it, and how', async () => {
      await refusedTo(variable());

      assert.deepEqual(Object(chats.verdictOn(variable(), M)).about, {
        reason: 'refused',
        method: 'api-key',
        host: new URL(M.baseUrl).host,
        keyLast4: 'able',
        envKey: 'MY_KEY',
        said: 'No.',
      });
      assert.deepEqual([told, noted], [['changed'], []]);
    });

    it('what its server said last', async () => {
      await refusedTo(variable());
      answer = async () => answered(HELLO);
      await ask(undefined, { by: variable() });
      assert.equal(chats.verdictOn(variable(), M), 'accepted');
      await refusedTo(variable());

      assert.notEqual(chats.verdictOn(variable(), M), 'accepted');
    });

    it('nothing of another key, of an account, or at another address', async () => {
      await ask(undefined, { by: variable('sk-abcd') });

      const account = credentialOf(keyAccount({ key: new Secret('sk-abcd'), baseUrl: M.baseUrl }));
      const elsewhere = model({ baseUrl: 'https://elsewhere.example/v1' });
      assert.deepEqual(
        [
          chats.verdictOn(variable('sk-abcd'), M),
          chats.verdictOn(variable(), M),
          chats.verdictOn(account, M),
          chats.verdictOn(variable('sk-abcd'), elsewhere),
        ],
        ['accepted', undefined, undefined, undefined],
      );
    });

    it('nothing where the server says nothing of the key', async () => {
      for (const status of [400, 403, 429, 503]) {
        answer = async () => refusing(status);
        await assert.rejects(ask(undefined, { by: variable() }), { name: 'RequestError' });
      }

      assert.equal(chats.verdictOn(variable(), M), undefined);
    });
  });

  it('that are called off are told of as such, and nothing is noted', async () => {
    answer = unanswered;
    const asked = ask();
    while (sent.length === 0) await new Promise(setImmediate);
    caller.abort();

    await assert.rejects(asked, { name: 'Cancelled' });
    assert.deepEqual([outcomes(), noted], [[{ initiator: 'acme.ai', outcome: 'cancelled', estimated: true }], []]);
  });

  it('say that images are not seen when that is news, and go on in any case', async () => {
    const chat: ChatRequest = { messages: [{ role: 'user', content: [IMAGE] }] };
    const later: ChatRequest = {
      messages: [...chat.messages, { role: 'assistant', text: 'A', toolCalls: [] }, ...prompt('And?').messages],
    };
    const kinds = async (...given: Parameters<typeof ask>) => (await ask(...given)).map(({ kind }) => kind);

    assert.deepEqual(await kinds(chat, { to: BLIND }), ['unseen', 'text', 'usage']);
    assert.deepEqual(await kinds(later, { to: BLIND }), ['text', 'usage']);
    assert.deepEqual(await kinds(later, { to: BLIND, initiator: 'other.ai' }), ['unseen', 'text', 'usage']);
  });

  it('give a thought back to whoever it came to, and to nobody else', async () => {
    const call = { id: 'a', function: { name: 'f', arguments: '{}' } };
    answer = async () => answered(said({ reasoning_content: 'Hm.' }) + said({ tool_calls: [call] }) + stop());
    await ask();
    const turn: ChatRequest = {
      messages: [{ role: 'assistant', text: '', toolCalls: [{ id: 'a', name: 'f', input: {} }] }],
    };
    await ask(turn);
    await ask(turn, { initiator: 'other.ai' });
    await ask(turn, { to: model({ id: 'n' }) });

    assert.deepEqual(
      sent.slice(1).map((body) => body.includes('"reasoning_content":"Hm."')),
      [true, false, false],
    );
  });

  for (const [what, body, cost] of [
    ['what the server counted', HELLO, { inputTokens: 3, outputTokens: 4, estimated: false }],
    ['about what was seen', said({ content: 'Hello' }) + stop(), { inputTokens: 5, outputTokens: 1, estimated: true }],
  ] as const) {
    it(`are told of with ${what}`, async () => {
      answer = async () => answered(body);
      await ask();

      assert.deepEqual(outcomes(), [{ initiator: 'acme.ai', outcome: 'answered', ...cost }]);
    });
  }

  it('are counted as their server counts, and those of another server as before', async () => {
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
    const before = chats.countTokens(M, text);
    const usage = { prompt_tokens: 2 * before, completion_tokens: 1 };
    answer = async () => answered(said({ content: 'Hello' }) + stop({ usage }));
    await ask(prompt(text));

    assert.ok(chats.countTokens(M, text) > 1.9 * before);
    assert.equal(chats.countTokens(model({ id: 'n' }), text), before);
  });

  it('write down what a server does not take', async () => {
    let asked = 0;
    answer = async () => ((asked += 1) === 1 ? refusing(400, 'stream_options is unknown') : answered(HELLO));
    await ask();
    await ask();

    assert.equal(sent.length, 3);
    assert.match(told.join(), /^models\.example\.com does not take "stream_options" with m, /);
  });

  it('know what is used up until an answer comes', async () => {
    answer = async () => refusing(429, 'week allocated quota exceeded');
    await assert.rejects(ask(), { reason: 'windowUsedUp' });
    assert.deepEqual(
      chats.full.map(({ baseUrl }) => baseUrl),
      [M.baseUrl],
    );
    answer = async (_, init) => answered(endless(said({ content: 'Hello' }), init));
    for await (const part of asking()) if (part) break;
    assert.equal(chats.full.length, 1);
    answer = async () => answered(HELLO);
    await ask();

    assert.deepEqual(chats.full, []);
  });

  it('know what is used up by chats that were made elsewhere', () => {
    const error = statusError({ host: 'models.example.com', status: 429, text: 'week allocated quota exceeded' });
    const made = { model: M, credential: credential() };
    chats.noteEnd(made, error);
    assert.equal(chats.full.length, 1);
    chats.noteEnd(made, undefined);

    assert.deepEqual(chats.full, []);
  });

  it('wait no longer for what is used up once they are disposed of', async () => {
    answer = async () => refusing(429, 'week allocated quota exceeded');
    await assert.rejects(ask());
    assert.equal(clock.sleepers, 1);
    chats.dispose();

    assert.equal(clock.sleepers, 0);
  });

  it('tell of no end any more once they are disposed of', async () => {
    chats.dispose();
    await ask();

    assert.deepEqual(ended, []);
  });

  describe('that are passed on', () => {
    const json = { model: 'm', messages: [{ role: 'user', content: 'one two three four' }] };
    const request: RelayRequest = {
      model: M,
      operation: 'chat/completions',
      body: { text: JSON.stringify(json), json },
      headers: {},
      initiator: 'terminal/curl',
      trace: { sessionId: 's', promptId: 'p' },
    };
    const passOn = (by: Credential = credential()) => chats.relay(request, by, caller.signal);
    const read = async (write: () => Promise<void> = async () => undefined): Promise<void> => {
      await (await passOn()).sendTo(write);
    };
    const outcome = (how: ChatOutcome['outcome'], cost: object = { estimated: true }) => [
      { initiator: 'terminal/curl', outcome: how, ...cost },
    ];

    it('note that a server took the key, and are told of once they were read, with what they cost', async () => {
      const passed = await passOn(credential('unverified'));
      assert.deepEqual([noted, ended], [[['abcd', 'verified']], []]);
      await passed.sendTo(async () => undefined);

      assert.deepEqual(outcomes(), outcome('answered', { inputTokens: 3, outputTokens: 4, estimated: false }));
      assert.deepEqual([ended[0]?.at, ended[0]?.model], [clock.now(), M]);
    });

    it('remember what a server says to a key without an account', async () => {
      const by = variable();
      await (await passOn(by)).sendTo(async () => undefined);

      assert.equal(chats.verdictOn(by, M), 'accepted');
    });

    it('note that a server refused the key', async () => {
      answer = async () => refusing(401);

      await assert.rejects(passOn(), { name: 'SignInRequired' });
      assert.deepEqual([noted, outcomes()], [[['abcd', 'refused']], outcome('failed')]);
    });

    it('are told of as called off before an answer, and nothing is noted', async () => {
      answer = unanswered;
      const passing = passOn();
      while (sent.length === 0) await new Promise(setImmediate);
      caller.abort();

      await assert.rejects(passing, { name: 'Cancelled' });
      assert.deepEqual([noted, outcomes()], [[], outcome('cancelled')]);
    });

    it('are told of as called off within an answer, with what came of it', async () => {
      answer = async (_, init) => answered(endless(said({ content: 'Hello' }), init));

      await assert.rejects(
        read(async () => caller.abort()),
        { name: 'Cancelled' },
      );
      assert.deepEqual(outcomes(), outcome('cancelled', { inputTokens: 9, outputTokens: 1, estimated: true }));
    });

    it('are told of as failed where the answer breaks off', async () => {
      const failing = () => Promise.reject(new Error('cut'));
      answer = async () => answered(new ReadableStream({ pull: failing }));

      await assert.rejects(read(), { name: 'RequestError' });
      assert.deepEqual(outcomes(), outcome('failed'));
      assert.equal(Object(ended[0]?.error).name, 'RequestError');
    });
  });
});
