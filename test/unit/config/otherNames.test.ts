import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { missingHints } from '../../../src/core/config/otherNames';
import { PROVIDERS } from '../../../src/core/providers/catalogue';

const hints = (environment: Record<string, string>, used: readonly string[] = []) =>
  missingHints(emptyConfiguration(environment).variables, new Set(used)).map(({ message }) => message);

describe('a hint what is missing', () => {
  for (const [name, right] of [
    ['OPENAI_API_BASE', 'OPENAI_BASE_URL'],
    ['OPENAI_URL', 'OPENAI_BASE_URL'],
    ['LLAMA_BASE_URL', 'LLAMA_API_BASE_URL'],
    ['OPENAI_KEY', 'OPENAI_API_KEY'],
    ['OPEN_AI_API_KEY', 'OPENAI_API_KEY'],
    ['openai_api_key', 'OPENAI_API_KEY'],
    ['OPENAI_MODEL_NAME', 'OPENAI_MODEL'],
    ['LLAMA_MODEL', 'LLAMA_API_MODEL'],
  ] as const) {
    it(`names the right variable for ${name}`, () => {
      assert.deepEqual(hints({ [name]: 'sk-0123456789' }), [
        `The environment variable ${name}: This name is not read here, ${right} is. Rename it.`,
      ]);
    });
  }

  it('is not given where the right one is set too', () => {
    assert.deepEqual(hints({ OPENAI_BASE_URL: 'https://a.example/v1', OPENAI_API_BASE: 'https://a.example/v1' }), []);
  });

  for (const { envKey, label } of PROVIDERS.filter((provider) => provider.envKey !== 'OPENAI_API_KEY')) {
    it(`is given for ${envKey} alone`, () => {
      const [hint = '', ...others] = hints({ [envKey]: '0123456789abcdef' });

      assert.ok(hint.startsWith(`The environment variable ${envKey}: This key of ${label} is not used`), hint);
      assert.match(hint, /List one in modelProviders, such as \{ "openai": \[\{"id":/);
      assert.deepEqual(others, []);
    });
  }

  it('is not given for a variable that an entry names', () => {
    assert.deepEqual(hints({ DASHSCOPE_API_KEY: 'sk-0123456789' }, ['DASHSCOPE_API_KEY']), []);
  });

  it('says whose API is not spoken', () => {
    assert.match(
      hints({ ANTHROPIC_AUTH_TOKEN: 'sk-ant-0123456789' })[0] ?? '',
      /The API of Anthropic is not spoken here/,
    );
    assert.match(hints({ GEMINI_API_KEY: 'AIza0123456789' })[0] ?? '', /The API of Google is not spoken here/);
  });

  it('never has the value', () => {
    const environment = { OPENAI_KEY: 'hunter2', OPENAI_API_BASE: 'hunter2', DASHSCOPE_API_KEY: 'hunter2' };

    assert.doesNotMatch(hints(environment).join(' '), /hunter2/);
  });
});
