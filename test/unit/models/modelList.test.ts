import assert from 'node:assert/strict';

import { readModelProviders } from '../../../src/core/config/modelProviders';
import { accountLabel, defaultModel, findModel, groupModels, listModels } from '../../../src/core/models/modelList';
import { keyAccount, oauthAccount } from '../../fakes/accounts';

const china = keyAccount();
const vllm = keyAccount({
  id: 'vllm',
  method: 'api-key',
  provider: 'vllm',
  region: '',
  baseUrl: 'http://localhost:8000/v1',
});
const { entries } = readModelProviders({
  openai: [
    { id: 'mine', name: 'My own' },
    { id: 'glm-5', name: 'GLM', baseUrl: china.baseUrl, envKey: 'GLM_KEY' },
  ],
});
const named = (account: string, ...ids: readonly string[]) =>
  new Map([[account, { models: ids.map((id) => ({ id })) }]]);
const list = (sources: Partial<Parameters<typeof listModels>[0]>) =>
  listModels({ entries: [], environmentModels: [], accounts: [], discovered: new Map(), ...sources });

describe('list of models', () => {
  it('has the settings, then the accounts, then their servers', () => {
    const discovered = named('vllm', 'llama');
    const models = list({ entries, accounts: [vllm, oauthAccount()], discovered });

    assert.deepEqual(
      models.map(({ id }) => id),
      ['mine', 'glm-5', 'llama', 'coder-model'],
    );
  });

  it('has each model once, the settings first', () => {
    const discovered = named(china.id, 'glm-5', 'glm-6');
    const models = list({ entries, accounts: [china], discovered });

    assert.deepEqual(
      models.filter(({ id }) => id === 'glm-5').map(({ name }) => name),
      ['GLM'],
    );
    assert.equal(models.length, 1 + 10 + 1);
  });

  it('has one id at two addresses twice', () => {
    const abroad = keyAccount({
      id: 'coding-plan/international',
      baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/v1',
    });

    assert.equal(list({ accounts: [china, abroad] }).filter(({ id }) => id === 'glm-5').length, 2);
  });

  it("takes its server's word for what a model can do, and the catalogue's for the rest", () => {
    const models = [
      { id: 'glm-5', contextWindowSize: 100_000, vision: true },
      { id: 'llama', contextWindowSize: 8192 },
    ];
    const [known, other] = list({ accounts: [china], discovered: new Map([[china.id, { models }]]) }).filter(({ id }) =>
      ['glm-5', 'llama'].includes(id),
    );

    assert.deepEqual([known?.generationConfig.contextWindowSize, known?.generationConfig.vision], [100_000, true]);
    assert.deepEqual([known?.maxOutputTokens, known?.thinking], [131_072, true]);
    assert.equal(other?.generationConfig.contextWindowSize, 8192);
  });

  it('has what the catalogue knows of a model that an entry names at its address', () => {
    const [entry] = readModelProviders({ openai: [{ id: 'gpt-5.2' }] }).entries;
    const [known] = list({ entries: entry ? [entry] : [] });

    assert.deepEqual([known?.reasoning?.field, known?.maxOutputTokens], ['reasoning_effort', 128_000]);
    assert.equal(known?.generationConfig.contextWindowSize, 400_000);
  });

  it('asks for thinking where a model does not think by itself', () => {
    const models = list({ accounts: [china] });
    const bodyOf = (id: string) => models.find((model) => model.id === id)?.generationConfig.extraBody;

    assert.deepEqual([bodyOf('qwen3.7-plus'), bodyOf('qwen3-coder-plus')], [{ enable_thinking: true }, {}]);
  });

  it('says where a model and its address came from', () => {
    const discovered = named('vllm', 'llama');
    const gateway = keyAccount({ baseUrlFrom: 'settings' });
    const typed = { ...vllm, baseUrlFrom: 'typed' as const };
    const sources = list({ entries, accounts: [gateway, typed, oauthAccount()], discovered }).map(
      ({ id, source, baseUrlSource }) => [id, source.name, baseUrlSource.name ?? baseUrlSource.why].join(', '),
    );

    assert.ok(sources.includes('mine, qwen.modelProviders, OpenAI\'s, as the entry has no "baseUrl"'));
    assert.ok(sources.includes('qwen3.5-plus, Coding Plan · China (Beijing), qwen.endpoints'));
    assert.ok(sources.includes('llama, localhost:8000/models, vllm'));
    assert.ok(sources.includes('coder-model, Qwen OAuth, resource_url of the sign-in'));
  });
});

describe('group of models', () => {
  it('is named after account, catalogue or host', () => {
    const more = readModelProviders({ openai: [{ id: 'x', baseUrl: 'https://llm.example.com/v1' }] }).entries;
    const models = list({
      entries: [...entries, ...more],
      accounts: [vllm],
      discovered: named('vllm', 'llama'),
    });

    assert.deepEqual(
      groupModels(models, [vllm]).map(({ label, host }) => [label, host]),
      [
        ['OpenAI', 'api.openai.com'],
        ['Coding Plan · China (Beijing)', 'coding.dashscope.aliyuncs.com'],
        ['llm.example.com', 'llm.example.com'],
        ['vLLM', 'localhost:8000'],
      ],
    );
  });

  it('has its whole address where another of its name is at the host', () => {
    const [one, other] = ['a', 'b'].map((path) => ({ id: 'x', baseUrl: `https://llm.example.com/${path}/v1` }));
    const models = list({ entries: readModelProviders({ openai: [one, other] }).entries });

    assert.deepEqual(
      groupModels(models, []).map(({ host }) => host),
      ['llm.example.com/a/v1', 'llm.example.com/b/v1'],
    );
  });
});

describe('account', () => {
  for (const [account, label] of [
    [oauthAccount(), 'Qwen OAuth'],
    [china, 'Coding Plan · China (Beijing)'],
    [vllm, 'vLLM'],
    [keyAccount({ provider: 'custom', region: '', baseUrl: 'https://llm.example.com/v1' }), 'llm.example.com'],
    [keyAccount({ provider: 'gone', region: '', baseUrl: 'https://gone.example.com/v1' }), 'gone.example.com'],
  ] as const) {
    it(`is called ${label}`, () => {
      assert.equal(accountLabel(account), label);
    });
  }
});

describe('look for a model', () => {
  const models = list({ accounts: [china] });

  it('finds the one that is listed', () => {
    assert.equal(
      findModel({ id: 'glm-5', baseUrl: china.baseUrl }, models, [china])?.generationConfig.contextWindowSize,
      202_752,
    );
  });

  it('takes any id where an account answers', () => {
    const found = findModel({ id: 'new', baseUrl: china.baseUrl }, models, [china]);

    assert.deepEqual([found?.id, found?.source], ['new', { kind: 'argument' }]);
  });

  it('finds nothing where no account answers', () => {
    assert.equal(findModel({ id: 'glm-5', baseUrl: 'https://x.example/v1' }, models, [china]), undefined);
  });

  it('begins with the best for code that the server of an account has', () => {
    assert.equal(defaultModel(china, models)?.id, 'qwen3-coder-plus');
    assert.equal(defaultModel(vllm, models), undefined);
  });
});
