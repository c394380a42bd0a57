import assert from 'node:assert/strict';

import { type AccountStatus, firstAccount, isUsable } from '../../../src/core/credentials/account';
import { keyAccount } from '../../fakes/accounts';

describe('an account', () => {
  for (const [status, expected] of [
    ['verified', true],
    ['unverified', true],
    ['offline', false],
    ['ended', false],
    ['refused', false],
  ] as const) {
    it(`${expected ? 'signs' : 'does not sign'} requests while it is ${status}`, () => {
      assert.equal(isUsable(keyAccount({ status })), expected);
    });
  }

  const of = (...statuses: readonly AccountStatus[]) =>
    firstAccount(statuses.map((status, index) => keyAccount({ id: String(index), status })))?.id;

  it('counts first where it works, else where it stands first', () => {
    assert.deepEqual([of(), of('refused', 'verified', 'verified'), of('refused', 'ended')], [undefined, '1', '0']);
  });
});
