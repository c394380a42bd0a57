import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
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
    });
  });

  it('takes a server that minds the limit of one token', async () => {
    const body = JSON.stringify({ error: { message: "Unsupported parameter: 'max_tokens'" } });
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 400, body } });

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
