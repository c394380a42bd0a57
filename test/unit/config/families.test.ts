import assert from 'node:assert/strict';

import { roleOf, USUAL_KEY_VARIABLES } from '../../../src/core/config/families';
import { PROVIDERS } from '../../../src/core/providers/catalogue';

describe('what a variable holds', () => {
  for (const [name, role] of [
    ['OPENAI_API_KEY', 'key'],
    ['OPENAI_BASE_URL', 'baseUrl'],
    ['OPENAI_MODEL', 'model'],
    ['QWEN_MODEL', 'model'],
    ['LLAMA_API_KEY', 'key'],
    ['LLAMA_API_BASE_URL', 'baseUrl'],
    ['LLAMA_API_MODEL', 'model'],
    ['MY_SECRET', 'key'],
  ] as const)
    it(`is a ${role} in ${name}`, () => assert.equal(roleOf(name), role));
});

describe('the variables that keys of providers are kept in', () => {
  it('are those of both families and of each provider, and no other', () => {
    const names = ['OPENAI_API_KEY', 'LLAMA_API_KEY', ...PROVIDERS.map(({ envKey }) => envKey)];

    assert.deepEqual([...USUAL_KEY_VARIABLES].sort(), [...new Set(names)].sort());
  });
});
