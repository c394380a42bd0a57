import assert from 'node:assert/strict';

import { placeholderKind } from '../../../src/core/config/placeholder';
import { processorMs } from '../../processorTime';

describe('a placeholder', () => {
  const kinds = {
    example: [
      'your_api_key_here | your-api-key | YOUR_API_KEY | yourkey | sk-your-key | INSERT_YOUR_KEY_HERE | my-api-key',
      '<key> | <your key> | sk-<key> | [key] | {resource} | sk-xxxx | sk-xxxxxxxxxxxx | sk-sp-xxxxx | xxx | ???',
      'xxxxxxxx-xxxx-xxxx | sk-... | 你的密钥 | 请填写您的密钥 | sk-你的密钥 | ваш_ключ | あなたのAPIキー | tu-api-key',
      'api_key | apikey | key | token | votre_clé | enter-key-here | changeme | replace_me | placeholder | TODO',
      'sk-placeholder | undefined | null | None | true | redacted',
    ],
    reference: [
      '$OTHER | ${OTHER} | ${env:OTHER} | $(cat key) | %OTHER% | {env:OTHER} | {file:~/key} | env:OTHER | $env:OTHER',
      '{{ api_key }} | ${{ secrets.KEY }} | op://Private/OpenAI/key | process.env.OPENAI_API_KEY | OPENAI_API_KEY',
      'os.environ["OPENAI_API_KEY"]',
    ],
    masked: ['sk-abc...xyz | sk-abc…xyz | sk-0123•••••••• | ●●●●●● | sk-0123****789a'],
  };
  for (const [kind, lines] of Object.entries(kinds)) {
    for (const text of lines.join(' | ').split(' | ')) {
      it(`is ${text} (${kind})`, () => assert.equal(placeholderKind(text), kind));
    }
  }

  for (const text of [
    'sk-0123456789abcdef',
    'sk-no-key-required',
    'EMPTY',
    'ollama',
    'pa$$word',
    'abc$def',
    'secret-0123',
    'my-token-4f3c2b1a9e8d',
    'yourrandomlettersofakey0123',
    'gpt-4o',
    'Qwen/Qwen3-Coder-480B-A35B-Instruct',
    'https://llm.example.com/v1',
    'c29tZUJhc2U2NGtleQ==',
  ]) {
    it(`is not ${text}`, () => assert.equal(placeholderKind(text), undefined));
  }

  it('is soon told from a long text', () => {
    for (const piece of ['a', '${', '{a:', '<', 'x', 'your', '-1']) {
      const before = processorMs();
      placeholderKind(piece.repeat(100_000));
      assert.ok(processorMs() - before < 1000, piece);
    }
  });
});
