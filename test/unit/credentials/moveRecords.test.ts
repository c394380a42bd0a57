import assert from 'node:assert/strict';

import { saveAccount } from '../../../src/core/credentials/accountStore';
import { moveRecords } from '../../../src/core/credentials/moveRecords';
import type { SecretStore } from '../../../src/core/base/ports';
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

  it('is done under a lock of its own, where the other store is shared', async () => {
    const held: string[] = [];
    const shared: SecretStore = {
      ...to,
      locked: async (work, key) => {
        held.push(key);
        return await work();
      },
    };
    await moveRecords(from, shared);

    assert.deepEqual([held, from.entries.size], [['moved'], 0]);
    await moveRecords(from, shared);
    assert.deepEqual(held, ['moved'], 'there is nothing to move any more');
  });

  it('leaves out what is gone by then', async () => {
    await moveRecords({ ...from, get: async () => undefined }, to);

    assert.equal(to.entries.size, 0);
  });

  it('leaves the key that is there', async () => {
    const key = (last4: string) => keyAccount({ key: new Secret(`sk-sp-0123456789-${last4}`) });
    await saveAccount(from, key('old1'));
    await saveAccount(to, key('new2'));
    await moveRecords(from, to);

    assert.match(to.entries.get('account/coding-plan/china') ?? '', /new2/);
    assert.equal(from.entries.size, 0);
  });

  it('leaves what is there where neither can be read', async () => {
    from.entries.set('account/x', 'no record');
    to.entries.set('account/x', 'none either');
    await moveRecords(from, to);

    assert.equal(to.entries.get('account/x'), 'none either');
  });

  it('takes the same key for another place along', async () => {
    const record = JSON.stringify({ key: 'the same' });
    from.entries.set('account/a', record);
    from.entries.set('account/b', record);
    await moveRecords(from, to);

    assert.deepEqual([to.entries.get('account/a'), to.entries.get('account/b')], [record, record]);
  });

  for (const broken of ['', 'no JSON', '{}', '[7]']) {
    it(`goes on where ${JSON.stringify(broken)} tells what was moved`, async () => {
      to.entries.set('moved', broken);
      await moveRecords(from, to);

      assert.ok(to.entries.has(OAUTH));
      assert.match(to.entries.get('moved') ?? '', /^\["[0-9a-f]{64}"\]$/);
    });
  }

  it('loses nothing where the other store fails', async () => {
    to.mood = 'locked';

    await assert.rejects(moveRecords(from, to));
    assert.equal(from.entries.has(OAUTH), true);
  });
});
