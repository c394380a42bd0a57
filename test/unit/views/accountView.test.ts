import assert from 'node:assert/strict';
import { accountView } from '../../../src/core/views/accountView';
import { Secret } from '../../../src/core/base/secret';
import type { Account } from '../../../src/core/credentials/account';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { snapshot } from '../../fakes/snapshots';

/** The buttons of an account: what may mend it, and the way to another key. */
const buttons = (account: Account) => {
  const { actions, replace } = accountView(account, snapshot());
  return { mend: actions.map(({ label }) => label), replace: replace?.intent };
};

describe('the row of an account', () => {
  it('leads to the form of its place for another key while its key is good', () => {
    const intent = { type: 'showMethod', method: 'coding-plan', provider: 'coding-plan', region: 'china' };
    assert.deepEqual(buttons(keyAccount()), { mend: [], replace: intent });
  });

  it('says so in words where the key is refused, and not twice', () => {
    assert.deepEqual(buttons(keyAccount({ status: 'refused' })), { mend: ['Replace key…'], replace: undefined });
  });

  it('has no key to replace where there is none', () => {
    for (const account of [oauthAccount(), keyAccount({ key: undefined })])
      assert.equal(buttons(account).replace, undefined);
  });

  it('has the address apart from the ending of the key', () => {
    const { detail, address } = accountView(keyAccount({ key: new Secret('sk-sp-0123456789-wxyz') }), snapshot());
    assert.deepEqual([detail, address], ['key ends in wxyz', 'coding.dashscope.aliyuncs.com/v1']);
  });
});
