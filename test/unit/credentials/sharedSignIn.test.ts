import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { systemClock } from '../../../src/core/base/clock';
import { AccessTokens } from '../../../src/core/credentials/accessTokens';
import type { OAuthAccount } from '../../../src/core/credentials/account';
import {
  deleteAccount,
  findAccount,
  listAccounts,
  OAUTH_RECORD,
  saveAccount,
} from '../../../src/core/credentials/accountStore';
import { QwenCredentials } from '../../../src/core/credentials/qwenCredentials';
import { SharedSignIn } from '../../../src/core/credentials/sharedSignIn';
import { parseJson, stringIn } from '../../../src/core/base/json';
import { QWEN_CLIENT } from '../../../src/core/oauth/authorizationServer';
import type { Files, SecretStore } from '../../../src/core/base/ports';
import { Vault } from '../../../src/core/credentials/vault';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memorySecretStore';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';

/** A sign-in by the name of its tokens. */
const signedIn = (name: string, expiresAt?: number): OAuthAccount => {
  const tokens = {
    ...oauthAccount({}, expiresAt).tokens,
    accessToken: new Secret(`access-${name}`),
    refreshToken: new Secret(`refresh-${name}`),
  };
  return oauthAccount({ tokens, clientId: QWEN_CLIENT.clientId });
};

describe('a sign-in that may be shared with Qwen Code', () => {
  let folder: TemporaryFolder;
  let keychain: Vault;
  let qwenCode: SecretStore;
  let store: SharedSignIn;
  /** What the system's keychain holds. */
  let key: string | undefined;
  /** Who is told when another program changes the file. */
  const watchers = new Set<() => void>();

  /** The vault as one more window opens it. */
  const openVault = (): Vault => {
    const entry = { get: async () => key, store: async (made: string) => void (key = made) };
    return new Vault(folder.at('vault'), { files: folder.files, clock: systemClock, keychain: entry });
  };

  beforeEach(() => {
    folder = createTemporaryFolder();
    key = undefined;
    keychain = openVault();
    watchers.clear();
    const watch: Files['watch'] = (_, changed) => {
      watchers.add(changed);
      return { dispose: () => watchers.delete(changed) };
    };
    qwenCode = new QwenCredentials(folder.at('.qwen'), { files: { ...folder.files, watch }, clock: systemClock });
    store = new SharedSignIn(keychain, qwenCode);
  });
  afterEach(() => {
    store.dispose();
    keychain.dispose();
    folder.remove();
  });

  const file = (): string => folder.at('.qwen/oauth_creds.json');
  const tokenIn = async (one: SecretStore): Promise<string | undefined> => {
    const account = await findAccount(one, 'qwen-oauth');
    return account?.method === 'qwen-oauth' ? account.tokens.refreshToken?.reveal() : undefined;
  };
  /** Who has which refresh token: the keychain, Qwen Code's file, and whoever asks here. */
  const whoHas = async () => await Promise.all([keychain, qwenCode, store].map(tokenIn));

  it('is in the keychain at first, and the file is left alone', async () => {
    await saveAccount(qwenCode, signedIn('theirs'));
    await saveAccount(store, signedIn('ours'));

    assert.deepEqual(await whoHas(), ['refresh-ours', 'refresh-theirs', 'refresh-ours']);
  });

  it('moves to the file, where Qwen Code reads it, and keys stay in the keychain', async () => {
    await saveAccount(store, signedIn('ours'));
    await saveAccount(store, keyAccount());
    await store.share(true);

    assert.deepEqual(await whoHas(), [undefined, 'refresh-ours', 'refresh-ours']);
    assert.equal(stringIn(parseJson(readFileSync(file(), 'utf8')), 'token_type'), 'Bearer');
    assert.deepEqual(
      (await listAccounts(store)).accounts.map((account) => [account.id, account.file]),
      [
        ['coding-plan/china', undefined],
        ['qwen-oauth', file()],
      ],
    );
  });

  it('moves back with all that happened to it meanwhile', async () => {
    await saveAccount(store, signedIn('ours'));
    await store.share(true);
    await saveAccount(store, signedIn('renewed'));
    await store.share(false);

    assert.deepEqual(await whoHas(), ['refresh-renewed', undefined, 'refresh-renewed']);
    assert.equal(existsSync(file()), false);
  });

  it("is Qwen Code's while both have one, and each keeps its own", async () => {
    await saveAccount(store, signedIn('ours'));
    await saveAccount(qwenCode, signedIn('theirs'));

    await store.share(true);
    assert.deepEqual(await whoHas(), ['refresh-ours', 'refresh-theirs', 'refresh-theirs']);
    await store.share(false);
    assert.deepEqual(await whoHas(), ['refresh-ours', 'refresh-theirs', 'refresh-ours']);
  });

  it('is in one place after a move that was cut short', async () => {
    await saveAccount(keychain, signedIn('ours'));
    await saveAccount(qwenCode, signedIn('ours'));
    await store.share(true);

    assert.deepEqual(await whoHas(), [undefined, 'refresh-ours', 'refresh-ours']);
  });

  it('is forgotten in both places', async () => {
    await saveAccount(store, signedIn('ours'));
    await saveAccount(qwenCode, signedIn('theirs'));
    await store.share(true);
    await deleteAccount(store, 'qwen-oauth');

    await store.share(false);
    assert.deepEqual(await whoHas(), [undefined, undefined, undefined]);
  });

  it('ends as was said last', async () => {
    await saveAccount(store, signedIn('ours'));
    await Promise.all([store.share(true), store.share(false), store.share(true)]);

    assert.deepEqual(await whoHas(), [undefined, 'refresh-ours', 'refresh-ours']);
  });

  it('stays where it is while the file cannot be read', async () => {
    await saveAccount(store, signedIn('ours'));
    folder.write({ '.qwen/oauth_creds.json': 'no json' });

    await assert.rejects(store.share(true), { name: 'ConfigurationError', where: { file: file() } });
    assert.equal(await tokenIn(store), 'refresh-ours');
    assert.equal(store.isShared, false);
  });

  it('takes nothing else along when its file breaks, and is replaced by a new one', async () => {
    await saveAccount(store, keyAccount());
    await store.share(true);
    folder.write({ '.qwen/oauth_creds.json': 'no json' });

    const { accounts, problems } = await listAccounts(store);
    assert.deepEqual(
      [accounts, problems].map((found) => found.length),
      [1, 1],
    );
    await saveAccount(store, signedIn('new'));
    assert.equal(await tokenIn(store), 'refresh-new');
  });

  it('tells of what another program does to the file, only while it is shared', async () => {
    const noticed = (): boolean => {
      let told = false;
      const listening = store.onDidChange(() => (told = true));
      for (const tell of watchers) tell();
      listening.dispose();
      return told;
    };

    assert.equal(noticed(), false);
    await store.share(true);
    assert.equal(noticed(), true);
    await store.share(false);
    assert.equal(noticed(), false);
  });

  it('is taken over from Qwen Code, which has it no more', async () => {
    await saveAccount(qwenCode, signedIn('theirs'));

    assert.equal(await store.moveToKeychain(), true);
    assert.deepEqual(await whoHas(), ['refresh-theirs', undefined, 'refresh-theirs']);
    // Nobody has asked its server yet.
    assert.equal((await findAccount(store, 'qwen-oauth'))?.status, 'unverified');
  });

  it('is worked on under the lock of Qwen Code, where the sharing began while somebody waited', async () => {
    const lock = folder.at('.qwen/oauth_creds.lock');
    const vault = openVault();
    let waiting: Promise<boolean> | undefined;
    await vault.locked(async () => {
      waiting = store.locked?.(async () => existsSync(lock), OAUTH_RECORD);
      await store.share(true);
    }, OAUTH_RECORD);

    assert.equal(await waiting, true);
    vault.dispose();
  });

  it('gives way where it has ended', async () => {
    await saveAccount(qwenCode, signedIn('theirs'));
    await saveAccount(store, { ...signedIn('ours'), status: 'ended' });
    await store.moveToKeychain();

    assert.deepEqual(await whoHas(), ['refresh-theirs', undefined, 'refresh-theirs']);
  });

  it('is not taken over while it is shared', async () => {
    await saveAccount(qwenCode, signedIn('theirs'));
    await store.share(true);

    assert.equal(await store.moveToKeychain(), false);
    assert.deepEqual(await whoHas(), [undefined, 'refresh-theirs', 'refresh-theirs']);
  });

  it('is not taken over into the place of another one', async () => {
    await saveAccount(qwenCode, signedIn('theirs'));
    await saveAccount(store, signedIn('ours'));

    assert.equal(await store.moveToKeychain(), false);
    assert.deepEqual(await whoHas(), ['refresh-ours', 'refresh-theirs', 'refresh-ours']);
  });

  describe('while it is renewed', () => {
    const { signal } = new AbortController();
    let answer: () => void;
    let asked: Promise<void>;
    let tokens: AccessTokens;

    beforeEach(() => {
      let ask: () => void;
      asked = new Promise((resolve) => (ask = resolve));
      const answered = new Promise<void>((resolve) => (answer = resolve));
      const fetch = async () => {
        ask();
        await answered;
        return Response.json({ access_token: 'access-new', refresh_token: 'refresh-new', expires_in: 3600 });
      };
      tokens = new AccessTokens({ fetch, clock: systemClock, secrets: store });
    });

    for (const shared of [true, false]) {
      it(`does not move ${shared ? 'to the file' : 'back'} before the new tokens are kept`, async () => {
        await store.share(!shared);
        await saveAccount(store, signedIn('old', Date.now()));
        const renewing = tokens.fresh('qwen-oauth', undefined, signal);
        await asked;
        const moving = store.share(shared);
        answer();

        assert.equal((await renewing).tokens.accessToken.reveal(), 'access-new');
        await moving;
        assert.deepEqual(await whoHas(), [
          shared ? undefined : 'refresh-new',
          shared ? 'refresh-new' : undefined,
          'refresh-new',
        ]);
      });

      it(`is not moved ${shared ? 'to the file' : 'back'} by another window, either`, async () => {
        const vault = openVault();
        const other = new SharedSignIn(vault, qwenCode);
        await Promise.all([store.share(!shared), other.share(!shared)]);
        await saveAccount(store, signedIn('old', Date.now()));
        const renewing = tokens.fresh('qwen-oauth', undefined, signal);
        await asked;
        const moving = Promise.all([other.share(shared), store.share(shared)]);
        answer();

        await Promise.all([renewing, moving]);
        assert.deepEqual(await Promise.all([store, other].map(tokenIn)), ['refresh-new', 'refresh-new']);
        other.dispose();
        vault.dispose();
      });
    }
  });
});

describe('two stores of a sign-in', () => {
  let keychain: MemorySecretStore;
  let qwenCode: MemorySecretStore;
  let store: SharedSignIn;
  let told: number;

  beforeEach(() => {
    [keychain, qwenCode] = [createMemorySecretStore(), createMemorySecretStore()];
    store = new SharedSignIn(keychain, qwenCode);
    told = 0;
    store.onDidChange(() => (told += 1));
  });

  it('tell of the beginning and of the end of the sharing, and of nothing that is as it was', async () => {
    await store.share(false);
    assert.deepEqual([told, store.isShared], [0, false]);
    await store.share(true);
    assert.deepEqual([told, store.isShared], [1, true]);
    await store.share(true);
    assert.equal(told, 1);
    await store.share(false);
    assert.deepEqual([told, store.isShared], [2, false]);
  });

  it('tell of what changes in the keychain, shared or not', async () => {
    await keychain.store('a', 'b');
    assert.equal(told, 1);
    await store.share(true);
    told = 0;
    await keychain.store('a', 'c');

    assert.equal(told, 1);
  });

  it('tell nobody of anything once they are put away', async () => {
    await store.share(true);
    let kept = 0;
    const event: SecretStore['onDidChange'] = () => {
      kept += 1;
      return { dispose: () => (kept -= 1) };
    };
    const other = new SharedSignIn({ ...keychain, onDidChange: event }, { ...qwenCode, onDidChange: event });
    await other.share(true);
    assert.equal(kept, 2);
    other.dispose();
    assert.equal(kept, 0);
    told = 0;
    store.dispose();
    await keychain.store('a', 'b');
    await qwenCode.store('a', 'b');
    await store.share(false);

    assert.equal(told, 0);
  });

  it('are settled by the next try where one failed', async () => {
    await saveAccount(keychain, signedIn('ours'));
    qwenCode.mood = 'locked';
    await assert.rejects(store.share(true));
    qwenCode.mood = 'well';
    await store.share(true);

    assert.deepEqual([store.isShared, keychain.entries.size, qwenCode.entries.size], [true, 0, 1]);
  });

  it('have one sign-in, and the keys of the keychain', async () => {
    await saveAccount(keychain, keyAccount());
    await saveAccount(keychain, signedIn('ours'));
    await saveAccount(qwenCode, signedIn('theirs'));
    const keys = ['account/coding-plan/china', OAUTH_RECORD];
    assert.deepEqual(await store.keys(), keys);
    await store.share(true);
    assert.deepEqual(await store.keys(), keys);
    qwenCode.entries.clear();

    assert.deepEqual(await store.keys(), keys.slice(0, 1));
  });

  it('have no sign-in that is only that of Qwen Code while that is not shared', async () => {
    await saveAccount(qwenCode, signedIn('theirs'));

    assert.deepEqual(await store.keys(), []);
  });

  it('hide the sign-in of the keychain while that of Qwen Code is shared', async () => {
    await saveAccount(keychain, signedIn('ours'));
    await saveAccount(qwenCode, signedIn('theirs'));
    assert.equal(await store.get('hidden/qwen-oauth'), undefined);
    await store.share(true);
    assert.match((await store.get('hidden/qwen-oauth')) ?? '', /access-ours/);
    await store.store('hidden/qwen-oauth', 'restored');

    assert.equal(keychain.entries.get(OAUTH_RECORD), 'restored');
    assert.match(qwenCode.entries.get(OAUTH_RECORD) ?? '', /access-theirs/);
  });

  it('forget nothing of Qwen Code while that is not shared', async () => {
    await saveAccount(keychain, signedIn('ours'));
    await saveAccount(qwenCode, signedIn('theirs'));
    await store.delete(OAUTH_RECORD);
    assert.deepEqual([keychain.entries.size, qwenCode.entries.size], [0, 1]);
    await saveAccount(keychain, keyAccount());
    await store.share(true);
    await store.delete('account/coding-plan/china');

    assert.deepEqual([keychain.entries.size, qwenCode.entries.size], [0, 1]);
  });

  it('name the file of the one that is shared alone', async () => {
    const other = new SharedSignIn(keychain, { ...qwenCode, fileOf: () => '/a/file' });
    assert.equal(other.fileOf(OAUTH_RECORD), undefined);
    await other.share(true);

    assert.deepEqual([other.fileOf(OAUTH_RECORD), other.fileOf('account/openai')], ['/a/file', undefined]);
  });

  it('have nothing to take over where Qwen Code is not signed in, or what it has cannot be read', async () => {
    assert.equal(await store.moveToKeychain(), false);
    qwenCode.entries.set(OAUTH_RECORD, 'no record');
    assert.equal(await store.moveToKeychain(), false);
    await saveAccount(qwenCode, { ...keyAccount(), id: 'qwen-oauth' });
    assert.equal(await store.moveToKeychain(), false);

    assert.deepEqual([keychain.entries.size, told], [0, 0]);
  });

  it('work under both locks on the sign-in that is shared, and on all else under that of the keychain', async () => {
    let held: string[] = [];
    const locking = (name: string, one: SecretStore): SecretStore => ({
      ...one,
      locked: async (work, key) => {
        held.push(`${name} ${key}`);
        return await work();
      },
    });
    const other = new SharedSignIn(locking('keychain', keychain), locking('file', qwenCode));
    const locksFor = async (key: string) => {
      held = [];
      assert.equal(await other.locked(async () => 'done', key), 'done');
      return held;
    };
    assert.deepEqual(await locksFor(OAUTH_RECORD), [`keychain ${OAUTH_RECORD}`]);
    await other.share(true);

    assert.deepEqual(await locksFor(OAUTH_RECORD), [`keychain ${OAUTH_RECORD}`, `file ${OAUTH_RECORD}`]);
    assert.deepEqual(await locksFor('account/openai'), ['keychain account/openai']);
  });
});
