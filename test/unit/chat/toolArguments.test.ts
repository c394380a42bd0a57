import assert from 'node:assert/strict';

import { toolArguments } from '../../../src/core/chat/toolArguments';
import { processorMs } from '../../processorTime';

const B = '\\';
const inStrings = (times: number): string => (times === 0 ? '{"a":1}' : JSON.stringify(inStrings(times - 1)));

describe('the arguments of a call', () => {
  for (const [text, input] of [
    ['{"a":1', { a: 1 }],
    ['{"a":[1,[2]]', { a: [1, [2]] }],
    ['{"a":"x","b":{"c":"}"}', { a: 'x', b: { c: '}' } }],
    [`{"a":"${B}"}","b":true`, { a: '"}', b: true }],
    ['{"a":""}}', { a: '' }],
    [`{"a":"${B}${B}"}}`, { a: B }],
    ['{"a":{"b":1}}}] }\n', { a: { b: 1 } }],
    [" { 'a': None, 'b': True, 'c': False, 'd': 'None' }", { a: null, b: true, c: false, d: 'None' }],
    ['{"a" {"a":1}', { a: 1 }],
    ['{"a":1} {} {"a":1}', { a: 1 }],
    ['{"a":1}null', { a: 1 }],
    ['{"a":[1]}{}', { a: [1] }],
    ['{"a":"{"}{}', { a: '{' }],
    [`{}{"a":"${B}"{"}`, { a: '"{' }],
    ['{"a":"]"}{}', { a: ']' }],
    [inStrings(3), { a: 1 }],
  ] as const) {
    it(`are read from ${text}`, () => {
      assert.deepEqual(toolArguments([text]), input);
    });
  }

  for (const text of [
    '{',
    '{"a":{',
    '{"a":{"b":1',
    '{"a":"b',
    '{"a":1} and more',
    '{"a":1}x',
    '{"a":1}{"b":2}',
    '[{"a":1}]',
    `{'a': "b"}`,
    inStrings(4),
    '1',
  ]) {
    it(`are not read from ${text}`, () => {
      assert.equal(toolArguments([text]), undefined);
    });
  }

  it('get no end where the model ran out of tokens', () => {
    assert.equal(toolArguments(['{"a":1'], true), undefined);
    assert.deepEqual(toolArguments(['{"a":1}'], true), { a: 1 });
  });

  it('are the last of several pieces where each says all again', () => {
    assert.deepEqual(toolArguments(['{"a"', '{"a":"b', '{"a":"b"}']), { a: 'b' });
  });

  it('are not looked for without end where each part begins as the whole', () => {
    const begun = processorMs();

    assert.equal(toolArguments(['{"a":'.repeat(50_000)]), undefined);
    assert.ok(processorMs() - begun < 1000);
  });
});
