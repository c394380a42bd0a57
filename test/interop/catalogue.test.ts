import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { PROVIDERS } from '../../src/core/providers/catalogue';
import { QWEN } from './qwenCodeProcess';

/** Where Qwen Code has its own providers, by a name that none of its other files holds. */
const PRESETS = 'packages/core/src/providers/presets/';
/** Providers that Qwen Code has no preset for. */
const OURS = new Set(['openai', 'azure', 'ollama', 'lm-studio', 'vllm', 'llama-cpp', 'custom']);

describe('the catalogue beside that of Qwen Code', () => {
  let presets: string;
  before(() => {
    const chunks = path.join(path.dirname(QWEN[1]), 'chunks');
    const texts = readdirSync(chunks).map((name) => readFileSync(path.join(chunks, name), 'utf8'));
    presets = texts.find((text) => text.includes(`${PRESETS}alibaba-coding-plan.ts`)) ?? '';
    assert.notEqual(presets, '');
  });

  for (const { id, label, envKey, regions, models } of PROVIDERS.filter((provider) => !OURS.has(provider.id))) {
    it(`has the variable, the addresses and the models of ${label}`, () => {
      const named = [envKey, ...regions.map(({ baseUrl }) => baseUrl), ...models.map((model) => model.id)];

      assert.deepEqual(
        named.filter((text) => !presets.includes(`"${text}"`)),
        [],
        id,
      );
    });
  }

  it('leaves out what speaks another protocol, and what only its maker can reach', () => {
    const addresses = [...presets.matchAll(/"(https:\/\/[^"]+\/(?:v\d|paas\/v4)|https:\/\/api\.deepseek\.com)"/g)];
    const known = new Set(PROVIDERS.flatMap(({ regions }) => regions.map(({ baseUrl }) => baseUrl)));

    assert.deepEqual(
      [...new Set(addresses.map(([, url = '']) => url))].filter((url) => !known.has(url)),
      ['https://api.anthropic.com/v1', 'https://idealab.alibaba-inc.com/api/openai/v1'],
    );
  });
});
