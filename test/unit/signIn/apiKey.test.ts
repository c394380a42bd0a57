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
    ['sk-one\nsk-two', /holds a space, a line break/],
    ['sk-ключ', /a letter that no key has/],
    ['sk-012…789', /a letter that no key has/],
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
    assert.throws(() => read('sk-0123456789', 'coding-plan'), { message: /A Coding Plan key begins with "sk-sp-"/ });
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
