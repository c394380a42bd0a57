import assert from 'node:assert/strict';
import { redact } from '../../../src/core/base/redaction';
import {
  canBeKey,
  isKeyNotName,
  isMisplacedKey,
  isVariableName,
  looksLikeKey,
  mayBeSecret,
  quoted,
} from '../../../src/core/config/keyShape';
import { KEYS_OF_VENDORS } from '../../fakes/keysOfVendors';

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
    'rk-0123456789abcdefABCD',
    'hf_abcdefghijklmnopqrstuvwxyz0123456789',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl',
    ...Object.values(KEYS_OF_VENDORS).filter((one) => !/^\w+$/.test(one) || one.includes('_')),
  ]) {
    it(`is ${key}`, () => {
      assert.ok(looksLikeKey(key));
      assert.ok(looksLikeKey(`"${key}"`));
      assert.ok(canBeKey(key));
      assert.ok(isKeyNotName(key));
      assert.ok(isMisplacedKey(key));
      assert.ok(mayBeSecret(key));
      assert.equal(quoted(key), 'This');
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
    'sk-1234567',
    'risk-0123456789abcdef',
    'sk-0123456789abcdef!',
    'items-0123456789abcdef',
    'ms-0123456789abcdef!',
    'ms-0123456789abcde',
    'xai-0123456789abcde',
    'xai-abcdefghijklmnopqrst',
    'maxai-0123456789abcdefABCD',
    'xai-0123456789abcdefABCD!',
    'AIza0123456789abcdef0123456789',
    'xAIza0123456789abcdefABCDEF0123456789',
    'AIza0123456789abcdefABCDEF0123456789!',
    '00123456789abcdef0123456789abcdef.0123456789abCDEF',
    '0123456789abcdef0123456789abcdef.0123456789abCDEF0',
    '0123456789abcdef0123456789abcdef.0123456789abCDE',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9',
    'sk-ws-H',
    'rqsty-sk-0123456789',
    'bce-v3/ALTAK-0123456789',
    'AQ.0123456789',
    'heyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2ln',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2ln.bmF0',
    'eyJhbGc.eyJzdWIiOiJtZSJ9.c2ln',
    'the bearer sk-0123456789abcdef',
  ]) {
    it(`is not "${text}"`, () => assert.ok(!looksLikeKey(text)));
  }

  for (const text of [
    'your-api-key',
    'EMPTY',
    '1234567',
    'hunter2-schlüssel',
    'https://example.com',
    'two words here',
    'hunter2bearer 0123456789',
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
    ['', false],
    ['OPENAI_API_KEY=', false],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ_ABCDEFGHIJKLMNOPQRSTUVWXYZ', true],
    ['myKey', true],
    ['my.key', false],
    ['a4d55a8d778e5022fab701977c5d840b', false],
  ] as const) {
    it(`is ${is ? '' : 'not '}${name}`, () => assert.equal(isVariableName(name), is));
  }
});

describe('a key in the place of a name', () => {
  const RANDOM = 'a0123456789abcdef0123456789abcde';

  for (const [text, ofModel, ofVariable] of [
    [RANDOM, true, true],
    [`Bearer ${RANDOM}`, true, true],
    [`Bearer  ${RANDOM}`, true, true],
    ['ab0123456789abcdef0123456789abcd', true, true],
    ['MS-0123456789ABCDEF', true, true],
    [RANDOM.slice(1), false, true],
    [RANDOM.toUpperCase(), false, false],
    ['abcdefghijklmnopqrstuvwxyzabcdef', false, false],
    [`${RANDOM}-`, false, true],
    [`-${RANDOM}`, false, true],
    ['Qwen/Qwen3-Coder-480B-A35B-Instruct', false, true],
    ['ft:gpt-4o:acme::9Abc12De', false, true],
    ['hunter2-0123456', false, false],
    ['hunter2-01234567', false, true],
    ['hunter-abcdefghij', false, false],
    ['hunter2 0123456789', false, false],
    ['hunter2_0123456789', false, false],
    ['gpt-4o', false, false],
    ['ms-python', false, false],
    ['', false, false],
  ] as const) {
    it(`is ${ofModel ? '' : 'not '}${JSON.stringify(text)} for that of a model, ${ofVariable ? '' : 'not '}for that of a variable`, () => {
      assert.deepEqual([isKeyNotName(text), isMisplacedKey(text)], [ofModel, ofVariable]);
    });
  }
});

describe('what somebody wrote in the place of a name', () => {
  for (const [text, said] of [
    ['mars', '"mars"'],
    ['two words', '"two words"'],
    ['elsewhere', '"elsewhere"'],
    ['CAPITALS', '"CAPITALS"'],
    ['Ab1', '"Ab1"'],
    ['Hunt3rs', '"Hunt3rs"'],
    ['your-api-key-1', '"your-api-key-1"'],
    ['HunterSecret', 'This'],
    ['hunter-2', 'This'],
    ['my hunter-2 is', 'This'],
    ['sk-abcdefgh', 'This'],
  ] as const) {
    it(`is told of as ${said} where it is ${text}`, () => {
      assert.equal(quoted(text), said);
      assert.equal(quoted(text, 'It'), said === 'This' ? 'It' : said);
    });
  }
});
