import assert from 'node:assert/strict';

import { meantBy } from '../../../src/cli/suggestion';

const KNOWN = ['status', 'models', 'env', 'exec', 'login', 'logout'];

describe('what somebody may have meant', () => {
  for (const [word, meant] of [
    ['statsu', ['status']],
    ['STATUS', ['status']],
    ['model', ['models']],
    ['log', ['login', 'logout']],
    ['lgoin', ['login']],
    ['x', []],
    ['ev', ['env']],
    ['e', []],
    ['nonsense', []],
    ['', []],
  ] as const) {
    it(`is ${meant.join(' or ') || 'nothing'} by ${JSON.stringify(word)}`, () => {
      assert.deepEqual(meantBy(word, KNOWN), meant);
    });
  }
});
