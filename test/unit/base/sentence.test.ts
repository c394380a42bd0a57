import assert from 'node:assert/strict';

import { sentence } from '../../../src/core/base/sentence';

describe('sentence', () => {
  for (const [text, expected] of [
    ['it is busy', 'it is busy.'],
    ['it is busy.', 'it is busy.'],
    ['Too many requests!', 'Too many requests!'],
    ['请稍后再试。', '请稍后再试。'],
    ['he said "no."', 'he said "no."'],
    ['wait…', 'wait…'],
  ] as const) {
    it(`ends once as ${expected}`, () => {
      assert.equal(sentence(text), expected);
    });
  }
});
