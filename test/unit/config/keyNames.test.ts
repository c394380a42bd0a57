import assert from 'node:assert/strict';

import { KEY_NAME, keyNames } from '../../../src/core/config/keyNames';

describe('the variable of a key', () => {
  for (const [name, is] of [
    ['OPENAI_API_KEY', true],
    ['key', true],
    ['_TOKEN', true],
    ['MY2_SECRET', true],
    ['2_KEY', false],
    ['MY-KEY', false],
    ['KEYS', false],
    ['KEY_PATH', false],
    ['NODE_OPTIONS', false],
    ['PATH', false],
    ['A KEY', false],
  ] as const)
    it(`may ${is ? '' : 'not '}be called ${name}`, () => assert.equal(KEY_NAME.test(name), is));

  it('is called as the model says, as its provider does, or by its host', () => {
    const own = 'https://llm-1.example.com:8443/v1';

    assert.deepEqual(keyNames({ baseUrl: own, envKey: 'MY_KEY' }), ['MY_KEY', 'QWEN_AUTH_LLM_1_EXAMPLE_COM_8443_KEY']);
    assert.deepEqual(keyNames({ baseUrl: 'https://api.openai.com/v1', envKey: 'PATH' }), [
      'OPENAI_API_KEY',
      'QWEN_AUTH_API_OPENAI_COM_KEY',
    ]);
    assert.deepEqual(keyNames({ baseUrl: 'http://[::1]:8000/v1', envKey: undefined }), ['QWEN_AUTH__1_8000_KEY']);
    assert.deepEqual(keyNames({ baseUrl: own, envKey: undefined }), ['QWEN_AUTH_LLM_1_EXAMPLE_COM_8443_KEY']);
  });
});
