import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { DEFAULT_GENERATION_CONFIG } from '../../../src/core/providers/generationConfig';
import {
  freeTextTargets,
  matchingModels,
  pickerView,
  preferredModels,
  shortNames,
} from '../../../src/core/views/pickerView';
import type { ModelIdentity } from '../../../src/core/providers/model';
import { keyAccount } from '../../fakes/accounts';
import { model } from '../../fakes/models';
import { snapshot } from '../../fakes/snapshots';

const account = keyAccount();
const own = model({ id: 'glm-5', baseUrl: account.baseUrl });
const other = model({ id: 'gpt-4o', baseUrl: 'https://api.openai.com/v1' });
const state = snapshot({ accounts: [account], models: [own, other], selected: own });

describe('model picker', () => {
  it('groups the models by provider', () => {
    assert.deepEqual(
      pickerView(state).map(({ label, host, models }) => [label, host, models.map(({ model: { id } }) => id)]),
      [
        ['Coding Plan · China (Beijing)', 'coding.dashscope.aliyuncs.com', ['glm-5']],
        ['OpenAI', 'api.openai.com', ['gpt-4o']],
      ],
    );
  });

  it('has favourites and what was chosen last before all, but not the one in use once more', () => {
    const [own5, gpt] = [own, other].map(({ id, baseUrl }) => ({ id, baseUrl }));
    assert.ok(own5 && gpt);
    const gone = { id: 'gone', baseUrl: account.baseUrl };
    const rows = (favourites: readonly ModelIdentity[], recent: readonly ModelIdentity[]) =>
      preferredModels(pickerView(state), { favourites, recent }).map(({ label, models }) => [
        label,
        models.map(({ model: { id } }) => id),
      ]);

    assert.deepEqual(rows([own5, gone], [own5, gpt, gone]), [
      ['Favourites', ['glm-5']],
      ['Recent', ['gpt-4o']],
    ]);
    assert.deepEqual(rows([gpt], [gpt, own5]), [['Favourites', ['gpt-4o']]]);
    assert.deepEqual(rows([], []), []);
  });

  it('has short names for groups, as long as they are told apart', () => {
    const named = (label: string, host = 'a.example') => ({ label, host });

    assert.deepEqual(shortNames([named('Coding Plan · China (Beijing)'), named('OpenAI')]), [
      'Coding Plan · China',
      'OpenAI',
    ]);
    assert.deepEqual(shortNames([named('Coding Plan · 中国（北京）')]), ['Coding Plan · 中国']);
    assert.deepEqual(shortNames([named('X · China (Beijing)'), named('X · China (Hong Kong)')]), [
      'X · China (Beijing)',
      'X · China (Hong Kong)',
    ]);
    assert.deepEqual(shortNames([named('Ollama', 'a.example'), named('Ollama', 'b.example')]), [
      'Ollama · a.example',
      'Ollama · b.example',
    ]);
  });

  it('names a server that has no other name once', () => {
    const [group] = pickerView(snapshot({ models: [model({ baseUrl: 'http://localhost:8321/v1' })] }));

    assert.deepEqual([group?.label, group?.host], ['localhost:8321', '']);
  });

  it('marks the model in use, and which have keys', () => {
    const marks = (environment: Record<string, string>) =>
      pickerView({ ...state, configuration: emptyConfiguration(environment) }).flatMap(({ models }) =>
        models.map(({ selected, ready }) => [selected, ready]),
      );

    assert.deepEqual(marks({}), [
      [true, true],
      [false, false],
    ]);
    assert.deepEqual(marks({ OPENAI_API_KEY: 'sk-0123456789' }), [
      [true, true],
      [false, true],
    ]);
  });

  it('lists a model in use that was typed, with those of its server', () => {
    const typed = model({ id: 'glm-6', baseUrl: account.baseUrl });
    const [group] = pickerView({ ...state, selected: typed });

    assert.deepEqual(
      group?.models.map(({ model: { id }, selected }) => [id, selected]),
      [
        ['glm-5', false],
        ['glm-6', true],
      ],
    );
  });

  const MINUTE = 60_000;
  for (const [what, place, list, age] of [
    ['as of just now', account.id, { askedAt: 0 }, 'as of just now'],
    ['as of some hours ago', account.id, { askedAt: -3.9 * 60 * MINUTE }, 'as of 3 h ago'],
    ['of the variables', account.baseUrl, { askedAt: -2 * MINUTE }, 'as of 2 min ago'],
    [
      'that could not be refreshed',
      account.id,
      { askedAt: -50 * 60 * MINUTE, failedAt: -5 * MINUTE },
      'as of 2 days ago, could not be refreshed 5 min ago',
    ],
    ['that could never be had', account.id, { failedAt: -5 * MINUTE }, 'could not be refreshed 5 min ago'],
    ['of somebody else', 'vllm', { askedAt: 0 }, undefined],
  ] as const) {
    it(`says of a list ${what} how old it is`, () => {
      const now = 1_800_000_000_000;
      const at = (ms: number | undefined) => (ms === undefined ? undefined : now + ms);
      const { askedAt, failedAt } = { askedAt: undefined, failedAt: undefined, ...list };
      const discovered = new Map([[place, { models: [], askedAt: at(askedAt), failedAt: at(failedAt) }]]);

      assert.equal(pickerView({ ...state, discovered }, now)[0]?.age, age);
    });
  }

  it('says of a model that the server does not name where it is from', () => {
    const source = { kind: 'catalogue', name: 'Coding Plan' } as const;
    const models = ['named', 'other'].map((id) => model({ id, baseUrl: account.baseUrl, source }));
    const list = { models: [{ id: 'named' }], askedAt: 0, failedAt: undefined };
    const [group] = pickerView({ ...state, models, selected: undefined, discovered: new Map([[account.id, list]]) });

    assert.deepEqual(
      group?.models.map(({ detail }) => detail),
      ['', 'from the catalogue'],
    );
  });

  for (const [leftOut, cut] of [
    [240, 'the first 1,000 of 1,240'],
    ['more', 'the first 1,000; the server has more'],
  ] as const) {
    it(`says of a list that it was cut: ${cut}`, () => {
      const models = Array.from({ length: 1000 }, (_, at) => ({ id: `m${at}` }));
      const list = { models, leftOut, askedAt: 0, failedAt: undefined };
      const discovered = new Map([[account.id, list]]);

      assert.equal(pickerView({ ...state, discovered }, 0)[0]?.age, `as of just now, ${cut}`);
    });
  }

  for (const [changes, detail] of [
    [{}, ''],
    [{ envKey: 'NOT_SET' }, 'no key'],
    [{ name: 'GLM', description: 'fast' }, 'glm-5 · fast'],
    [{ size: 1_000_000, vision: true }, '1M tokens · images'],
    [{ size: 1_048_576 }, '1M tokens'],
    [{ size: 262_144, thinking: true }, '262k tokens · thinking'],
  ] as const) {
    it(`describes a model as "${detail}"`, () => {
      const { size, vision, ...rest } = { size: undefined, vision: false, ...changes };
      const generationConfig = { ...DEFAULT_GENERATION_CONFIG, contextWindowSize: size, vision };
      const models = [model({ id: 'glm-5', envKey: 'MY_KEY', generationConfig, ...rest })];
      const configuration = emptyConfiguration({ MY_KEY: 'sk-0123456789' });
      const [group] = pickerView(snapshot({ models, configuration }));

      assert.equal(group?.models[0]?.detail, detail);
    });
  }

  for (const [text, ids] of [
    ['', ['glm-5', 'gpt-4o']],
    ['PLAN glm', ['glm-5']],
    ['openai', ['gpt-4o']],
    ['glm openai', []],
  ] as const) {
    it(`finds ${ids.join(' and ') || 'nothing'} by "${text}"`, () => {
      const { groups } = matchingModels(pickerView(state), text, 10);

      assert.deepEqual(
        groups.flatMap(({ models }) => models.map(({ model: { id } }) => id)),
        ids,
      );
    });
  }

  it('lists the first of thousands and the one in use, and counts the others', () => {
    const models = Array.from({ length: 5000 }, (_, index) => model({ id: `model-${index}` }));
    const { groups, left } = matchingModels(
      pickerView(snapshot({ models, selected: model({ id: 'model-4000' }) })),
      'model',
      3,
    );

    assert.deepEqual(
      groups.flatMap((group) => group.models.map(({ model: { id } }) => id)),
      ['model-0', 'model-1', 'model-2', 'model-4000'],
    );
    assert.equal(left, 4996);
  });

  it('offers every account for an id of one’s own', () => {
    const local = keyAccount({ id: 'vllm', provider: 'vllm', region: '', baseUrl: 'http://localhost:8000/v1' });

    assert.deepEqual(freeTextTargets({ ...state, accounts: [account, local] }), [
      { baseUrl: account.baseUrl, label: 'Coding Plan · China (Beijing)' },
      { baseUrl: 'http://localhost:8000/v1', label: 'localhost:8000' },
    ]);
  });

  it('offers the account in use before the others', () => {
    const local = keyAccount({ id: 'vllm', provider: 'vllm', region: '', baseUrl: 'http://localhost:8000/v1' });

    assert.equal(freeTextTargets({ ...state, accounts: [local, account] })[0]?.baseUrl, account.baseUrl);
  });

  it('offers each address once, and whole where its name does not tell', () => {
    const accounts = ['a', 'a', 'b'].map((path, index) =>
      keyAccount({ id: `${index}`, provider: 'custom', region: '', baseUrl: `https://llm.example.com/${path}/v1` }),
    );

    assert.deepEqual(
      freeTextTargets(snapshot({ accounts })).map(({ label }) => label),
      ['llm.example.com · llm.example.com/a/v1', 'llm.example.com · llm.example.com/b/v1'],
    );
  });
});
