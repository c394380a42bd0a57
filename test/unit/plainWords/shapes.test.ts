import assert from 'node:assert/strict';

import { describePlainWords } from '../../../src/core/plainWords/describe';
import { MaskedText } from '../../../src/core/plainWords/maskedText';
import { readPlainWords } from '../../../src/core/plainWords/plainWords';
import { KEYS_OF_VENDORS } from '../../fakes/keysOfVendors';

/** Where people have a key in what they paste. */
const SENTENCES: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => `Groq ${key} https://llm.acme.dev/v1`,
  (key) => `My key is ${key}.`,
  (key) => `The model is qwen3-max, with ${key}. Thank you.`,
  (key) => `Use "${key}" with OpenAI`,
  (key) => `Use '${key}' with OpenAI!`,
  (key) => `OpenAI (\`${key}\`)`,
  (key) => `DeepSeek: ${key}!`,
  (key) => `DeepSeek:${key}`,
  (key) => `DeepSeek=${key}`,
  (key) => `The API key for https://llm1.acme.dev/v1 is ${key}`,
  (key) => `api_key=${key}`,
  (key) => `"apiKey": "${key}",`,
  (key) => `MiniMax key ${key}`,
  (key) => `curl -H "Authorization: Bearer ${key}" https://llm.acme.dev/v1`,
  (key) => `export OPENAI_API_KEY="${key}" # mine`,
  (key) => `智谱 ${key} https://open.bigmodel.cn/api/paas/v4`,
  (key) => `我的密钥是${key}。模型是 qwen3-max`,
  (key) => `用“${key}”登录百炼`,
  (key) => `令牌${key}，请配置`,
  (key) => `百炼（${key}）`,
];

describe('a key in a text', () => {
  for (const [vendor, key] of Object.entries(KEYS_OF_VENDORS)) {
    it(`of ${vendor} is found whole, and shown by its end alone`, () => {
      for (const text of SENTENCES.map((sentence) => sentence(key))) {
        const understood = readPlainWords(text);

        assert.ok(understood.kind === 'signIn', text);
        assert.equal(understood.apiKey?.reveal(), key, text);
        assert.equal(new MaskedText().shown(text), text.replace(key, `••••${key.slice(-4)}`));
        assert.ok(describePlainWords(understood).some(({ text: said }) => said === `Ends in ${key.slice(-4)}`));
      }
    });
  }

  for (const [what, key] of [
    ['an id and a secret of another length', '0123456789abcdef0123456789ab.Ab-Cd_Ef.Ghij'],
    ['many letters and signs', 'Ab-0123456789_CdEfGhIjKl'],
  ] as const) {
    it(`may be ${what} behind its name, without a sign between them`, () => {
      for (const text of [`the key ${key}`, `Kimi, API key \`${key}\`.`, `密钥 ${key}，模型 kimi-k3`])
        assert.equal(new MaskedText().shown(text), text.replace(key, `••••${key.slice(-4)}`));
    });
  }

  it('may be an id with a secret that is still being typed', () => {
    const id = '0123456789abcdef0123456789abcdef';

    for (const secret of ['.', '.A', '.AbCd', '.AbCdEfGhIjKlMnO'])
      assert.ok(!new MaskedText().shown(`Z.AI ${id}${secret}`).includes(id.slice(0, -4)), secret);
  });

  for (const text of [
    'Use the API Mistral-Small-Instruct-2409',
    'my key for https://llm1.acme.dev/v1',
    'my key llm1-of-my-own-company.acme.dev/v1',
    'the key Qwen3-Coder-480B-A35B-Instruct',
    'DeepSeek, deepseek-r1:14b-qwen-distill-q4_K_M',
    'hf_model_of_the_hub, gsk_without_digits',
  ]) {
    it(`is not there in ${JSON.stringify(text)}`, () => {
      assert.equal(new MaskedText().shown(text), text);
    });
  }
});
