import assert from 'node:assert/strict';
import { canBeKey, foreignOwner, isVariableName, looksLikeKey } from '../../../src/core/config/keyShape';
import { findProvider } from '../../../src/core/providers/catalogue';

describe('what a key looks like', () => {
  for (const key of [
    'sk-0123456789abcdef',
    'sk-sp-0123456789abcdef',
    'sk-or-v1-0123456789abcdef',
    'ms-01234567-89ab-cdef-0123-456789abcdef',
    'xai-0123456789abcdefABCD',
    'gsk_0123456789abcdefABCD',
    'Bearer sk-0123456789abcdef',
  ]) {
    it(`is ${key}`, () => {
      assert.ok(looksLikeKey(key));
      assert.ok(canBeKey(key));
      assert.ok(!isVariableName(key));
    });
  }

  for (const text of [
    '',
    'sk-xxxxxxxxxx',
    'sk-sp-xxxxx',
    'sk-your-api-key',
    'sk-SK',
    'ms-python.python',
    'ms-vscode-remote',
    'https://example.com/sk-0123456789abcdef',
    '${env:OPENAI_API_KEY}',
    '0a4d55a8d778e5022fab701977c5d840bbc486d0',
  ]) {
    it(`is not "${text}"`, () => assert.ok(!looksLikeKey(text)));
  }

  for (const text of [
    'your-api-key',
    'EMPTY',
    'https://example.com',
    'two words here',
    '$OPENAI_API_KEY',
    'OPENAI_API_KEY',
  ]) {
    it(`is not "${text}", whatever its name says`, () => assert.ok(!canBeKey(text)));
  }
});

describe('the name of a variable', () => {
  for (const [name, is] of [
    ['OPENAI_API_KEY', true],
    ['_mine2', true],
    ['OPENAI-API-KEY', false],
    ['MY KEY', false],
    ['2ND_KEY', false],
    ['hf_0123456789abcdefABCD', false],
    ['a4d55a8d778e5022fab701977c5d840b', false],
  ] as const) {
    it(`is ${is ? '' : 'not '}${name}`, () => assert.equal(isVariableName(name), is));
  }
});

describe('whose a key seems to be', () => {
  for (const [key, target, name, provider] of [
    ['sk-or-v1-0123456789abcdef', 'bailian', 'OpenRouter', 'openrouter'],
    ['sk-sp-0123456789abcdef', 'openai', "Alibaba Cloud's plans", 'coding-plan'],
    ['sk-ws-0123456789abcdef', 'openrouter', 'Alibaba Cloud Model Studio', 'bailian'],
    ['sk-proj-0123456789abcdef', 'deepseek', 'OpenAI', 'openai'],
    ['ms-01234567-89ab-cdef-0123-456789abcdef', 'openai', 'ModelScope', 'modelscope'],
    ['xai-0123456789abcdefABCD', 'moonshot', 'Grok (xAI)', 'grok'],
    ['sk-ant-api03-0123456789', 'openai', 'Anthropic', undefined],
    ['gsk_0123456789abcdefABCD', 'grok', 'Groq', undefined],
    ['hf_0123456789abcdefABCD', 'modelscope', 'Hugging Face', undefined],
    ['AIza0123456789abcdefABCD', 'openai', 'Google', undefined],
  ] as const) {
    it(`is ${name} for ${key} at ${target}`, () => {
      const at = findProvider(target);
      assert.ok(at);

      const owner = foreignOwner(key, at);
      assert.deepEqual([owner?.name, owner?.provider?.id], [name, provider]);
    });
  }

  for (const [key, target] of [
    ['sk-0123456789abcdef', 'openai'],
    ['sk-0123456789abcdef', 'bailian'],
    ['sk-or-v1-0123456789abcdef', 'openrouter'],
    // Alibaba's own plans and regions are told apart by asking them, not by how a key begins.
    ['sk-sp-0123456789abcdef', 'token-plan'],
    ['sk-sp-0123456789abcdef', 'bailian'],
    ['sk-ws-0123456789abcdef', 'token-plan'],
    // A server of one's own takes any.
    ['sk-or-v1-0123456789abcdef', 'custom'],
    ['sk-or-v1-0123456789abcdef', 'vllm'],
    ['sk-or-v1-0123456789abcdef', 'azure'],
  ] as const) {
    it(`is nobody else's for ${key} at ${target}`, () => {
      const at = findProvider(target);
      assert.ok(at);

      assert.equal(foreignOwner(key, at), undefined);
    });
  }
});
