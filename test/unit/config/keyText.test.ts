import assert from 'node:assert/strict';

import { readKey } from '../../../src/core/config/keyText';

const KEY = 'sk-0123456789abcdef';

/** What a text comes to, with the key in plain. */
function inShort(text: string): string {
  const read = readKey(text);
  switch (read.kind) {
    case 'key':
      return read.key.reveal();
    case 'empty':
      return '(empty)';
    case 'placeholder':
      return `(${read.what})`;
    case 'unusable':
      return read.why;
  }
}

describe('the key in a text', () => {
  for (const text of [
    KEY,
    ` ${KEY}\n`,
    `"${KEY}",`,
    `${KEY} # mine`,
    `export OPENAI_API_KEY=${KEY}`,
    `set OPENAI_API_KEY=${KEY}`,
    `set \tOPENAI_API_KEY=${KEY}`,
    `declare -x OPENAI_API_KEY="${KEY}"`,
    `const apiKey = '${KEY}';`,
    `let apiKey='${KEY}'`,
    `var apiKey  =  "${KEY}"`,
    `$env:OPENAI_API_KEY = "${KEY}"`,
    `"OPENAI_API_KEY"="${KEY}"`,
    `'_a1'='${KEY}'`,
    `--api-key=${KEY}`,
    `--openai-api-key   ${KEY}`,
    `--key ${KEY}`,
    `--key \t${KEY}`,
    `--token "${KEY}"`,
    `-H "Authorization: Bearer ${KEY}"`,
    `--header 'api-key:${KEY}'`,
    `Proxy-Authorization : Bearer   ${KEY}`,
    `authorization: token ${KEY}`,
    `"apiKey": "${KEY}",`,
    `secret: ${KEY}`,
    `密钥：${KEY}`,
    `密匙: ${KEY}`,
    `秘钥:${KEY}`,
    `令牌 : ${KEY}`,
    `Bearer ${KEY}`,
    `Bearer \t${KEY}`,
    `export OPENAI_API_KEY='"Authorization: Bearer ${KEY}"'`,
    `${KEY}\\n`,
    `\\"${KEY}\\"`,
    `\\'${KEY}\\',`,
    `"${KEY}\\r\\n\\t"`,
    `<${KEY}>`,
    `(${KEY})`,
    `[${KEY}]`,
    `{${KEY}}`,
    ...['\u2010', '\u2011', '\u2012', '\u2013', '\u2212'].map((hyphen) => KEY.replace('-', hyphen)),
  ]) {
    it(`is found in ${JSON.stringify(text)}`, () => assert.equal(inShort(text), KEY));
  }

  for (const key of [
    'c29tZUJhc2U2NGtleQ==',
    'c29tZUJhc2U2NGtleQ=',
    'name:0123456789abcdef',
    '0123456789abcdef:export',
    'token0123456789abcdef',
    'hunter2\\n0123456789',
    '(hunter2-0123456789)',
    'hunter2-bearer-0123456789',
    '0123456789-bearer',
    'bearer-0123456789',
    'hunter2--key=0123456789',
    'hunter2.token:0123456789',
    `hunter2(${KEY})`,
    `(${KEY})hunter2`,
    'a//0123456789',
    '0123456789?u=https://example.com',
    '!~0123456789',
  ]) {
    it(`is the whole of ${key}`, () => assert.equal(inShort(key), key));
  }

  for (const text of ['', ' \u200b', '""', '"\\n"', 'Bearer ', 'Authorization: Bearer']) {
    it(`is none where there is nothing but what is around it: ${JSON.stringify(text)}`, () =>
      assert.equal(inShort(text), '(empty)'));
  }

  for (const [text, what] of [
    ['OPENAI_API_KEY=your-api-key', '(example)'],
    ['Bearer $OPENAI_API_KEY', '(reference)'],
    ['sk-0123••••••••', '(masked)'],
  ] as const) {
    it(`is none where ${text} stands for it`, () => assert.equal(inShort(text), what));
  }

  for (const address of ['https://example.com/v1', 'HTTP://example.com', '//example.com/sk-0123456789abcdef']) {
    it(`is not the address ${address}`, () => assert.equal(inShort(address), 'This is a web address, not a key.'));
  }

  for (const [text, what] of [
    ['sk-01234 56789abcdef', 'a space or a line break'],
    ['sk-01234\n56789abcdef', 'a space or a line break'],
    ['hunter2set 0123456789', 'a space or a line break'],
    ['hunter2token 0123456789', 'a space or a line break'],
    ['sk-01234\u043556789', 'the character "\u0435" (U+0435)'],
    ['sk-01234\u{1f511}56789', 'the character "\u{1f511}" (U+1F511)'],
    ['sk-01234\u000156789', 'the character U+0001'],
    ['sk-01234\u007f56789', 'the character U+007F'],
  ] as const) {
    it(`is none with ${what} in it, of which nothing else is told`, () =>
      assert.equal(inShort(text), `The key holds ${what}, which no key has. Copy it again, the key alone.`));
  }

  it('has at most as many characters as a header', () => {
    assert.equal(inShort('k'.repeat(8192)), 'k'.repeat(8192));
    assert.equal(inShort('k'.repeat(8193)), 'This is longer than any key. Copy it again, the key alone.');
  });
});
