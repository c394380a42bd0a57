import assert from 'node:assert/strict';
import { redact } from '../../../src/core/base/redaction';
import { canBeKey, isVariableName, looksLikeKey } from '../../../src/core/config/keyShape';

describe('what a key looks like', () => {
  for (const key of [
    'sk-0123456789abcdef',
    'sk-sp-0123456789abcdef',
    'sk-or-v1-0123456789abcdef',
    'ms-01234567-89ab-cdef-0123-456789abcdef',
    'xai-0123456789abcdefABCD',
    'gsk_0123456789abcdefABCD',
    'xai_0123456789abcdefABCD',
    'AIza0123456789abcdefABCDEF0123456789',
    '0123456789abcdef0123456789abcdef.0123456789abCDEF',
    'Bearer sk-0123456789abcdef',
  ]) {
    it(`is ${key}`, () => {
      assert.ok(looksLikeKey(key));
      assert.ok(canBeKey(key));
      assert.ok(!isVariableName(key));
    });

    it(`is ${key}, which is never shown`, () => {
      assert.match(redact(`Incorrect key: ${key}.`), /^Incorrect key: (?:Bearer )?\[redacted\]\.?$/);
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
