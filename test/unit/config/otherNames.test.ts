import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { FAMILIES } from '../../../src/core/config/families';
import { missingHints, strayAddress } from '../../../src/core/config/otherNames';
import { readModelProviders } from '../../../src/core/config/modelProviders';
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
    ['OPENAI_API_BASE_URI', 'OPENAI_BASE_URL'],
    ['openai_proxy_url', 'OPENAI_BASE_URL'],
    ['LLAMA_ENDPOINT', 'LLAMA_API_BASE_URL'],
    ['OPEN_AI_BASE_URL', 'OPENAI_BASE_URL'],
    ['LLAMA_API_SECRET', 'LLAMA_API_KEY'],
    ['openai_model', 'OPENAI_MODEL'],
    ['QWEN_API_KEY', 'OPENAI_API_KEY'],
    ['QWEN_BASE_URL', 'OPENAI_BASE_URL'],
    ['QWEN_MODEL_NAME', 'OPENAI_MODEL'],
  ] as const) {
    it(`names the right variable for ${name}`, () => {
      assert.deepEqual(hints({ [name]: 'sk-0123456789' }), [
        `The environment variable ${name}: This name is not read here, ${right} is. Rename it.`,
      ]);
    });
  }

  it('is not given where the right one is set too', () => {
    assert.deepEqual(hints({ OPENAI_BASE_URL: 'https://a.example/v1', OPENAI_API_BASE: 'https://a.example/v1' }), []);
    assert.deepEqual(hints({ OPENAI_MODEL: 'a', OPENAI_MODEL_NAME: 'b', LLAMA_API_KEY: 'k', LLAMA_KEY: 'k' }), []);
  });

  it('is not given for an address beside a key, which an error says', () => {
    assert.deepEqual(hints({ OPENAI_API_KEY: 'sk-0123456789', OPENAI_API_BASE: 'https://a.example/v1' }), []);
    assert.equal(hints({ LLAMA_API_KEY: 'sk-0123456789', OPENAI_API_BASE: 'https://a.example/v1' }).length, 1);
  });

  it('is not given for a variable that is read', () => {
    const environment = { QWEN_MODEL: 'a', LLAMA_API_MODEL: 'b', OPENAI_API_KEY: 'k', LLAMA_API_BASE_URL: 'http://a' };

    assert.deepEqual(hints(environment), []);
  });

  it('is a warning, and information where the API is not spoken', () => {
    const environment = { OPENAI_KEY: 'k', GOOGLE_API_KEY: 'k', DASHSCOPE_API_KEY: 'k' };
    const problems = missingHints(emptyConfiguration(environment).variables, new Set());

    assert.deepEqual(
      problems.map(({ where, severity }) => [where, severity]),
      [
        [{ variable: 'OPENAI_KEY' }, 'warning'],
        [{ variable: 'DASHSCOPE_API_KEY' }, 'warning'],
        [{ variable: 'GOOGLE_API_KEY' }, 'information'],
      ],
    );
  });

  it('shows an entry that would make use of the key', () => {
    const [hint = ''] = hints({ DASHSCOPE_API_KEY: 'sk-0123456789' });
    const [, example = ''] = /such as (\{.*\}), or set OPENAI_API_KEY and OPENAI_BASE_URL\.$/.exec(hint) ?? [];

    const { entries, problems } = readModelProviders(JSON.parse(example));
    assert.deepEqual([entries.map(({ envKey }) => envKey), problems], [['DASHSCOPE_API_KEY'], []]);
  });

  for (const { envKey, label } of PROVIDERS.filter((provider) => provider.envKey !== 'OPENAI_API_KEY')) {
    it(`is given for ${envKey} alone`, () => {
      const [hint = '', ...others] = hints({ [envKey]: '0123456789abcdef' });

      assert.ok(hint.startsWith(`The environment variable ${envKey}: This key of ${label} is not used`), hint);
      const [, entry = ''] =
        /List one in modelProviders, such as \{ "openai": \[(\{"id":.*\})\] \}, or/.exec(hint) ?? [];
      assert.ok(Object.values(JSON.parse(entry)).every(Boolean), entry);
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

describe('an address in a variable that is not read', () => {
  const strayOf = (environment: Record<string, string>, key: string) => {
    const family = FAMILIES.find((one) => one.key === key);
    assert.ok(family);
    return strayAddress(family, emptyConfiguration(environment).variables);
  };

  it('keeps no key where it is, as QWEN_BASE_URL may be for another key', () => {
    assert.equal(strayOf({ QWEN_BASE_URL: 'https://a.example/v1' }, 'OPENAI_API_KEY'), undefined);
  });

  for (const name of ['OPENAI_API_BASE', 'OPEN_AI_BASE_URL', 'openai_base_url', 'OPENAI_BASE_PATH', 'openai_api_host'])
    it(`keeps the key where it is, as ${name}`, () => {
      const stray = strayOf({ [name]: 'https://a.example/v1' }, 'OPENAI_API_KEY');

      assert.deepEqual([stray?.where, stray?.severity], [{ variable: name }, 'error']);
      assert.match(
        stray?.message ?? '',
        /not read here, OPENAI_BASE_URL is\. Rename it; until then the key in OPENAI_API_KEY is sent nowhere\.$/,
      );
      assert.equal(strayOf({ [name]: 'https://a.example/v1' }, 'LLAMA_API_KEY'), undefined);
    });

  it('is none where nothing is set, or another variable of the family is', () => {
    for (const environment of [{}, { OPENAI_API_BASE: ' ' }, { OPENAI_MODEL: 'a', OPENAI_API_KEY: 'k' }])
      assert.equal(strayOf(environment, 'OPENAI_API_KEY'), undefined);
    assert.equal(strayOf({ LLAMA_API_BASE_URL: 'https://a.example/v1' }, 'LLAMA_API_KEY'), undefined);
  });
});
