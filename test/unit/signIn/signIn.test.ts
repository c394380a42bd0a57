import assert from 'node:assert/strict';

import { Cancelled, RequestError } from '../../../src/core/base/errors';
import { Secret } from '../../../src/core/base/secret';
import { createSettings } from '../../../src/core/config/settings';
import { QWEN_SERVER } from '../../../src/core/oauth/authorizationServer';
import {
  isForbiddenKey,
  keyTarget,
  signedInWithTokens,
  type SignInPorts,
  type SignInStep,
  signInWithKey,
} from '../../../src/core/signIn/signIn';
import type { SignInRequest } from '../../../src/core/signIn/signInRequest';
import { sessionState } from '../../../src/core/session/snapshot';
import { oauthAccount } from '../../fakes/accounts';
import { type Bench, openBench } from '../../fakes/bench';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySettings } from '../../fakes/memorySettings';
import { startSandbox } from '../../sandbox/sandbox';

const CUSTOM = { method: 'api-key', provider: 'custom' } as const;

describe('sign-in', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  it('with a code ends with a model and a token', async () => {
    const { account } = await bench.signInWithDevice();

    const { selected, accounts } = bench.session.snapshot;
    assert.deepEqual([account.status, account.baseUrl], ['verified', `${bench.sandbox.origin}/v1`]);
    assert.deepEqual(
      [selected?.id, selected?.baseUrl, accounts.length],
      ['coder-model', `${bench.sandbox.origin}/v1`, 1],
    );
  });

  it('with a code asks those of the usual scopes that the server has', async () => {
    await bench.signInWithDevice();

    const asked = bench.sandbox.requests.find(({ path }) => path.endsWith('/device/code'));
    assert.equal(asked?.form['scope'], 'openid profile email offline_access model.completion');
    assert.equal(asked.form['client_id'], 'qwen-auth-sandbox');
  });

  it('with a code is true only once a model answers', async () => {
    bench.sandbox.faults.add({ on: '/v1/models', times: Infinity, reply: { status: 401, body: '{}' } });

    await assert.rejects(bench.signInWithDevice(), { name: 'SignInRequired', reason: 'refused' });
    assert.equal(bench.secrets.entries.size, 0);
    assert.equal(sessionState(bench.session.snapshot).state, 'failed');
  });

  for (const [endpoint, model] of [
    ['coding-plan/china', 'qwen3-coder-plus'],
    ['coding-plan/international', 'qwen3-coder-plus'],
    ['token-plan/china', 'qwen3.8-max'],
    ['token-plan/international', 'qwen3.8-max'],
    ['bailian/beijing', 'qwen3.8-max'],
    ['bailian/singapore', 'qwen3.8-max'],
    ['bailian/virginia', 'qwen3.8-max'],
    ['bailian/hongkong', 'qwen3.8-max'],
    ['openai', 'gpt-5.5'],
    ['azure', 'gpt-4o'],
    ['deepseek', 'deepseek-v4-pro'],
    ['moonshot/international', 'kimi-k3'],
    ['moonshot/china', 'kimi-k3'],
    ['zai/standard', 'GLM-5.2'],
    ['zai/coding-plan', 'GLM-5.2'],
    ['minimax/international', 'MiniMax-M3'],
    ['minimax/china', 'MiniMax-M3'],
    ['grok', 'grok-4.5'],
    ['requesty', 'openai/gpt-4o'],
    ['openrouter', 'z-ai/glm-4.5-air:free'],
    ['modelscope', 'Qwen/Qwen3.5-397B-A17B'],
    ['ollama', 'qwen3:8b'],
    ['lm-studio', 'qwen3:8b'],
    ['vllm', 'qwen3:8b'],
    ['llama-cpp', 'qwen3:8b'],
  ] as const) {
    it(`with a key for ${endpoint} selects ${model}`, async () => {
      const { account } = await bench.signInWithKey(endpoint);

      const { selected, accounts } = bench.session.snapshot;
      assert.deepEqual([account.id, account.status], [endpoint, 'verified']);
      assert.deepEqual([selected?.id, accounts.length], [model, 1]);
      assert.equal(sessionState(bench.session.snapshot).state, 'signedIn');
    });
  }

  it('with a pasted address cuts the operation off', async () => {
    const baseUrl = `${bench.sandbox.origin}/openai/v1/chat/completions`;
    const { account } = await bench.session.signIns.signIn({
      ...CUSTOM,
      baseUrl,
      apiKey: new Secret('sk-sandbox-openai'),
    });

    assert.equal(account.baseUrl, `${bench.sandbox.origin}/openai/v1`);
    assert.equal(account.id, `custom@${bench.sandbox.origin}/openai/v1`);
    assert.equal(bench.session.snapshot.selected?.id, 'gpt-5.5');
  });

  it('with a named model selects that model', async () => {
    const request = {
      method: 'api-key',
      provider: 'openai',
      apiKey: new Secret('sk-sandbox-openai'),
      model: ' gpt-4o-mini ',
    } as const;
    await bench.session.signIns.signIn(request);

    assert.equal(bench.session.snapshot.selected?.id, 'gpt-4o-mini');
  });

  it('fails with a model that does not exist', async () => {
    const request = {
      method: 'api-key',
      provider: 'openai',
      apiKey: new Secret('sk-sandbox-openai'),
      model: 'gpt-99',
    } as const;

    await assert.rejects(bench.session.signIns.signIn(request), { name: 'RequestError', failure: 'status' });
    assert.equal(bench.secrets.entries.size, 0);
  });

  it('names no key and no other place where a server wants a key that was left out', async () => {
    const baseUrl = `${bench.sandbox.origin}/openai/v1`;

    await assert.rejects(bench.session.signIns.signIn({ ...CUSTOM, baseUrl }), {
      name: 'SignInRequired',
      about: {
        reason: 'refused',
        ...CUSTOM,
        region: '',
        host: new URL(baseUrl).host,
        said: 'You did not provide an API key.',
      },
    });
  });

  it('names host, provider and last four of a refused key', async () => {
    await assert.rejects(bench.signInWithKey('openai', 'sk-wrong-0123456789'), {
      name: 'SignInRequired',
      about: {
        reason: 'refused',
        method: 'api-key',
        provider: 'openai',
        region: '',
        host: new URL(bench.sandbox.origin).host,
        keyLast4: '6789',
        said: 'Incorrect API key provided: [redacted].',
      },
    });
  });

  it('keeps a key as not verified when the server is down', async () => {
    const gone = await startSandbox();
    await gone.stop();
    bench.reader.set('endpoints', { openai: gone.origin });
    const { account, check } = await bench.signInWithKey('openai', 'sk-0123456789abcdef');

    assert.deepEqual([account.status, check.kind], ['unverified', 'unverified']);
    assert.equal(bench.secrets.entries.size, 1);
    assert.deepEqual(sessionState(bench.session.snapshot), { state: 'signedIn', method: 'api-key', verified: false });
  });

  it('asks nobody for a key that cannot be one', async () => {
    await assert.rejects(bench.signInWithKey('coding-plan/china', 'sk-0123456789'), { name: 'ConfigurationError' });

    assert.equal(bench.sandbox.requests.length, 0);
  });
});

describe('target of a key', () => {
  const target = (request: Partial<SignInRequest>, values: Readonly<Record<string, unknown>> = {}) =>
    keyTarget({ method: 'api-key', ...request }, createSettings(createMemorySettings(values)));

  for (const [what, request, baseUrl, from] of [
    ['the plan in China first', { method: 'coding-plan' }, 'https://coding.dashscope.aliyuncs.com/v1', 'catalogue'],
    [
      'the region that was named',
      { method: 'coding-plan', region: 'international' },
      'https://coding-intl.dashscope.aliyuncs.com/v1',
      'catalogue',
    ],
    ['a server of its own', { provider: 'ollama' }, 'http://localhost:11434/v1', 'catalogue'],
    ['a server elsewhere', { provider: 'ollama', baseUrl: '10.0.0.7:11434/v1' }, 'http://10.0.0.7:11434/v1', 'typed'],
    ['an address without provider', { baseUrl: 'https://llm.example.com/v1' }, 'https://llm.example.com/v1', 'typed'],
    [
      'a fixed address that was repeated',
      { provider: 'openai', baseUrl: 'https://api.openai.com/v1' },
      'https://api.openai.com/v1',
      'catalogue',
    ],
    [
      'the address of the catalogue where a blank one was typed',
      { provider: 'openai', baseUrl: ' ' },
      'https://api.openai.com/v1',
      'catalogue',
    ],
    [
      'a fixed address that was written another way',
      { provider: 'openai', baseUrl: 'https://API.openai.com/v1/' },
      'https://api.openai.com/v1',
      'catalogue',
    ],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(target(request).endpoint, { baseUrl, from });
    });
  }

  it('is the gateway of the settings', () => {
    const endpoints = { openai: 'https://ai.example.com/v1' };

    assert.deepEqual(target({ provider: 'openai' }, { endpoints }).endpoint, {
      baseUrl: 'https://ai.example.com/v1',
      from: 'settings',
    });
  });

  it('names the model where Azure names a deployment', () => {
    const baseUrl = 'https://acme.openai.azure.com/openai/deployments/mine/chat/completions';

    assert.equal(target({ provider: 'azure', baseUrl }).model, 'mine');
  });

  for (const [request, field, said] of [
    [{ provider: 'acme' }, 'provider', /"acme" is not a provider that is known/],
    [{ provider: 'coding-plan' }, 'provider', /"coding-plan" is not a provider/],
    [
      { method: 'coding-plan', region: 'mars' },
      'region',
      /has no region "mars"\. Its regions are "china", "international"/,
    ],
    [{ provider: 'sk-0123456789abcdef' }, 'provider', /^This is not a provider that is known/],
    [{ method: 'coding-plan', region: 'sk-sp-abcdefgh' }, 'region', /^Coding Plan has no region of that name\. Its/],
    [{ provider: 'openai', baseUrl: 'https://evil.example.com' }, 'baseUrl', /The address of OpenAI is fixed/],
    [{ provider: 'azure' }, 'baseUrl', /such as https:\/\/your-resource\.openai\.azure\.com/],
    [{}, 'baseUrl', /such as https:\/\/example\.com\/v1/],
    [{ baseUrl: 'nonsense' }, 'baseUrl', /is not a web address/],
  ] as const) {
    it(`is refused for ${JSON.stringify(request)}`, () => {
      assert.throws(() => target(request), { name: 'ConfigurationError', where: { field }, message: said });
    });
  }

  it('says which setting a bad gateway stands in', () => {
    assert.throws(() => target({ provider: 'openai' }, { endpoints: { openai: 'nonsense' } }), {
      where: { setting: 'qwen.endpoints' },
    });
  });
});

describe('what is stored of a sign-in', () => {
  const { signal } = new AbortController();
  const page = '<!DOCTYPE html><html><body>Access denied</body></html>';
  let asked: { readonly path: string; readonly headers: Headers }[];

  beforeEach(() => {
    asked = [];
  });

  /** A server whose list names one model, and which answers a chat so. */
  const portsWith = (chat: () => Response, values: Readonly<Record<string, unknown>> = {}): SignInPorts => ({
    fetch: async (url, init) => {
      const { pathname } = new URL(url);
      asked.push({ path: pathname, headers: new Headers(init.headers) });
      return /\/(?:models|deployments)$/.test(pathname) ? Response.json({ data: [{ id: 'listed' }] }) : chat();
    },
    loadOpenAI: () => import('openai'),
    userAgent: 'test',
    clock: new ManualClock(),
    settings: createSettings(createMemorySettings(values)),
  });
  const refusal =
    (status: number, error: object = { message: 'No.' }) =>
    (): Response =>
      Response.json({ error }, { status });
  const empty = refusal(402);

  describe('with tokens', () => {
    const { tokens } = oauthAccount();
    const issuer = 'https://id.example.com';
    let steps: SignInStep[];

    beforeEach(() => {
      steps = [];
    });

    const signIn = (chat: () => Response, changes: object = {}, model?: string) =>
      signedInWithTokens(
        portsWith(chat, { endpoints: { 'qwen-oauth': 'https://api.example.com/v1' } }),
        {
          server: { ...QWEN_SERVER, issuer, tokenEndpoint: `${issuer}/token` },
          client: { clientId: 'the-client', scopes: undefined },
          request: { method: 'qwen-oauth', ...(model && { model }) },
        },
        { ...tokens, resourceUrl: undefined, ...changes },
        (step) => steps.push(step),
        signal,
      );

    it('is where they are from, and the API that the person named', async () => {
      const { account } = await signIn(empty);

      assert.deepEqual(account, {
        id: 'qwen-oauth',
        method: 'qwen-oauth',
        status: 'unverified',
        issuer,
        tokenEndpoint: `${issuer}/token`,
        clientId: 'the-client',
        tokens: { ...tokens, resourceUrl: undefined },
        baseUrl: 'https://api.example.com/v1',
        model: 'listed',
      });
      assert.ok(asked.every(({ headers }) => headers.get('authorization') === 'Bearer access-token-0123456789'));
      assert.deepEqual(steps, [{ kind: 'checking', host: 'api.example.com' }]);
    });

    it('is the model that was named, else the first that the server has, and none of Qwen', async () => {
      const modelOf = async (...args: Parameters<typeof signIn>) => {
        const { account } = await signIn(...args);
        return account.method === 'qwen-oauth' && account.model;
      };

      assert.equal(await modelOf(empty, {}, 'named'), 'named');
      assert.equal(await modelOf(empty), 'listed');
      assert.equal(await modelOf(empty, { resourceUrl: 'portal.qwen.ai' }), undefined);
    });

    for (const [status, model, models] of [
      [401, undefined, [{ id: 'listed' }]],
      [403, undefined, [{ id: 'listed' }]],
      [404, 'named', []],
    ] as const) {
      it(`is kept where the page of a firewall came with ${status} in place of an answer`, async () => {
        const headers = { 'content-type': 'text/html' };
        const { account, check } = await signIn(() => new Response(page, { status, headers }), {}, model);

        assert.deepEqual([account.status, check.kind, check.models], ['unverified', 'unverified', models]);
      });
    }

    it('is nothing where the API refuses them, or the model that was named', async () => {
      await assert.rejects(signIn(refusal(401)), {
        about: { reason: 'refused', method: 'qwen-oauth', host: 'api.example.com' },
      });
      await assert.rejects(signIn(refusal(404, { message: 'The model does not exist.' }), {}, 'named'), {
        name: 'RequestError',
      });
    });
  });

  describe('with a key', () => {
    const signIn = async (request: Omit<SignInRequest, 'method'>, chat = empty) =>
      await signInWithKey(
        portsWith(chat),
        { method: 'api-key', apiKey: new Secret('sk-0123456789-abcd'), ...request },
        () => undefined,
        signal,
      );

    for (const [what, request, header] of [
      ['OpenAI', { provider: 'openai' }, 'authorization'],
      ['Azure', { provider: 'azure', baseUrl: 'https://acme.openai.azure.com/openai/v1' }, 'api-key'],
      ['a gateway of Azure', { provider: 'azure', baseUrl: 'https://gw.example.com/v1' }, 'api-key'],
      ['an address of Azure', { baseUrl: 'https://acme.openai.azure.com/openai/v1' }, 'api-key'],
      ['another server', { baseUrl: 'https://gw.example.com/v1' }, 'authorization'],
    ] as const) {
      it(`is the header that ${what} wants`, async () => {
        const { account } = await signIn(request);

        assert.ok(account.method === 'api-key' && account.keyHeader === header);
        const other = header === 'api-key' ? 'authorization' : 'api-key';
        assert.ok(asked.length > 0 && asked.every(({ headers }) => headers.has(header) && !headers.has(other)));
      });
    }

    it('is the place that it is for, and the model that was asked for', async () => {
      const { account, model } = await signIn({ provider: 'moonshot', region: 'china', model: ' a-model ' });

      assert.ok(account.method === 'api-key');
      const { key, ...rest } = account;
      assert.equal(key?.reveal(), 'sk-0123456789-abcd');
      assert.deepEqual(
        [model, rest],
        [
          'a-model',
          {
            id: 'moonshot/china',
            method: 'api-key',
            provider: 'moonshot',
            region: 'china',
            baseUrl: 'https://api.moonshot.cn/v1',
            baseUrlFrom: 'catalogue',
            keyHeader: 'authorization',
            status: 'unverified',
          },
        ],
      );
    });

    it('asks the list that says more of the models, where there is one', async () => {
      await signIn({ provider: 'lm-studio', baseUrl: 'http://10.0.0.7:1234/v1' });

      assert.equal(asked[0]?.path, '/api/v0/models');
    });

    for (const [what, request, status, error, expected] of [
      ['refuses it', { provider: 'openai' }, 401, {}, { name: 'SignInRequired', reason: 'refused' }],
      [
        'forbids it, where it may be good elsewhere',
        { provider: 'moonshot', region: 'china' },
        403,
        {},
        { name: 'SignInRequired', reason: 'refused' },
      ],
      ['forbids it, where it can be good nowhere else', { provider: 'openai' }, 403, {}, { name: 'RequestError' }],
      [
        'forbids a model that was named',
        { provider: 'moonshot', region: 'china', model: 'm' },
        403,
        { message: 'No access to the model.' },
        { name: 'RequestError', reason: 'deniedModel' },
      ],
    ] as const) {
      it(`is nothing where the server ${what}`, async () => {
        await assert.rejects(signIn(request, refusal(status, error)), expected);
      });
    }

    it('names where else it may be good, and what the server said', async () => {
      await assert.rejects(signIn({ provider: 'moonshot', region: 'china' }, refusal(403)), {
        about: {
          reason: 'refused',
          method: 'api-key',
          provider: 'moonshot',
          region: 'china',
          host: 'api.moonshot.cn',
          keyLast4: 'abcd',
          places: ['International at api.moonshot.ai'],
          status: 403,
          said: 'No.',
        },
      });
    });

    it('is not sent where it looks like one of another provider, which is named', async () => {
      const apiKey = new Secret('sk-or-v1-0123456789');
      const foreign = { reason: 'foreignKey', method: 'api-key', here: 'OpenAI' };
      await assert.rejects(signIn({ provider: 'openai', apiKey }), {
        about: { ...foreign, there: 'OpenRouter', otherProvider: 'openrouter' },
      });
      await assert.rejects(signIn({ provider: 'openai', apiKey: new Secret('sk-ant-api03-0123456789') }), {
        about: { ...foreign, there: 'Anthropic' },
      });
      assert.deepEqual(asked, []);
    });
  });
});

describe('a key that a server forbids', () => {
  for (const [what, error, expected] of [
    ['forbidden', new RequestError('a', 'status', { status: 403, text: 'Forbidden.' }), true],
    ['refused', new RequestError('a', 'status', { status: 401 }), false],
    ['refused for its model', new RequestError('a', 'status', { status: 403, code: 'Model.AccessDenied' }), false],
    ['out of money', new RequestError('a', 'status', { status: 403, text: 'insufficient balance' }), false],
    ['forbidden in words alone', new RequestError('a', 'status', { status: 400, text: 'Forbidden.' }), false],
    ['called off', new Cancelled(), false],
  ] as const) {
    it(`is ${expected ? 'one' : 'none'} that was ${what}`, () => {
      assert.equal(isForbiddenKey(error), expected);
    });
  }
});
