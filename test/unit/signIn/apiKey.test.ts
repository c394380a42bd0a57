import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { findProvider } from '../../../src/core/providers/catalogue';
import { readApiKey } from '../../../src/core/signIn/apiKey';

function read(pasted: string | undefined, id = 'openai'): string | undefined {
  const provider = findProvider(id);
  assert.ok(provider);
  return readApiKey(pasted === undefined ? undefined : new Secret(pasted), provider)?.reveal();
}

describe('pasted API key', () => {
  for (const [pasted, key] of [
    ['sk-0123456789', 'sk-0123456789'],
    ['  sk-0123456789\r\n', 'sk-0123456789'],
    ['"sk-0123456789"', 'sk-0123456789'],
    ["'sk-0123456789';", 'sk-0123456789'],
    ['`sk-0123456789`', 'sk-0123456789'],
    ['Bearer sk-0123456789', 'sk-0123456789'],
    ['"Bearer sk-0123456789"', 'sk-0123456789'],
    ['OPENAI_API_KEY=sk-0123456789', 'sk-0123456789'],
    ['export OPENAI_API_KEY="sk-0123456789"', 'sk-0123456789'],
    ['set OPENAI_API_KEY=sk-0123456789', 'sk-0123456789'],
    ["$env:OPENAI_API_KEY = 'sk-0123456789'", 'sk-0123456789'],
    ['\u200bsk-01234\u200b56789\ufeff', 'sk-0123456789'],
    ['\u00a0sk-0123456789\u3000', 'sk-0123456789'],
    ['\u001b[200~sk-0123456789\u001b[201~', 'sk-0123456789'],
    ['“sk-0123456789”', 'sk-0123456789'],
    ['‘sk-0123456789’', 'sk-0123456789'],
    ['「sk-0123456789」', 'sk-0123456789'],
    ['ｓｋ－0123456789', 'sk-0123456789'],
    ['sk–0123456789', 'sk-0123456789'],
    ['sk-0123456789\\n', 'sk-0123456789'],
    ['"sk-0123456789",', 'sk-0123456789'],
    ['<sk-0123456789>', 'sk-0123456789'],
    ['sk-0123456789 # mine', 'sk-0123456789'],
    ['Authorization: Bearer sk-0123456789', 'sk-0123456789'],
    ['-H "Authorization: Bearer sk-0123456789"', 'sk-0123456789'],
    ['api-key: 0123456789abcdef', '0123456789abcdef'],
    ['"apiKey": "sk-0123456789",', 'sk-0123456789'],
    ['密钥：sk-0123456789', 'sk-0123456789'],
    ['--api-key sk-0123456789', 'sk-0123456789'],
    ['const apiKey = "sk-0123456789";', 'sk-0123456789'],
    ['declare -x OPENAI_API_KEY="sk-0123456789"', 'sk-0123456789'],
    ['id:secret-0123', 'id:secret-0123'],
    ['pa$$word<1', 'pa$$word<1'],
    ['EMPTY', 'EMPTY'],
    ['sk-no-key-required', 'sk-no-key-required'],
    ['c29tZUJhc2U2NGtleQ==', 'c29tZUJhc2U2NGtleQ=='],
    ['c29tZUJhc2U2NGtleXM=', 'c29tZUJhc2U2NGtleXM='],
  ] as const) {
    it(`is ${key} in ${JSON.stringify(pasted)}`, () => {
      assert.equal(read(pasted), key);
    });
  }

  for (const [pasted, said] of [
    [undefined, 'Enter the API key of OpenAI.'],
    ['', 'Enter the API key of OpenAI.'],
    ['""', 'Enter the API key of OpenAI.'],
    ['sk-one sk-two', /holds a space/],
    ['sk-one\nsk-two', /holds a space or a line break/],
    ['sk-0123456789\u0430bc', /^The key holds the character "\u0430" \(U\+0430\), which no key has\. Copy it again/],
    ['sk-0123456789∑', /holds the character "∑" \(U\+2211\)/],
    ['a'.repeat(10_000), /longer than any key/],
    ['sk-012…789', /^A part of this key is hidden\. Enter the whole key of OpenAI itself\.$/],
    ['••••••••', /^A part of this key is hidden/],
    ['your_api_key_here', /^This only shows where a key would stand\. Enter the whole key/],
    ['${OTHER}', /^This refers to a key that is kept elsewhere/],
    ['https://platform.openai.com/api-keys', 'This is a web address, not a key.'],
  ] as const) {
    it(`is refused as ${JSON.stringify(pasted)}`, () => {
      assert.throws(() => read(pasted), { name: 'ConfigurationError', where: { field: 'apiKey' }, message: said });
    });
  }

  it('may be left out where a server needs none', () => {
    assert.equal(read('', 'ollama'), undefined);
    assert.equal(read('  ', 'custom'), undefined);
  });

  it('of a Coding Plan begins with sk-sp-', () => {
    assert.equal(read('sk-sp-0123456789', 'coding-plan'), 'sk-sp-0123456789');
    assert.throws(() => read('sk-0123456789', 'coding-plan'), {
      message:
        'A Coding Plan key begins with "sk-sp-", this one does not. ' +
        'Copy it from the console of the plan; other keys belong under "API key".',
    });
  });

  it('is not repeated in a refusal', () => {
    for (const pasted of ['hidden-key with a space', 'hidden-key-of-another-plan']) {
      assert.throws(
        () => read(pasted, 'coding-plan'),
        (error) => !String(error).includes('hidden'),
      );
    }
  });
});
