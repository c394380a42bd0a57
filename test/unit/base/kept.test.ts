import assert from 'node:assert/strict';

import { Kept } from '../../../src/core/base/kept';

describe('what is kept of an object', () => {
  const source = {};
  let kept: Kept<object, object>;
  const made = (inputs: readonly unknown[], of: object = source) => kept.of(of, inputs, () => ({}));

  beforeEach(() => {
    kept = new Kept();
  });

  it('is made once while the inputs are the same', () => {
    assert.equal(made([1, 'a']), made([1, 'a']));
  });

  for (const [what, inputs] of [
    ['another', [1, 'b']],
    ['one more', [1, 'a', undefined]],
    ['one less', [1]],
  ] as const) {
    it(`is made again where an input is ${what}`, () => {
      assert.notEqual(made([1, 'a']), made(inputs));
    });
  }

  it('is that of no other object', () => {
    assert.notEqual(made([]), made([], {}));
  });
});
