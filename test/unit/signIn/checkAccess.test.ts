import assert from 'node:assert/strict';
import { mock } from 'node:test';

import { Cancelled, RequestError, type RequestFailure, SignInRequired } from '../../../src/core/base/errors';
import type { Fetch } from '../../../src/core/base/ports';
import type { Access } from '../../../src/core/providers/access';
import { type AccessCheck, checkAccess, type ProofModel } from '../../../src/core/signIn/checkAccess';
import { isRecord } from '../../../src/core/base/json';
import { Secret } from '../../../src/core/base/secret';
import { platformFetch } from '../../fakes/bench';
import { htmlWithStatus200 } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const guess = (id: string): ProofModel => ({ id, required: false });
const wanted = (id: string): ProofModel => ({ id, required: true });

describe('check of a key against its server', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const check = (
    path: string,
    key: string,
    model?: ProofModel,
    changes: Partial<Access> = {},
  ): Promise<AccessCheck> => {
    const secret = key ? new Secret(key) : undefined;
    const access: Access = { baseUrl: sandbox.origin + path, key: secret, keyHeader: 'authorization', ...changes };
    const ports = { fetch: platformFetch, loadOpenAI: () => import('openai'), userAgent: 'QwenAuth/test' };
    return checkAccess(ports, access, model, new AbortController().signal);
  };
  const unverified = async (checked: Promise<AccessCheck>): Promise<RequestError> => {
    const result = await checked;
    assert.ok(result.kind === 'unverified' && result.error instanceof RequestError);
    return result.error;
  };
  const paths = () => sandbox.requests.map(({ path }) => path);

  it('takes a good key, with the models of the server', async () => {
    const { kind, models } = await check('/coding/china/v1', 'sk-sp-sandbox-china', guess('qwen3.5-plus'));

    assert.equal(kind, 'accepted');
    assert.equal(models.length, 10);
  });

  it('proves the key with one token of one model, streamed as chats are', async () => {
    await check('/openai/v1', 'sk-sandbox-openai', guess('gpt-4o'));

    const expected = {
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'hi' }],
      max_tokens: 1,
      stream: true,
      stream_options: { include_usage: true },
    };
    assert.deepEqual(paths(), ['/openai/v1/models', '/openai/v1/chat/completions']);
    assert.deepEqual(sandbox.requests[1]?.json, expected);
  });

  it('sends the key in the header that Azure wants', async () => {
    const azure = { keyHeader: 'api-key' } as const;

    assert.equal((await check('/azure/openai/v1', 'azure-sandbox-key', undefined, azure)).kind, 'accepted');
    assert.equal(sandbox.requests[0]?.headers.authorization, undefined);
  });

  for (const [path, key] of [
    ['/coding/china/v1', 'sk-sp-sandbox-intl'],
    ['/coding/china/v1', 'sk-sp-wrong'],
    ['/bailian/beijing/v1', 'sk-sandbox-singapore'],
    ['/openai/v1', 'sk-wrong-0123456789'],
    ['/openrouter/v1', 'sk-or-wrong'],
    ['/modelscope/v1', 'ms-wrong'],
    ['/v1', 'no-such-access-token'],
  ] as const) {
    it(`refuses the wrong key ${key} at ${path}`, async () => {
      await assert.rejects(check(path, key), (error: RequestError) => error.details.status === 401);
    });
  }

  it('refuses a wrong key where the list is public', async () => {
    await assert.rejects(check('/openrouter/v1', 'sk-or-wrong'), (error: RequestError) => error.details.status === 401);

    assert.deepEqual(paths(), ['/openrouter/v1/models', '/openrouter/v1/chat/completions']);
  });

  it('takes the echo of the key out of a refusal', async () => {
    const wrong = 'an-odd-key-without-a-known-shape';

    await assert.rejects(
      check('/openai/v1', wrong),
      (error: RequestError) => error.details.text === 'Incorrect API key provided: [redacted].',
    );
  });

  for (const [path, key, status] of [
    ['/openai/v1', 'sk-sandbox-nobalance', 402],
    ['/coding/china/v1', 'sk-sp-sandbox-nobalance', 400],
    ['/openai/v1', 'sk-sandbox-quota', 429],
  ] as const) {
    it(`keeps ${key} although its account is empty`, async () => {
      const error = await unverified(check(path, key));

      assert.equal(error.reason, 'noBalance');
      assert.equal(error.details.status, status);
    });
  }

  it('takes an empty account for no word on the model', async () => {
    const body = JSON.stringify({ error: { message: 'The free quota of this model is used up.' } });
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 403, body } });

    const { reason } = await unverified(check('/openai/v1', 'sk-sandbox-openai', guess('gpt-4o')));

    assert.equal(reason, 'noBalance');
  });

  it('keeps a key that asks too often', async () => {
    const error = await unverified(check('/openai/v1', 'sk-sandbox-429'));

    assert.deepEqual([error.details.status, error.details.retryAfterSeconds], [429, 7]);
  });

  it('takes a key that lacks a model that was a guess', async () => {
    assert.equal((await check('/openai/v1', 'sk-sandbox-noaccess', guess('gpt-4o'))).kind, 'accepted');
    assert.equal((await check('/openai/v1', 'sk-sandbox-openai', guess('no-such'))).kind, 'accepted');
  });

  for (const [key, status] of [
    ['sk-sandbox-noaccess', 403],
    ['sk-sandbox-openai', 404],
  ] as const) {
    it(`says ${status} where the model was asked for`, async () => {
      await assert.rejects(
        check('/openai/v1', key, wanted('no-such')),
        (error: RequestError) => error.details.status === status,
      );
    });
  }

  it('asks a keyless server for its models alone', async () => {
    const { kind, models } = await check('/local/v1', '', undefined);

    assert.deepEqual([kind, models.length, paths()], ['accepted', 3, ['/local/v1/models']]);
  });

  it('asks a keyless server for a model that was named', async () => {
    await assert.rejects(
      check('/local/v1', '', wanted('no-such')),
      (error: RequestError) => error.details.status === 404,
    );
  });

  for (const [what, reply] of [
    ['refuses with its scopes', { status: 403, body: '{"error":{"message":"Missing scopes: api.model.read"}}' }],
    ['does not understand the question', { status: 400, body: '{"error":{"message":"Bad request"}}' }],
    ['is broken', { status: 500, body: '' }],
    ['is a page', htmlWithStatus200],
    ['is empty', { body: '{"data":[]}' }],
    ['is nothing', { body: '' }],
  ] as const) {
    it(`lets the chat decide where the list ${what}`, async () => {
      sandbox.faults.add({ on: '/openai/v1/models', reply });

      assert.equal((await check('/openai/v1', 'sk-sandbox-openai', guess('gpt-4o'))).kind, 'accepted');
    });
  }

  it('proves the key with a model that chats', async () => {
    const list = { data: [{ id: 'text-embedding-3-small' }, { id: 'whisper-1' }, { id: 'gpt-4o' }] };
    sandbox.faults.add({ on: '/openai/v1/models', reply: { body: JSON.stringify(list) } });
    await check('/openai/v1', 'sk-sandbox-openai');

    assert.equal(isRecord(sandbox.requests[1]?.json) && sandbox.requests[1].json['model'], 'gpt-4o');
  });

  it('takes an answer that thinks until its one token is spent', async () => {
    const body = 'data: {"choices":[{"delta":{"role":"assistant"},"finish_reason":"length"}]}\n\ndata: [DONE]\n\n';
    const reply = { headers: { 'Content-Type': 'text/event-stream' }, body };
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply });

    assert.equal((await check('/openai/v1', 'sk-sandbox-openai', wanted('gpt-4o'))).kind, 'accepted');
  });

  it('keeps a key where a web page came in place of an answer', async () => {
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { ...htmlWithStatus200, status: 403 } });

    assert.equal((await unverified(check('/openai/v1', 'sk-sandbox-openai'))).reason, 'page');
  });

  it('does without a list of models', async () => {
    sandbox.faults.add({ on: '/openai/v1/models', reply: { status: 404, body: 'no such page' } });

    assert.deepEqual(await check('/openai/v1', 'sk-sandbox-openai', wanted('gpt-4o')), {
      kind: 'accepted',
      models: [],
      proof: { model: 'gpt-4o', error: undefined },
    });
  });

  it('takes a server that minds the limit of one token', async () => {
    const body = JSON.stringify({ error: { message: "Unsupported parameter: 'max_tokens'" } });
    sandbox.faults.add({ on: '/openai/v1/chat/completions', times: Infinity, reply: { status: 400, body } });

    assert.equal((await check('/openai/v1', 'sk-sandbox-openai', wanted('gpt-4o'))).kind, 'accepted');
  });

  for (const [what, reply] of [
    ['a page', htmlWithStatus200],
    ['an object without a list', { body: '{"ok":true}' }],
    ['nothing', { body: '' }],
  ] as const) {
    it(`refuses a server that answers with ${what}`, async () => {
      sandbox.faults.add({ on: '/openai/v1/models', reply });

      await assert.rejects(
        check('/openai/v1', 'sk-sandbox-openai'),
        (error: RequestError) => error.failure === 'unreadable',
      );
    });
  }

  for (const [what, reply] of [
    ['an error of its own', { status: 500, body: '' }],
    ['a connection reset', 'reset'],
  ] as const) {
    it(`keeps a key whose server answers with ${what}`, async () => {
      sandbox.faults.add({ on: '/openai/v1/models', reply });

      assert.equal((await check('/openai/v1', 'sk-sandbox-openai')).kind, 'unverified');
    });
  }

  it('keeps a key whose server is not there', async () => {
    await sandbox.stop();
    const error = await unverified(check('/openai/v1', 'sk-sandbox-openai'));
    sandbox = await startSandbox();

    assert.equal(error.failure, 'refused');
  });

  it('keeps the models where only the proof fails', async () => {
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: 'reset' });

    const { models } = await check('/openai/v1', 'sk-sandbox-openai');

    assert.deepEqual(models, [{ id: 'gpt-5.5' }, { id: 'gpt-5.2' }, { id: 'gpt-4o' }, { id: 'gpt-4o-mini' }]);
  });
});

describe('what the answers of a server say of a key', () => {
  afterEach(() => mock.restoreAll());

  const key = new Secret('sk-0123456789');
  const list = async (): Promise<Response> => Response.json({ data: [{ id: 'listed' }] });
  const refusal = (status: number, error: object) => async (): Promise<Response> =>
    Response.json({ error }, { status });
  /** Checks the key at a server that answers so when it is asked for its list, and for a chat. */
  const checkWith = async (
    chat: Fetch,
    {
      model,
      answer = list,
      signal = new AbortController().signal,
    }: {
      readonly model?: ProofModel | undefined;
      readonly answer?: Fetch;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<AccessCheck> => {
    const fetch: Fetch = (url, init) => (url.endsWith('/models') ? answer : chat)(url, init);
    const access: Access = { baseUrl: 'https://a.example/v1', key, keyHeader: 'authorization' };
    return await checkAccess({ fetch, loadOpenAI: () => import('openai'), userAgent: 'test' }, access, model, signal);
  };
  const failing =
    (failure: RequestFailure): Fetch =>
    () =>
      Promise.reject(new RequestError('a.example', failure));
  const never: Fetch = () => assert.fail('nobody is to be asked');

  it('is kept with the chat that was to prove it, and how that ended', async () => {
    const proofOf = async (chat: Fetch) => {
      const { kind, proof } = await checkWith(chat, { model: guess('a-model') });
      const { error, model } = proof ?? {};
      return [kind, model, error instanceof RequestError ? error.reason : error];
    };
    const said = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n';
    const answering = async () => new Response(said, { headers: { 'content-type': 'text/event-stream' } });
    const full = refusal(429, { message: 'month allocated quota exceeded' });
    const unknown = refusal(404, { code: 'model_not_found', message: 'The model does not exist' });

    assert.deepEqual(await proofOf(answering), ['accepted', 'a-model', undefined]);
    assert.deepEqual(await proofOf(unknown), ['accepted', 'a-model', 'unknownModel']);
    assert.deepEqual(await proofOf(full), ['unverified', 'a-model', 'windowUsedUp']);
    const unlisted = await checkWith(never, { answer: failing('cut'), model: guess('a-model') });
    assert.equal(unlisted.proof, undefined);
  });

  for (const failure of ['unknownHost', 'refused', 'proxy', 'timeout', 'cut', 'network'] as const) {
    it(`is nothing after ${failure}`, async () => {
      const result = await checkWith(never, { answer: failing(failure), model: guess('a-model') });

      assert.ok(result.kind === 'unverified' && result.error instanceof RequestError);
      assert.deepEqual([result.error.failure, result.models], [failure, []]);
    });
  }

  for (const failure of ['untrustedCertificate', 'wrongScheme', 'redirect', 'unusable'] as const) {
    it(`is that it is no server to keep one for after ${failure}`, async () => {
      const checking = checkWith(never, { answer: failing(failure), model: guess('a-model') });
      await assert.rejects(checking, { name: 'RequestError', failure });
    });
  }

  for (const [reason, status, error] of [
    ['tooFast', 429, { message: 'Slow down.' }],
    ['overloaded', 429, { message: 'The server is busy.' }],
    ['windowUsedUp', 403, { code: 'access_terminated', message: 'Later.' }],
    ['noBalance', 402, { message: 'Pay.' }],
    ['undefined', 500, { message: 'Oh.' }],
  ] as const) {
    it(`is nothing where its chat is refused as ${reason}`, async () => {
      const result = await checkWith(refusal(status, error));

      assert.ok(result.kind === 'unverified' && result.error instanceof RequestError);
      assert.deepEqual([String(result.error.reason), result.models], [reason, [{ id: 'listed' }]]);
    });
  }

  for (const [what, status, error, isGood] of [
    ['of its data policy', 404, { message: 'No endpoints match your data policy.' }, true],
    ['of the model', 404, { message: 'The model does not exist.' }, true],
    ['of the model alone, by its code', 403, { code: 'Model.AccessDenied', message: 'No.' }, true],
    [
      'of a deployment alone, by its code',
      403,
      { code: 'DeploymentNotAllowed', message: 'No access to the model.' },
      true,
    ],
    ['of the model, by its words', 403, { message: 'You have no access to the model.' }, false],
    ['of the key', 403, { message: 'Forbidden.' }, false],
    ['of the key', 401, { message: 'No.' }, false],
    ['of whatever it does not say', 400, { message: 'No.' }, false],
  ] as const) {
    it(`is that it is ${isGood ? 'good' : 'refused'} where a chat with a guessed model is refused with ${status} because ${what}`, async () => {
      if (isGood) assert.equal((await checkWith(refusal(status, error))).kind, 'accepted');
      else await assert.rejects(checkWith(refusal(status, error)), { name: 'RequestError' });
      await assert.rejects(checkWith(refusal(status, error), { model: wanted('a-model') }), { name: 'RequestError' });
    });
  }

  it('is that it is good where an answer breaks off', async () => {
    const headers = { 'content-type': 'text/event-stream' };
    const broken: Fetch = async () =>
      new Response('data: {"choices":[{"delta":{"role":"assistant"}}]}\n\n', { headers });

    assert.equal((await checkWith(broken, { model: wanted('a-model') })).kind, 'accepted');
  });

  it('is nothing where a server has no model to ask', async () => {
    const result = await checkWith(never, {
      answer: async () => Response.json({ data: [] }),
      model: undefined,
    });

    assert.ok(result.kind === 'unverified' && result.error instanceof SignInRequired);
    assert.deepEqual(result.error.about, { reason: 'noModel' });
  });

  /** A chat that nobody answers. */
  const hanging =
    (begun: () => void): Fetch =>
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Cancelled()));
        begun();
      });

  it('is nothing where a chat takes longer than twenty seconds', async () => {
    const timeout = new AbortController();
    const usual = AbortSignal.timeout.bind(AbortSignal);
    mock.method(AbortSignal, 'timeout', (ms: number) => (ms === 20_000 ? timeout.signal : usual(ms)));
    const result = await checkWith(hanging(() => timeout.abort()));

    assert.ok(result.kind === 'unverified' && result.error instanceof RequestError);
    assert.deepEqual([result.error.failure, result.error.host], ['timeout', 'a.example']);
  });

  it('is not waited for once it is called off', async () => {
    const calling = new AbortController();

    await assert.rejects(
      checkWith(
        hanging(() => calling.abort()),
        { signal: calling.signal },
      ),
      { name: 'Cancelled' },
    );
  });
});
