import assert from 'node:assert/strict';

import {
  CODING_PLAN,
  endpointName,
  findProvider,
  PROVIDERS,
  QWEN_OAUTH_MODELS,
} from '../../../src/core/models/catalogue';
import { isSecure } from '../../../src/core/origin';

const places = PROVIDERS.flatMap((provider) => provider.regions.map((region) => ({ provider, region })));

describe('catalogue', () => {
  it('names no provider, endpoint or model twice', () => {
    const endpoints = places.map(({ provider, region }) => endpointName(provider, region));
    const lists = [PROVIDERS, ...PROVIDERS.map(({ models }) => models)];

    assert.equal(new Set(endpoints).size, endpoints.length);
    for (const list of lists) assert.equal(new Set(list.map(({ id }) => id)).size, list.length);
  });

  it('has base URLs on https or on this machine', () => {
    for (const { region } of places) if (region.baseUrl) assert.ok(isSecure(region.baseUrl), region.baseUrl);
  });

  it('has base URLs without a slash at their end', () => {
    for (const { region } of places) assert.doesNotMatch(region.baseUrl, /\/$/);
  });

  it('has no base URL only where one is to be typed', () => {
    for (const { provider, region } of places) assert.equal(region.baseUrl === '', provider.baseUrl === 'required');
  });

  it('knows where to get each key that is needed', () => {
    for (const { provider, region } of places) {
      if (provider.key === 'required') assert.match(region.consoleUrl ?? '', /^https:\/\//);
    }
  });

  it('tells regions apart by name where there are several', () => {
    for (const { provider, region } of places) assert.equal(region.label !== '', provider.regions.length > 1);
  });

  it('names variables as shells want them', () => {
    for (const { envKey } of PROVIDERS) assert.match(envKey, /^[A-Z][A-Z0-9_]*$/);
  });

  it('has the ten models of the Coding Plan', () => {
    assert.deepEqual(
      CODING_PLAN.models.map(({ id }) => id),
      [
        'qwen3.5-plus',
        'qwen3.6-plus',
        'qwen3.7-plus',
        'glm-5',
        'kimi-k2.5',
        'MiniMax-M2.5',
        'qwen3-coder-plus',
        'qwen3-coder-next',
        'qwen3-max-2026-01-23',
        'glm-4.7',
      ],
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

  it('has the one model of Qwen OAuth', () => {
    assert.deepEqual(
      QWEN_OAUTH_MODELS.map(({ id }) => id),
      ['coder-model'],
    );
  });

  it('finds a provider by id, and no other', () => {
    assert.equal(findProvider('azure')?.keyHeader, 'api-key');
    assert.equal(findProvider('toString'), undefined);
  });
});
