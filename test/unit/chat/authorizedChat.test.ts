import assert from 'node:assert/strict';

import type { ChatPart } from '../../../src/core/chat/parts';
import { type ChatRequest, prompt } from '../../../src/core/chat/request';
import { saveAccount } from '../../../src/core/credentials/accountStore';
import type { ModelIdentity } from '../../../src/core/providers/model';
import { type ChatOutcome, isUnauthorized } from '../../../src/core/chat/authorizedChat';
import { RequestError } from '../../../src/core/base/errors';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount } from '../../fakes/accounts';
import { type Bench, openBench } from '../../fakes/bench';
import { hang } from '../../fakes/hang';

const CHAT = '/v1/chat/completions';
const OPENAI_CHAT = '/openai/v1/chat/completions';
const TOKEN = '/api/v1/oauth2/token';

describe('a refusal of what signed a request', () => {
  const said = (details: RequestError['details'], role?: RequestError['role']): RequestError =>
    new RequestError('models.example.com', 'status', details, role && { role });

  for (const details of [
    { status: 401 },
    { status: 401, text: 'Access Denied', page: true },
    { status: 400, code: 'API_KEY_INVALID' },
    { status: 400, code: 'invalidapikey' },
    { status: 400, code: 'invalid_api_key' },
    { status: 400, text: 'API key not valid. Please pass a valid API key.' },
    { status: 400, text: 'Incorrect API key provided: xa***. You can obtain an API key from https://console.x.ai.' },
  ] as const) {
    it(`is ${JSON.stringify(details)}`, () => {
      assert.equal(isUnauthorized(said(details)), true);
    });
  }

  for (const [what, error] of [
    ['another status', said({ status: 403, code: 'invalid_api_key' })],
    ['a fault of the server', said({ status: 500, text: 'invalid_api_key' })],
    ['a web page', said({ status: 403, text: 'API key not valid.', page: true })],
    ['another fault of the request', said({ status: 400, text: 'The messages are empty.' })],
    ['a key without money', said({ status: 401, text: '该令牌额度已用尽' })],
    ['what a server of sign-ins says', said({ status: 401 }, 'authorizationServer')],
    ['any other error', Object.assign(new Error('no'), { role: 'modelServer', details: { status: 401 } })],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.equal(isUnauthorized(error), false);
    });
  }
});

describe('a question to a model', () => {
  let bench: Bench;
  let caller: AbortController;
  let ended: ChatOutcome[];

  beforeEach(async () => {
    bench = await openBench();
    caller = new AbortController();
    ended = [];
    bench.session.onDidEndChat((asked) => ended.push(asked));
  });
  afterEach(() => bench.stop());

  const asking = (chat: ChatRequest = prompt('Hi there'), model = inUse()): AsyncGenerator<ChatPart, void> =>
    bench.session.chat({ model, chat, initiator: 'someone.else' }, caller.signal);
  const inUse = (): ModelIdentity =>
    bench.session.snapshot.selected ?? { id: 'nobody', baseUrl: 'https://a.example/v1' };
  async function ask(...given: Parameters<typeof asking>): Promise<readonly ChatPart[]> {
    const parts: ChatPart[] = [];
    for await (const part of asking(...given)) parts.push(part);
    return parts;
  }
  const textOf = (parts: readonly ChatPart[]) => parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  const sent = (path: string) => bench.sandbox.requests.filter((request) => request.path === path);

  it('is answered in text, and then with what it cost', async () => {
    await bench.signInWithKey('openai');
    const parts = await ask();

    assert.equal(textOf(parts), 'Hello from gpt-5.5 in the sandbox. You said: Hi there');
    assert.deepEqual(parts.at(-1), { kind: 'usage', inputTokens: 6, outputTokens: 10, thinkingTokens: 0 });
  });

  it('goes to a model that is not in use', async () => {
    await bench.signInWithKey('azure');
    const { baseUrl } = inUse();
    await bench.signInWithKey('openai');
    const other = bench.session.snapshot.models.find((model) => model.baseUrl === baseUrl) ?? assert.fail();
    await bench.session.switchModel({ id: 'gpt-4o', baseUrl: `${bench.sandbox.origin}/openai/v1` });

    assert.match(textOf(await ask(prompt('Hi'), other)), new RegExp(`^Hello from ${other.id}`));
    assert.equal(inUse().id, 'gpt-4o');
  });

  it('is answered by a call of a tool', async () => {
    await bench.signInWithKey('openai');
    const tools = [{ name: 'weather', description: 'Tells the weather', inputSchema: { type: 'object' } }];
    const chat = { ...prompt('Use the tool weather {"city":"Hangzhou"}'), tools };
    const [call] = await ask(chat);

    assert.deepEqual(call, {
      kind: 'toolCall',
      id: 'call_sandbox_1',
      name: 'weather',
      input: { city: 'Hangzhou' },
    });
  });

  it('may hold an image, and be thought about', async () => {
    await bench.signInWithKey('coding-plan/china');
    await bench.session.switchModel({ id: 'qwen3.5-plus' });
    const data = new Uint8Array(10 * 1024 * 1024).fill(7);
    const chat: ChatRequest = {
      messages: [{ role: 'user', content: [{ kind: 'image', mimeType: 'image/png', data }] }],
      effort: 'on',
    };
    const parts = await ask(chat);

    assert.match(textOf(parts), /I can see an image\.$/);
    assert.match(parts.map((part) => (part.kind === 'thinking' ? part.text : '')).join(''), /^Somebody is talking/);
    assert.ok((await ask({ ...prompt('Hi'), effort: 'none' })).every(({ kind }) => kind !== 'thinking'));
  });

  it('goes on with the result of a tool, and with what was thought before the call', async () => {
    await bench.signInWithKey('coding-plan/china');
    await bench.session.switchModel({ id: 'qwen3.5-plus' });
    const tools = [{ name: 'weather', description: 'Tells the weather' }];
    const question = prompt('Use the tool weather {}').messages;
    const [call] = (await ask({ messages: question, tools })).filter((part) => part.kind === 'toolCall');
    const { id, name, input } = call ?? assert.fail();
    const parts = await ask({
      messages: [
        ...question,
        { role: 'assistant', text: '', toolCalls: [{ id, name, input }] },
        { role: 'tool', toolCallId: id, content: [{ kind: 'text', text: 'sunny' }] },
      ],
      tools,
    });

    assert.equal(textOf(parts), 'The tool answered: sunny');
    assert.match(bench.sandbox.requests.at(-1)?.text ?? '', /"reasoning_content":"Somebody is talking/);
  });

  it('is told of once it has ended', async () => {
    await bench.signInWithKey('openai');
    await ask();

    const [asked, ...more] = ended;
    const { model, access: _, ...rest } = asked ?? assert.fail();
    assert.deepEqual(rest, {
      at: bench.clock.now(),
      initiator: 'someone.else',
      outcome: 'answered',
      inputTokens: 6,
      outputTokens: 10,
      estimated: false,
    });
    assert.deepEqual([model.id, more], ['gpt-5.5', []]);
  });

  it('is told of when it fails, without tokens', async () => {
    await bench.signInWithKey('openai');
    bench.sandbox.faults.add({ on: OPENAI_CHAT, reply: { status: 403, body: '{}' } });

    await assert.rejects(ask(), { name: 'RequestError' });
    assert.deepEqual(
      ended.map(({ outcome, inputTokens, estimated }) => [outcome, inputTokens, estimated]),
      [['failed', undefined, true]],
    );
  });

  it('ends its request when it is called off, and what came is estimated', async () => {
    await bench.signInWithKey('openai');
    const chunk = { choices: [{ delta: { content: 'Hello' } }] };
    bench.sandbox.faults.add({
      on: OPENAI_CHAT,
      reply: { body: `data: ${JSON.stringify(chunk)}\n\n`, ending: 'hang' },
    });
    const parts = asking();
    await parts.next();
    caller.abort();

    await assert.rejects(parts.next(), { name: 'Cancelled' });
    while (sent(OPENAI_CHAT).at(-1)?.outcome !== 'aborted') await new Promise(setImmediate);
    const [asked] = ended;
    assert.equal(asked?.outcome, 'cancelled');
    assert.ok(asked.estimated && (asked.inputTokens ?? 0) > 0 && (asked.outputTokens ?? 0) > 0);
  });

  it('ends its request when nobody reads on', async () => {
    await bench.signInWithKey('openai');
    const chunk = { choices: [{ delta: { content: 'Hello' } }] };
    bench.sandbox.faults.add({
      on: OPENAI_CHAT,
      reply: { body: `data: ${JSON.stringify(chunk)}\n\n`, ending: 'hang' },
    });
    for await (const part of asking()) if (part) break;

    while (sent(OPENAI_CHAT).at(-1)?.outcome !== 'aborted') await new Promise(setImmediate);
    assert.equal(ended[0]?.outcome, 'cancelled');
  });

  it('leaves others alone when it is called off', async () => {
    await bench.signInWithKey('openai');
    const arrived = hang(bench.sandbox, OPENAI_CHAT);
    const called = ask();
    await arrived;
    const other = bench.session.chat(
      { model: inUse(), chat: prompt('the other'), initiator: 'another.one' },
      new AbortController().signal,
    );
    caller.abort();

    await assert.rejects(called, { name: 'Cancelled' });
    const parts: ChatPart[] = [];
    for await (const part of other) parts.push(part);
    assert.match(textOf(parts), /the other$/);
  });

  it('is answered side by side with others, each with its own', async () => {
    await bench.signInWithKey('openai');
    const questions = Array.from({ length: 8 }, (_, at) => `question ${at}`);
    const answers = await Promise.all(questions.map((question) => ask(prompt(question))));

    assert.deepEqual(
      answers.map((parts) => textOf(parts).split('You said: ')[1]),
      questions,
    );
  });

  it('is asked again after one refresh where the token is refused', async () => {
    await bench.signInWithDevice();
    const before = sent(CHAT).length;
    bench.sandbox.expireAccessTokens();

    assert.match(textOf(await ask()), /^Hello/);
    assert.equal(sent(CHAT).length - before, 2);
    assert.equal(sent(TOKEN).filter(({ form }) => form['grant_type'] === 'refresh_token').length, 1);
    assert.deepEqual(
      ended.map(({ outcome }) => outcome),
      ['answered'],
    );
  });

  it('is not asked again once an answer has begun', async () => {
    await bench.signInWithDevice();
    const before = sent(CHAT).length;
    const events = [{ choices: [{ delta: { content: 'Hello' } }] }, { error: { message: 'expired', code: 401 } }];
    bench.sandbox.faults.add({ on: CHAT, reply: { body: events.map((one) => `data: ${JSON.stringify(one)}\n\n`) } });

    await assert.rejects(ask(), { name: 'SignInRequired', reason: 'refused' });
    assert.equal(sent(CHAT).length - before, 1);
  });

  it('is counted for the next as the server counted it', async () => {
    await bench.signInWithKey('openai');
    const text = 'The quick brown fox jumps over the lazy dog. '.repeat(40);
    const before = bench.session.countTokens(inUse(), text);
    const answer = { choices: [{ delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: before * 1.5 } };
    bench.sandbox.faults.add({ on: OPENAI_CHAT, reply: { body: `data: ${JSON.stringify(answer)}\n\n` } });
    await ask(prompt(text));

    assert.ok(bench.session.countTokens(inUse(), text) > before * 1.4);
    assert.ok(bench.session.countTokens(inUse(), { role: 'user', content: [{ kind: 'text', text }] }) > before * 1.4);
  });

  it('is put as its server wants it from the second time on', async () => {
    await bench.signInWithKey('openai');
    const before = sent(OPENAI_CHAT).length;
    bench.sandbox.faults.add({
      on: OPENAI_CHAT,
      reply: { status: 400, body: '{"error":{"message":"Unknown: stream_options"}}' },
    });
    await ask();
    await ask();

    assert.equal(sent(OPENAI_CHAT).length - before, 3);
  });

  it('marks the key that is refused', async () => {
    await bench.signInWithKey('openai');
    bench.sandbox.faults.add({ on: OPENAI_CHAT, reply: { status: 401, body: '{}' } });

    await assert.rejects(ask(), { name: 'SignInRequired', reason: 'refused' });
    assert.equal(bench.session.snapshot.accounts[0]?.status, 'refused');
    await ask();
    assert.equal(bench.session.snapshot.accounts[0]?.status, 'verified');
  });

  it('verifies the key as soon as it is answered, be it heard to the end or not', async () => {
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;
    const key = new Secret('sk-sandbox-openai');
    const account = keyAccount({ id: 'openai', provider: 'openai', baseUrl, key, status: 'unverified' });
    await saveAccount(bench.secrets, account);
    await bench.session.load();
    for await (const part of asking()) if (part) break;

    assert.equal(bench.session.snapshot.accounts[0]?.status, 'verified');
  });

  it('is not asked without a key, and nobody is told', async () => {
    bench.reader.set('modelProviders', {
      openai: [{ id: 'mine', envKey: 'MY_KEY', baseUrl: 'https://llm.example.com/v1' }],
    });

    await assert.rejects(ask(), { name: 'SignInRequired', reason: 'noKey' });
    assert.deepEqual(ended, []);
  });

  it('is not asked of a model that nobody knows', async () => {
    await assert.rejects(ask(), { name: 'ConfigurationError' });
  });

  it('is told of as ours where it is a test of the connection', async () => {
    await bench.signInWithKey('openai');
    await bench.session.testConnection();

    assert.deepEqual(
      ended.map(({ initiator, outcome }) => [initiator, outcome]),
      [['qwen-auth', 'answered']],
    );
  });
});
