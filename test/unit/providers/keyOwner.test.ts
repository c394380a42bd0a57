import assert from 'node:assert/strict';

import { findProvider } from '../../../src/core/providers/catalogue';
import { foreignOwner } from '../../../src/core/providers/keyOwner';

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
