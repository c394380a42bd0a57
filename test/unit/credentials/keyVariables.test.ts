import assert from 'node:assert/strict';

import { emptyConfiguration } from '../../../src/core/config/configuration';
import { keyVariables } from '../../../src/core/credentials/keyVariables';

const OPENAI = 'https://api.openai.com/v1';
const OWN = 'https://models.example.com/v1';

function read(envKey: string | undefined, key: string, baseUrl = OPENAI) {
  const { variables } = emptyConfiguration(envKey === undefined ? {} : { [envKey]: key });
  return keyVariables({ envKey, baseUrl }, variables).map(({ value, problem }) => problem?.message ?? value.reveal());
}

describe('the variables that hold the key of a model', () => {
  it('are none where the model names none', () => {
    const { variables } = emptyConfiguration({ undefined: 'sk-0123456789', '': 'sk-0123456789' });

    assert.deepEqual(keyVariables({ envKey: undefined, baseUrl: OPENAI }, variables), []);
  });

  for (const [what, key, baseUrl] of [
    ['begins as those of its provider', 'sk-proj-0123456789abcdef', OPENAI],
    ['begins as no provider has it', 'sk-0123456789abcdef', OPENAI],
    ["is another's and goes to a server of the person's own", 'sk-or-v1-0123456789abcdef', OWN],
  ] as const) {
    it(`give a key as it is that ${what}`, () => {
      assert.deepEqual(read('A_KEY', key, baseUrl), [key]);
    });
  }

  const begin = 'The environment variable';
  const openRouter = 'This looks like a key of OpenRouter. Nothing was sent to OpenAI.';
  for (const [name, key, sentence] of [
    ['OPENAI_API_KEY', 'sk-or-v1-0123456789abcdef', `${openRouter} Set OPENAI_BASE_URL to OPENROUTER.`],
    ['LLAMA_API_KEY', 'sk-or-v1-0123456789abcdef', `${openRouter} Set LLAMA_API_BASE_URL to OPENROUTER.`],
    ['A_KEY', 'sk-or-v1-0123456789abcdef', `${openRouter} Its base URL is OPENROUTER.`],
    ['A_KEY', 'sk-ant-api03-0123456789', 'This looks like a key of Anthropic. Nothing was sent to OpenAI.'],
  ] as const) {
    it(`hold back ${key} in ${name}, and say where it may go`, () => {
      const expected = sentence.replace('OPENROUTER', 'https://openrouter.ai/api/v1');

      assert.deepEqual(read(name, key), [`${begin} ${name}: ${expected}`]);
    });
  }

  it('name every place of a provider that has several', () => {
    const [message = ''] = read('A_KEY', 'sk-sp-0123456789abcdef');

    assert.match(message, /Its base URL is https:\S+ or https:\S+\.$/);
  });

  it('say what is wrong with a text that is no key, rather than whose it looks like', () => {
    const [message = ''] = read('A_KEY', 'sk-or-v1-0123456789\nabcdef');

    assert.doesNotMatch(message, /looks like|0123456789/);
  });
});
