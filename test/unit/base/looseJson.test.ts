import assert from 'node:assert/strict';

import { looseJson } from '../../../src/core/base/looseJson';
import { processorMs } from '../../processorTime';

describe('JSON as servers write it', () => {
  for (const [text, value] of [
    ['{"a":1}', { a: 1 }],
    [' ["a\nb"] ', ['a\nb']],
    ['{"a":"b\u001b[1m\tc"}', { a: 'b\u001b[1m\tc' }],
    [String.raw`{"a":"b\_c"}`, { a: String.raw`b\_c` }],
    ['{"a":[1,],}', { a: [1] }],
    ['{"a":NaN,"b":[-Infinity],"c":"NaN"}', { a: null, b: [null], c: 'NaN' }],
    ['"a"', 'a'],
    ['null', null],
    ['a\tb', undefined],
    ['{"a":', undefined],
    ['{"a":1}{"b":2}', undefined],
    ['', undefined],
  ] as const) {
    it(`is ${JSON.stringify(value)}: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(looseJson(text), value);
    });
  }

  for (const [what, text] of [
    ['is cut off within a long text', `{"a":NaN,"b":"${String.raw`\"`.repeat(100_000)}`],
    ['has many tokens that mark an end', `{"a":"${'<|a|> '.repeat(20_000)}`],
  ] as const) {
    it(`is told apart quickly from what ${what}`, () => {
      const start = processorMs();

      assert.equal(looseJson(`${text}x`), undefined);
      assert.ok(processorMs() - start < 1000);
    });
  }
});
