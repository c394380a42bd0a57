import assert from 'node:assert/strict';
import { format, inspect } from 'node:util';

import { Secret } from '../../../src/core/base/secret';

const KEY = 'plain-words-without-a-shape';

describe('secret', () => {
  const secret = new Secret(KEY);
  for (const [how, text] of [
    ['String', String(secret)],
    ['a joined list', [secret, secret].join(' ')],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['format', format('%s %o %j', secret, secret, secret)],
    ['an error', inspect(Object.assign(new Error('x'), { secret }), { depth: 9, showHidden: true })],
    ['its own properties', JSON.stringify(Object.entries(secret))],
    ['a copy', JSON.stringify(Object.assign({}, secret))],
  ]) {
    it(`does not print itself in ${how}`, () => {
      assert.doesNotMatch(text ?? '', /plain-words/);
    });
  }

  it('is told by its last four characters', () => {
    assert.equal(new Secret('sk-012345678').last4, '5678');
  });

  it('hides even those where it is short', () => {
    assert.equal(new Secret('sk-01234567').last4, '');
  });

  it('equals one with the same characters alone', () => {
    assert.deepEqual(
      [new Secret(KEY), new Secret('x'), undefined].map((other) => secret.equals(other)),
      [true, false, false],
    );
  });
});
