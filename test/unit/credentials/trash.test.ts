import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import type { Account } from '../../../src/core/credentials/account';
import { findAccount, saveAccount } from '../../../src/core/credentials/accountStore';
import { QwenCredentials } from '../../../src/core/credentials/qwenCredentials';
import { SharedSignIn } from '../../../src/core/credentials/sharedSignIn';
import { secretOf } from '../../../src/core/credentials/openAccess';
import { hasSameSecret, Trash } from '../../../src/core/credentials/trash';
import { Vault } from '../../../src/core/credentials/vault';
import { systemClock } from '../../../src/core/base/clock';
import type { SecretStore } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memorySecretStore';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

const ID = 'coding-plan/china';
const [OLD, NEW] = ['sk-sp-0123456789-old1', 'sk-sp-0123456789-new2'].map((key) =>
  keyAccount({ key: new Secret(key) }),
);

const UNDO_MS = 30_000;

describe('the trash of accounts', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let vault: Vault;
  let trash: Trash;
  /** What the system's keychain holds. */
  let key: string | undefined;
  let destroyed: (readonly [id: string, account: Account | undefined])[];
  let open: { dispose(): void }[];
  const going = new AbortController().signal;

  const openVault = (): Vault => {
    const keychain = { get: async () => key, store: async (made: string) => void (key = made) };
    const opened = new Vault(folder.at('vault'), { files: folder.files, clock: systemClock, keychain });
    open.push(opened);
    return opened;
  };
  const openTrash = (secrets: SecretStore, undoMs = UNDO_MS): Trash => {
    const beforeDestroyed = async (id: string, account: Account | undefined): Promise<void> =>
      void destroyed.push([id, account]);
    const opened = new Trash({ secrets, clock, undoMs, beforeDestroyed });
    open.push(opened);
    return opened;
  };
  const last4 = async (secrets: SecretStore = vault): Promise<string | undefined> => {
    const account = await findAccount(secrets, ID);
    return account?.method === 'qwen-oauth' ? undefined : account?.key?.last4;
  };
  /** Resolves when the store holds so many entries. */
  const holds = async (entries: number): Promise<void> => {
    while ((await vault.keys()).length !== entries) await new Promise(setImmediate);
  };

  beforeEach(async () => {
    folder = createTemporaryFolder();
    clock = new ManualClock();
    [key, destroyed, open] = [undefined, [], []];
    vault = openVault();
    trash = openTrash(vault);
    await saveAccount(vault, OLD ?? keyAccount());
  });
  afterEach(() => {
    for (const one of open) one.dispose();
    folder.remove();
  });

  it('takes an account out of use in every window at once', async () => {
    const other = openVault();
    await trash.discard(ID);

    assert.equal(await last4(other), undefined);
    assert.deepEqual(destroyed, []);
  });

  it('restores it as it was', async () => {
    const { name } = (await trash.discard(ID)) ?? { name: '' };
    await trash.restore(name);

    assert.equal(await last4(), 'old1');
    assert.deepEqual(await vault.keys(), [`account/${ID}`]);
  });

  it('destroys it when its time is over', async () => {
    await trash.discard(ID);
    await trash.follow();
    await clock.nextSleep();
    clock.advance(UNDO_MS - 1);
    assert.equal((await vault.keys()).length, 1);
    clock.advance(1);

    await holds(0);
    assert.deepEqual(destroyed[0]?.[0], ID);
  });

  it('waits for nothing that is gone', async () => {
    await trash.discard(ID);
    await trash.follow();
    await clock.nextSleep();

    await trash.empty();

    assert.equal(clock.sleepers, 0);
  });

  it('restores nothing after that', async () => {
    const { name } = (await trash.discard(ID)) ?? { name: '' };
    await trash.empty();

    assert.equal(await trash.restore(name), undefined);
    assert.equal(await last4(), undefined);
  });

  it('is emptied by the next window where one was killed', async () => {
    await trash.discard(ID);
    clock.advance(UNDO_MS);
    await openTrash(openVault()).follow();

    await holds(0);
  });

  it('leaves to another window what that may still restore', async () => {
    await trash.discard(ID);
    const other = openTrash(openVault());
    await other.follow();
    await other.empty();

    assert.equal((await vault.keys()).length, 1);
  });

  it('is emptied by one window, whichever is first', async () => {
    await trash.discard(ID);
    const others = [openTrash(openVault()), openTrash(openVault())];
    clock.advance(UNDO_MS);
    await Promise.all([trash, ...others].map((one) => one.follow()));
    await holds(0);

    assert.equal(destroyed.length, 1);
  });

  it('keeps the record until all is done that comes before its end', async () => {
    let told = (): void => undefined;
    const telling = new Promise<void>((resolve) => (told = resolve));
    const slow = new Trash({ secrets: vault, clock, undoMs: UNDO_MS, beforeDestroyed: () => telling });
    open.push(slow);
    await slow.discard(ID);
    const emptying = slow.empty();
    assert.equal((await vault.keys()).length, 1);
    told();
    await emptying;

    assert.deepEqual(await vault.keys(), []);
  });

  it('destroys at once where nobody could restore it', async () => {
    assert.equal(await openTrash(vault, 0).discard(ID), undefined);

    assert.deepEqual(await vault.keys(), []);
    assert.equal(destroyed[0]?.[1]?.id, ID);
  });

  it('destroys at once what does not fit in twice', async () => {
    const resourceUrl = 'https://models.example.com/'.padEnd(450_000, 'x');
    const { tokens } = oauthAccount();
    await saveAccount(vault, oauthAccount({ tokens: { ...tokens, resourceUrl } }));

    assert.equal(await trash.discard('qwen-oauth'), undefined);
    assert.equal(await findAccount(vault, 'qwen-oauth'), undefined);
  });

  it('holds what cannot be read, too', async () => {
    await vault.store('account/newer', '{"from":"a newer version"}');
    const { name, account } = (await trash.discard('newer')) ?? { name: '' };
    await trash.restore(name);

    assert.equal(account, undefined);
    assert.equal(await vault.get('account/newer'), '{"from":"a newer version"}');
  });

  it('is cleared of what is none of its records', async () => {
    await vault.store('trash/odd', 'no JSON');
    await trash.follow();

    await holds(1);
  });

  it('takes a key that a new one replaces, and gives it back', async () => {
    const replaced = await trash.replace(NEW ?? keyAccount(), going);
    assert.equal(await last4(), 'new2');

    const restored = await trash.restore(replaced?.name ?? '');
    assert.equal(await last4(), 'old1');
    await trash.restore(restored?.replaced?.name ?? '');
    assert.equal(await last4(), 'new2');
  });

  it('takes nothing where the same key is stored again', async () => {
    assert.equal(await trash.replace({ ...keyAccount(), ...OLD, status: 'unverified' }, going), undefined);
    assert.equal((await vault.keys()).length, 1);
  });

  it('takes nothing of a sign-in that has ended', async () => {
    await saveAccount(vault, oauthAccount({ status: 'ended' }));
    const tokens = { ...oauthAccount().tokens, accessToken: new Secret('another-access-token') };

    assert.equal(await trash.replace(oauthAccount({ tokens }), going), undefined);
  });

  it('leaves everything as it was where the new sign-in is called off', async () => {
    const called = new AbortController();
    const replacing = trash.replace(NEW ?? keyAccount(), called.signal);
    called.abort();

    await assert.rejects(replacing, { name: 'Cancelled' });
    assert.equal(await last4(), 'old1');
    assert.deepEqual(await vault.keys(), [`account/${ID}`]);
  });

  it("restores Qwen Code's sign-in to its file, and the one that was hidden by it to the keychain", async () => {
    const qwenCode = new QwenCredentials(folder.at('.qwen'), { files: folder.files, clock: systemClock });
    const shared = new SharedSignIn(vault, qwenCode);
    open.push(shared);
    const named = (name: string) =>
      oauthAccount({ tokens: { ...oauthAccount().tokens, accessToken: new Secret(`access-${name}`) } });
    await saveAccount(vault, named('ours'));
    await saveAccount(qwenCode, named('theirs'));
    await shared.share(true);
    const of = openTrash(shared);
    const { name } = (await of.discard('qwen-oauth')) ?? { name: '' };
    assert.equal(await findAccount(vault, 'qwen-oauth'), undefined);

    await of.restore(name);

    assert.match(readFileSync(qwenCode.file, 'utf8'), /access-theirs/);
    await shared.share(false);
    assert.match((await shared.get('account/qwen-oauth')) ?? '', /access-ours/);
  });
});

describe('the trash of a store', () => {
  const account = keyAccount();
  const RECORD = `account/${ID}`;
  const another = keyAccount({ key: new Secret('sk-sp-0123456789-new2') });
  let secrets: MemorySecretStore;
  let clock: ManualClock;
  let told: (readonly [id: string, account: string | undefined])[];
  let failures: unknown[];
  const going = new AbortController().signal;

  const openTrash = (store: SecretStore = secrets, undoMs = UNDO_MS): Trash => {
    const beforeDestroyed = async (id: string, last: Account | undefined): Promise<void> =>
      void told.push([id, last && secretOf(last)?.last4]);
    const trash = new Trash({ secrets: store, clock, undoMs, beforeDestroyed });
    trash.onDidFail((error) => failures.push(error));
    return trash;
  };
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  };
  /** A lock that is given to one piece of work after the other. */
  const oneAfterAnother = (): NonNullable<SecretStore['locked']> => {
    let turn: Promise<unknown> = Promise.resolve();
    return async (work) => {
      const done = turn.then(work);
      turn = done;
      return await done;
    };
  };
  const trashed = (): readonly string[] => [...secrets.entries.keys()].filter((key) => key.startsWith('trash/'));

  beforeEach(async () => {
    secrets = createMemorySecretStore();
    clock = new ManualClock();
    [told, failures] = [[], []];
    await saveAccount(secrets, account);
  });

  it('touches nothing that is in use, nor anything of others', async () => {
    secrets.entries.set('another', 'not ours');
    let changes = 0;
    secrets.onDidChange(() => (changes += 1));
    await openTrash().follow();
    await settled();

    assert.equal(changes, 0);
  });

  it('is waited for once, however often one looks', async () => {
    let sleeps = 0;
    const sleep: ManualClock['sleep'] = (ms, signal) => (
      (sleeps += 1),
      ManualClock.prototype.sleep.call(clock, ms, signal)
    );
    const trash = openTrash();
    await trash.discard(ID);
    Object.assign(clock, { sleep });
    for (const _ of [1, 2, 3]) {
      await trash.follow();
      await settled();
    }

    assert.equal(sleeps, 1);
  });

  it('destroys nothing once its window is closed', async () => {
    const trash = openTrash();
    await trash.discard(ID);
    await trash.follow();
    await clock.nextSleep();
    trash.dispose();
    clock.advance(UNDO_MS);
    await settled();

    assert.deepEqual([trashed().length, told, failures], [1, [], []]);
  });

  it('says where an account cannot be destroyed in time, and tries again at the next change', async () => {
    const trash = openTrash();
    await trash.discard(ID);
    clock.advance(UNDO_MS);
    secrets.mood = 'locked';
    await trash.follow();
    assert.deepEqual(failures, []);
    secrets.mood = 'well';
    const failing = openTrash({ ...secrets, delete: () => Promise.reject(new Error('full')) });
    await failing.follow();
    await settled();
    assert.deepEqual(failures.map(String), ['Error: full']);
    await failing.follow();
    await settled();

    assert.equal(failures.length, 2);
  });

  it('says nothing where its window is closed before an account could not be destroyed', async () => {
    await openTrash().discard(ID);
    clock.advance(UNDO_MS);
    let fail: (error: Error) => void = () => undefined;
    const failing = openTrash({ ...secrets, delete: () => new Promise((_, reject) => (fail = reject)) });
    await failing.follow();
    await settled();
    failing.dispose();
    fail(new Error('full'));
    await settled();

    assert.deepEqual(failures, []);
  });

  it('waits for nothing any more once all is restored, and has nothing to destroy then', async () => {
    const trash = openTrash();
    const { name } = (await trash.discard(ID)) ?? { name: '' };
    await trash.follow();
    await clock.nextSleep();
    await trash.restore(name);
    let changes = 0;
    secrets.onDidChange(() => (changes += 1));
    await trash.empty();
    await settled();

    assert.deepEqual([failures, changes, told], [[], 0, []]);
  });

  it('is destroyed by one of all whose time is over', async () => {
    await openTrash().discard(ID);
    clock.advance(UNDO_MS);
    const locked = oneAfterAnother();
    await Promise.all([1, 2].map(() => openTrash({ ...secrets, locked }).follow()));
    await settled();

    assert.deepEqual([told, trashed()], [[[ID, 'abcd']], []]);
  });

  it('is restored by one of all who try', async () => {
    const trash = openTrash();
    const { name } = (await trash.discard(ID)) ?? { name: '' };
    const locked = oneAfterAnother();
    const tries = await Promise.all([1, 2].map(() => openTrash({ ...secrets, locked }).restore(name)));

    assert.deepEqual(
      tries.map((one) => one?.account?.id),
      [ID, undefined],
    );
  });

  it('gives back what it took, by name', async () => {
    const discarded = await openTrash().discard(ID);
    assert.deepEqual([discarded?.account?.id, trashed()], [ID, [`trash/${discarded?.name ?? ''}`]]);
    const restored = await openTrash().restore(discarded?.name ?? '');

    assert.deepEqual([restored?.account?.id, restored?.replaced], [ID, undefined]);
  });

  it('holds nothing of an account that is not there, or cannot be reached', async () => {
    assert.equal(await openTrash().discard('nobody'), undefined);
    assert.equal(await openTrash().replace(keyAccount({ id: 'new' }), going), undefined);
    const unreadable = { ...secrets, get: () => Promise.reject(new Error('broken')) };
    assert.equal(await openTrash(unreadable).discard(ID), undefined);

    assert.deepEqual([...secrets.entries.keys()], ['account/new']);
  });

  it('fails as the store does, and then leaves the account in use', async () => {
    const full = {
      ...secrets,
      store: (key: string, text: string) =>
        key.startsWith('trash/') ? Promise.reject(new RangeError('full')) : secrets.store(key, text),
    };

    await assert.rejects(openTrash(full).discard(ID), RangeError);
    assert.ok(secrets.entries.has(RECORD));
  });

  for (const [what, before, stored, expected] of [
    ['of a key that a new one replaces', account, another, [[ID, 'abcd']]],
    ['of nothing where the same key is stored again', account, keyAccount({ status: 'refused' }), []],
    ['of nothing where a key that ended is replaced', keyAccount({ status: 'ended' }), another, []],
    ['of a server without a key that gets one', keyAccount({ key: undefined }), another, [[ID, undefined]]],
  ] as const) {
    it(`tells the server at once ${what}, where nobody could restore it`, async () => {
      await saveAccount(secrets, before);

      assert.equal(await openTrash(secrets, 0).replace(stored, going), undefined);
      assert.deepEqual([told, trashed()], [expected, []]);
    });
  }

  it('tells nobody of a key that a new one replaces while that can be undone', async () => {
    await openTrash().replace(another, going);

    assert.deepEqual([told, trashed().length], [[], 1]);
  });

  describe('where a new sign-in is called off while it is stored', () => {
    /** Replaces the account, calls it off as soon as that is written, and does something once it was read back. */
    const callOff = async (meanwhile: () => void = () => undefined): Promise<unknown> => {
      const calling = new AbortController();
      let isRead = false;
      const store: SecretStore = {
        ...secrets,
        store: async (key, text) => {
          await secrets.store(key, text);
          if (key === RECORD) calling.abort();
        },
        get: async (key) => {
          const text = await secrets.get(key);
          if (key !== RECORD || isRead || !calling.signal.aborted) return text;
          isRead = true;
          meanwhile();
          return text;
        },
      };
      return await openTrash(store).replace(another, calling.signal);
    };
    const last4 = async () => {
      const found = await findAccount(secrets, ID);
      return found && secretOf(found)?.last4;
    };

    it('is as before', async () => {
      await assert.rejects(callOff(), { name: 'Cancelled' });

      assert.deepEqual([await last4(), trashed(), told], ['abcd', [], []]);
    });

    it('has nothing where there was nothing', async () => {
      secrets.entries.clear();
      await assert.rejects(callOff(), { name: 'Cancelled' });

      assert.deepEqual([...secrets.entries.keys()], []);
    });

    it('has nothing where it was signed out of meanwhile', async () => {
      await assert.rejects(
        callOff(() => secrets.entries.delete(RECORD)),
        { name: 'Cancelled' },
      );

      assert.deepEqual([...secrets.entries.keys()], []);
    });

    it('has again what could not be read', async () => {
      secrets.entries.set(RECORD, '{"from":"a newer version"}');
      await assert.rejects(callOff(), { name: 'Cancelled' });

      assert.deepEqual([...secrets.entries], [[RECORD, '{"from":"a newer version"}']]);
    });
  });
});

describe('whether two accounts have the same secret', () => {
  const key = keyAccount();
  const token = oauthAccount();
  for (const [what, one, other, expected] of [
    ['the same key', key, keyAccount({ id: 'another' }), true],
    ['another key', key, keyAccount({ key: new Secret('another') }), false],
    ['a key and none', key, keyAccount({ key: undefined }), false],
    ['none and a key', keyAccount({ key: undefined }), key, false],
    ['none and none', keyAccount({ key: undefined }), keyAccount({ key: undefined }), true],
    ['the same token', token, oauthAccount({ status: 'ended' }), true],
    ['a token and a key', token, key, false],
  ] as const) {
    it(`is ${String(expected)} for ${what}`, () => {
      assert.equal(hasSameSecret(one, other), expected);
    });
  }
});
