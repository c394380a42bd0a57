import assert from 'node:assert/strict';

import { keyPrompt } from '../../../src/core/views/keyPrompt';

describe('question for a key', () => {
  it('says whose key it is', () => {
    assert.equal(keyPrompt({ label: 'OpenAI', key: 'required' }, undefined), 'API key of OpenAI');
  });

  it('says where the key goes where somebody chose that', () => {
    assert.equal(
      keyPrompt({ label: 'Another server', key: 'optional' }, 'https://api.openai.com@evil.example.com/v1'),
      'API key of Another server for evil.example.com; leave it empty if it needs none',
    );
  });
});
