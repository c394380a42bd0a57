import assert from 'node:assert/strict';

import { apiErrorOf } from '../../../src/core/gateway/apiError';

describe('an error of the gateway', () => {
  it('blames the body for depth only where the stack was too small', () => {
    const codes = ['Maximum call stack size exceeded', 'Invalid array length'].map((text) => {
      const { status, code } = apiErrorOf(new RangeError(text), String);
      return [status, code];
    });

    assert.deepEqual(codes, [
      [400, 'invalid_body'],
      [500, 'internal'],
    ]);
  });
});
