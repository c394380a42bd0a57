import assert from 'node:assert/strict';

import {
  catalogueModel,
  endpointName,
  findProvider,
  providerAt,
  PROVIDERS,
  usualModelId,
} from '../../../src/core/providers/catalogue';
import { CODING_PLAN, QWEN_OAUTH_MODELS } from '../../../src/core/providers/alibaba';
import { foreignOwner } from '../../../src/core/providers/keyOwner';
import { looksLikeKey } from '../../../src/core/config/keyShape';
import { isPlaceholder } from '../../../src/core/config/placeholder';
import { namedProvider } from '../../../src/core/plainWords/providerNames';
import { readPlainWords } from '../../../src/core/plainWords/plainWords';
import { redact } from '../../../src/core/base/redaction';
import { isSecure } from '../../../src/core/base/origin';
import { chinese } from '../../l10n/sentences.mjs';
import { CODING_PLAN_MODELS } from '../../sandbox/services';

const places = PROVIDERS.flatMap((provider) => provider.regions.map((region) => ({ provider, region })));
const idsOf = (id: string) => findProvider(id)?.models.map((model) => model.id);

describe('catalogue', () => {
  it('has the providers of Qwen Code, those of the specification, and servers of the person', () => {
    const groups = [...new Set(PROVIDERS.map(({ group }) => group))];

    assert.deepEqual(
      groups.map((group) => PROVIDERS.filter((provider) => provider.group === group).map(({ id }) => id)),
      [
        ['coding-plan', 'token-plan', 'bailian'],
        ['openai', 'azure', 'deepseek', 'moonshot', 'zai', 'minimax', 'grok'],
        ['openrouter', 'requesty', 'modelscope'],
        ['ollama', 'lm-studio', 'vllm', 'llama-cpp', 'custom'],
      ],
    );
  });

  it('has a name for each place that is called otherwise in Chinese, by which VS Code keeps consents', () => {
    const translated = places.filter(({ region: { label } }) => label in chinese());

    assert.ok(translated.length > 5);
    for (const { region } of translated) assert.equal(region.name, region.label);
  });

  it('has every model that it calls best for code, at the provider that is said of', () => {
    for (const { label, models, bestForCode } of PROVIDERS)
      for (const id of bestForCode)
        assert.ok(
          models.some((model) => model.id === id),
          `${label}: ${id}`,
        );
    const unmarked = PROVIDERS.filter(({ models, bestForCode }) => models.length > 0 && bestForCode.length === 0);
    assert.deepEqual(unmarked, []);
  });

  it('begins with the best for code that a server has', () => {
    const usual = (...named: readonly string[]) =>
      usualModelId(
        CODING_PLAN,
        named.map((id) => ({ id })),
      );

    assert.equal(usual(), 'qwen3-coder-plus');
    assert.equal(usual('glm-5', 'qwen3-coder-next'), 'qwen3-coder-next');
    assert.equal(usual('glm-5'), 'qwen3.5-plus');
  });

  it('names no provider, endpoint, base URL or model twice', () => {
    const endpoints = places.map(({ provider, region }) => endpointName(provider, region));
    const baseUrls = places.flatMap(({ region }) => region.baseUrl || []);
    const lists = [PROVIDERS, ...PROVIDERS.map(({ models }) => models)];

    assert.equal(new Set(endpoints).size, endpoints.length);
    assert.equal(new Set(baseUrls).size, baseUrls.length);
    for (const list of lists) assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
  });

  for (const provider of PROVIDERS) {
    describe(`entry of ${provider.label}`, () => {
      it('has base URLs on https, or on this machine for a server of the person', () => {
        for (const { baseUrl } of provider.regions) {
          // No base URL only where one is to be typed.
          assert.equal(baseUrl === '', provider.baseUrl === 'required');
          assert.doesNotMatch(baseUrl, /\/$/);
          if (baseUrl) assert.ok(isSecure(baseUrl), baseUrl);
          if (provider.group !== 'own' && baseUrl) assert.match(baseUrl, /^https:/);
        }
      });

      it('knows where a key can be had and what explains it', () => {
        for (const { consoleUrl = '', docsUrl = '' } of provider.regions) {
          if (provider.key === 'required') assert.match(consoleUrl, /^https:\/\/\S+$/);
          if (provider.id !== 'custom') assert.match(docsUrl, /^https:\/\/\S+$/);
        }
      });

      it('says what a key looks like, and which variable it is kept in', () => {
        assert.notEqual(provider.keyHint, '');
        assert.match(provider.envKey, /^[A-Z][A-Z0-9_]*$/);
        assert.notEqual(provider.vendor, '');
        if (provider.keyPrefix) assert.ok(provider.keyHint.startsWith(provider.keyPrefix));
      });

      it('is understood by its name in a text', () => {
        assert.equal(provider.aliases && namedProvider(`Use ${provider.label}`), provider.aliases && provider);
      });

      it('has keys that are told by their looks, and never shown', () => {
        const [begin, isShown] = provider.keyHint.split('…');
        if (isShown === undefined) return;
        const key = `${begin}01234567-89ab-cdef-0123-456789abcdef`;

        assert.ok(looksLikeKey(key));
        assert.ok(isPlaceholder(`${begin}xxxxxxxx`));
        assert.equal(redact(`Incorrect key: ${key}.`), 'Incorrect key: [redacted].');
        assert.equal(foreignOwner(key, provider), undefined);
      });

      it('has a text with its name and a key for a sign-in', () => {
        const begin = provider.keyHint.includes('…') ? provider.keyHint.replace('…', '') : '';
        const key = `${begin}0123456789abcdef0123456789abcdef`;
        const understood = readPlainWords(`${provider.label} ${key}`);

        assert.ok(understood.kind === 'signIn');
        assert.equal(understood.apiKey?.reveal(), key);
      });

      it('tells its regions apart by name where there are several', () => {
        for (const { id, label } of provider.regions) {
          assert.equal(label !== '', provider.regions.length > 1);
          assert.equal(id !== '', provider.regions.length > 1);
        }
      });

      it('names models where they are known, each with its size', () => {
        const isKnown = provider.group !== 'own' && provider.id !== 'azure';
        assert.equal(provider.models.length > 0, isKnown);
        for (const { id, contextWindowSize = 0, maxOutputTokens = 1 } of provider.models) {
          assert.ok(contextWindowSize >= 100_000 && contextWindowSize <= 2_000_000, id);
          assert.ok(maxOutputTokens > 0 && maxOutputTokens < contextWindowSize, id);
        }
      });

      it('steers thinking by efforts of which the usual is one', () => {
        for (const { id, reasoning } of provider.models) {
          if (reasoning?.default) assert.ok(reasoning.efforts?.includes(reasoning.default), id);
          if (reasoning?.efforts) assert.ok(reasoning.efforts.length > 1, id);
        }
      });
    });
  }

  it('has the models of the plans and of Qwen OAuth', () => {
    assert.deepEqual(idsOf('coding-plan'), CODING_PLAN_MODELS);
    assert.deepEqual([idsOf('token-plan')?.length, idsOf('bailian')?.length], [18, 14]);
    assert.deepEqual(
      QWEN_OAUTH_MODELS.map(({ id }) => id),
      ['coder-model'],
    );
  });

  it('has the two regions of the Coding Plan', () => {
    assert.deepEqual(
      CODING_PLAN.regions.map(({ id, baseUrl }) => [id, baseUrl]),
      [
        ['china', 'https://coding.dashscope.aliyuncs.com/v1'],
        ['international', 'https://coding-intl.dashscope.aliyuncs.com/v1'],
      ],
    );
  });

  for (const [id, provider, reasoning] of [
    ['qwen3.7-plus', 'coding-plan', { field: 'enable_thinking', canDisable: true }],
    ['kimi-k2.7-code', 'bailian', { field: 'enable_thinking', canDisable: false }],
    [
      'deepseek-v4-pro',
      'deepseek',
      { field: 'thinking', efforts: ['low', 'high', 'max'], default: 'high', canDisable: true },
    ],
    [
      'qwen3.8-max',
      'token-plan',
      { field: 'reasoning_effort', efforts: ['low', 'medium', 'xhigh'], default: 'xhigh', canDisable: false },
    ],
    ['qwen3-coder-plus', 'coding-plan', undefined],
  ] as const) {
    it(`says how ${id} of ${provider} thinks`, () => {
      assert.deepEqual(findProvider(provider)?.models.find((model) => model.id === id)?.reasoning, reasoning);
    });
  }

  it('finds a provider by id, a provider and a model by address, and no others', () => {
    assert.equal(findProvider('azure')?.keyHeader, 'api-key');
    assert.equal(findProvider('toString'), undefined);
    assert.equal(providerAt('https://api.moonshot.cn/v1')?.id, 'moonshot');
    assert.equal(catalogueModel('kimi-k3', 'https://api.moonshot.cn/v1')?.vision, true);
    assert.equal(catalogueModel('kimi-k3', 'https://api.openai.com/v1'), undefined);
  });
});
