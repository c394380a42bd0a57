import assert from 'node:assert/strict';

import { saveAccount } from '../../../src/core/credentials/accountStore';
import { moveRecords } from '../../../src/core/credentials/moveRecords';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memorySecretStore';

const OAUTH = 'account/qwen-oauth';

describe('move of records', () => {
  let from: MemorySecretStore;
  let to: MemorySecretStore;

  beforeEach(async () => {
    from = createMemorySecretStore();
    to = createMemorySecretStore();
    await saveAccount(from, oauthAccount({}, 1000));
  });

  /** The record of a sign-in whose access token ends then. */
  async function recordOf(end: number): Promise<string> {
    const store = createMemorySecretStore();
    const { tokens } = oauthAccount({}, end);
    await saveAccount(store, oauthAccount({ tokens: { ...tokens, accessToken: new Secret(`ends at ${end}`) } }));
    return store.entries.get(OAUTH) ?? '';
  }

  it('takes every account along, and leaves the rest', async () => {
    await saveAccount(from, keyAccount());
    from.entries.set('vault/key', 'the key');
    const records = [...from.entries].filter(([key]) => key.startsWith('account/'));
    await moveRecords(from, to);

    for (const [key, record] of records) assert.equal(to.entries.get(key), record);
    assert.deepEqual([...from.entries.keys()], ['vault/key']);
  });

  it('touches nothing where there is nothing to move', async () => {
    from.entries.clear();
    to.mood = 'locked';

    await moveRecords(from, to);
  });

  it('does not bring back what was moved and forgotten', async () => {
    const record = from.entries.get(OAUTH) ?? '';
    await moveRecords(from, to);
    to.entries.delete(OAUTH);
    from.entries.set(OAUTH, record);
    await moveRecords(from, to);

    assert.equal(to.entries.has(OAUTH), false);
    assert.equal(from.entries.size, 0);
  });

  it('takes a sign-in that an earlier version made since', async () => {
    await moveRecords(from, to);
    to.entries.delete(OAUTH);
    const later = await recordOf(2000);
    from.entries.set(OAUTH, later);
    await moveRecords(from, to);

    assert.equal(to.entries.get(OAUTH), later);
  });

  for (const [what, end] of [
    ['takes', 3000],
    ['leaves', 1000],
  ] as const) {
    it(`${what} a sign-in whose token ends ${end > 2000 ? 'later' : 'earlier'} than the one that is there`, async () => {
      const there = await recordOf(2000);
      const other = await recordOf(end);
      to.entries.set(OAUTH, there);
      from.entries.set(OAUTH, other);
      await moveRecords(from, to);

      assert.equal(to.entries.get(OAUTH), end > 2000 ? other : there);
    });
  }

  it('loses nothing where the other store fails', async () => {
    to.mood = 'locked';

    await assert.rejects(moveRecords(from, to));
    assert.equal(from.entries.has(OAUTH), true);
  });
});
