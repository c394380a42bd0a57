import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { readQwenSettings } from '../../../src/core/config/qwenSettings';
import { PROVIDERS } from '../../../src/core/providers/catalogue';
import { readEnvironmentModel } from '../../../src/core/models/environmentModel';

const read = (environment: Record<string, string>) => readEnvironmentModel(emptyConfiguration(environment).variables);

describe('model of the variables', () => {
  it('says which variables it is made of', () => {
    const { model } = read({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://llm.example.com/v1/', OPENAI_MODEL: 'm' });

    assert.deepEqual([model?.id, model?.baseUrl, model?.envKey], ['m', 'https://llm.example.com/v1', 'OPENAI_API_KEY']);
    assert.deepEqual(
      [model?.source, model?.baseUrlSource],
      [
        { kind: 'environment', name: 'OPENAI_MODEL' },
        { kind: 'environment', name: 'OPENAI_BASE_URL' },
      ],
    );
  });

  it('says which variables it does without', () => {
    const { model } = read({ LLAMA_API_KEY: 'k' });

    assert.deepEqual(
      [model?.source, model?.baseUrlSource],
      [
        { kind: 'default', why: 'LLAMA_API_MODEL is not set' },
        { kind: 'default', why: 'LLAMA_API_BASE_URL is not set' },
      ],
    );
  });

  for (const { label, models, regions } of PROVIDERS.filter(({ models: known }) => known.length > 0)) {
    it(`is usual at ${label}`, () => {
      for (const { baseUrl } of regions) {
        assert.equal(read({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: baseUrl }).model?.id, models[0]?.id);
      }
    });
  }

  it('is of the family that has a key', () => {
    const environment = {
      OPENAI_BASE_URL: 'https://a.example/v1',
      LLAMA_API_KEY: 'k',
      LLAMA_API_BASE_URL: 'https://b.example/v1',
    };

    assert.equal(
      read({ ...environment, LLAMA_API_MODEL: 'm', OPENAI_MODEL: 'n' }).model?.baseUrl,
      'https://b.example/v1',
    );
  });

  it('needs no key where there is an address', () => {
    assert.equal(
      read({ LLAMA_API_BASE_URL: 'http://localhost:8000/v1', LLAMA_API_MODEL: 'm' }).model?.envKey,
      'LLAMA_API_KEY',
    );
  });

  for (const environment of [{}, { OPENAI_MODEL: 'm' }, { OPENAI_API_KEY: ' ' }, { MY_KEY: 'k' }]) {
    it(`is none for ${JSON.stringify(environment)}`, () => {
      assert.deepEqual(read(environment), { model: undefined, server: undefined, others: [], problems: [] });
    });
  }

  it('is that of the variable where the settings of Qwen Code have a name that comes to nothing', () => {
    const file = { kind: 'text', text: '{ "model": { "name": "$MODEL" } }', ownership: 'chosen' } as const;
    const { settings } = readQwenSettings('/home/me/.qwen/settings.json', file, 'user', () => '');
    const { variables } = emptyConfiguration({ OPENAI_API_KEY: 'k', OPENAI_MODEL: 'm' });

    assert.ok(settings);
    assert.equal(readEnvironmentModel({ ...variables, qwenSettings: [settings] }).model?.id, 'm');
  });

  it('is the first that its server was found to have, and the others are beside it', () => {
    const baseUrl = 'https://llm.example.com/v1';
    const { variables } = emptyConfiguration({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: baseUrl });
    const { model, others } = readEnvironmentModel(variables, undefined, (at) =>
      at.baseUrl === baseUrl ? [{ id: 'a', contextWindowSize: 4096 }, { id: 'b' }] : [],
    );

    assert.deepEqual([model?.id, model?.source], ['a', { kind: 'catalogue', name: 'llm.example.com/models' }]);
    assert.equal(model?.generationConfig.contextWindowSize, 4096);
    assert.deepEqual(
      others.map(({ id, envKey }) => [id, envKey]),
      [['b', 'OPENAI_API_KEY']],
    );
  });

  it('stands for its server where nobody names it', () => {
    const { model, server } = read({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://llm.example.com/v1' });

    assert.equal(model, undefined);
    assert.deepEqual([server?.id, server?.baseUrl], ['', 'https://llm.example.com/v1']);
  });

  it('is none where the address is none', () => {
    const { model, server } = read({ OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://llm.example.com/v1' });

    assert.deepEqual([model, server], [undefined, undefined]);
  });

  it('has the name that QWEN_MODEL has where OPENAI_MODEL is not set', () => {
    const named = { OPENAI_API_KEY: 'k', QWEN_MODEL: 'q' };

    assert.deepEqual(read(named).model?.source, { kind: 'environment', name: 'QWEN_MODEL' });
    assert.equal(read({ ...named, OPENAI_MODEL: 'o' }).model?.id, 'o');
  });

  it('has no name of Qwen Code where its variables are LLAMA_…', () => {
    assert.equal(read({ LLAMA_API_KEY: 'k', QWEN_MODEL: 'q' }).model?.id, 'gpt-4o');
  });

  describe('is held back', () => {
    for (const [key, said] of [
      [
        'sk-sp-0123456789abcdef',
        /^The environment variable OPENAI_API_KEY: This looks like a key of Alibaba Cloud's plans/,
      ],
      [
        'sk-or-v1-0123456789abcdef',
        /a key of OpenRouter\. Nothing was sent to OpenAI\. Set OPENAI_BASE_URL to https:\/\/openrouter/,
      ],
      ['sk-ant-api03-0123456789', /This looks like a key of Anthropic\. Nothing was sent to OpenAI\.$/],
    ] as const) {
      it(`where the key ${key} would go to OpenAI`, () => {
        const { model, server, problems } = read({ OPENAI_API_KEY: key });

        assert.deepEqual([model, server], [undefined, undefined]);
        assert.match(problems[0]?.message ?? '', said);
      });
    }

    for (const name of [
      'OPENAI_API_BASE',
      'OPENAI_HOST',
      'OPENAI_ENDPOINT',
      'OPENAI_API_BASE_URL',
      'openai_base_url',
    ]) {
      it(`where the address is in ${name}`, () => {
        const { model, problems } = read({ OPENAI_API_KEY: 'k', [name]: 'https://llm.example.com/v1' });

        assert.equal(model, undefined);
        assert.match(
          problems[0]?.message ?? '',
          new RegExp(`^The environment variable ${name}: .* OPENAI_BASE_URL is\\. Rename it; until then the key`),
        );
      });
    }

    it('for LLAMA_… too', () => {
      assert.equal(read({ LLAMA_API_KEY: 'k', LLAMA_BASE_URL: 'https://llm.example.com/v1' }).model, undefined);
    });

    it('only where the right name is not set', () => {
      const both = { OPENAI_BASE_URL: 'https://llm.example.com/v1', OPENAI_API_BASE: 'https://api.openai.com/v1' };

      assert.equal(read({ OPENAI_API_KEY: 'sk-or-0123456789', ...both, OPENAI_MODEL: 'm' }).model?.id, 'm');
    });
  });
});
