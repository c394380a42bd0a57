import assert from 'node:assert/strict';

import type { Account } from '../../../src/core/credentials/account';
import {
  changeAccount,
  deleteAccount,
  findAccount,
  listAccounts,
  RecordChanged,
  RecordsClosed,
  saveAccount,
} from '../../../src/core/credentials/accountStore';
import { ConfigurationError } from '../../../src/core/base/errors';
import type { SecretStore } from '../../../src/core/base/ports';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memorySecretStore';

const reach = 'The keychain of this system cannot be reached';
const unreachable = { name: 'ConfigurationError', where: { part: 'keychain' }, message: new RegExp(reach) };

describe('account store', () => {
  let secrets: MemorySecretStore;

  beforeEach(() => {
    secrets = createMemorySecretStore();
  });

  const accounts: readonly [string, Account][] = [
    ['a Qwen sign-in', oauthAccount({}, 5)],
    ['a Qwen sign-in without refresh token', withoutRefreshToken()],
    ['a sign-in with a model of its own', oauthAccount({ model: 'a-model' }, 5)],
    ['a Coding Plan key', keyAccount()],
    [
      'an Azure key',
      keyAccount({ id: 'azure@x', method: 'api-key', provider: 'azure', region: '', keyHeader: 'api-key' }),
    ],
    [
      'a server without key',
      keyAccount({ id: 'ollama', method: 'api-key', provider: 'ollama', region: '', key: undefined }),
    ],
    ['a typed address', keyAccount({ baseUrlFrom: 'typed', status: 'unverified' })],
    ['a refused key', keyAccount({ baseUrlFrom: 'settings', status: 'refused' })],
  ];
  for (const [what, account] of accounts) {
    it(`gives ${what} back as it was`, async () => {
      await saveAccount(secrets, account);

      const found = await findAccount(secrets, account.id);
      assert.ok(found);
      assert.deepEqual(revealed(found), revealed(account));
    });
  }

  it('lists every account in a steady order', async () => {
    await saveAccount(secrets, oauthAccount());
    await saveAccount(secrets, keyAccount());

    const { accounts: listed, problems } = await listAccounts(secrets);
    assert.deepEqual(
      listed.map(({ id }) => id),
      ['coding-plan/china', 'qwen-oauth'],
    );
    assert.deepEqual(problems, []);
  });

  it('leaves the entries of others alone', async () => {
    secrets.entries.set('another', 'not ours');
    secrets.entries.set('foreign/old', 'not ours');
    secrets.entries.set('account', 'not ours');

    assert.deepEqual(await listAccounts(secrets), { accounts: [], unreadable: [], problems: [] });
  });

  for (const record of ['', 'not JSON', 'null', '[]', '{}', '{"method":"qwen-oauth","baseUrl":"https://x.example"}']) {
    it(`keeps and reports a record that reads ${JSON.stringify(record)}`, async () => {
      secrets.entries.set('account/old', record);
      await saveAccount(secrets, keyAccount());

      const { accounts: listed, unreadable, problems } = await listAccounts(secrets);
      assert.equal(listed.length, 1);
      assert.deepEqual(unreadable, ['old']);
      assert.deepEqual(problems[0]?.where, { part: 'keychain entry old' });
      assert.match(problems[0]?.message ?? '', /keychain entry for old cannot be read .* Sign in again/);
      assert.equal(secrets.entries.get('account/old'), record);
    });
  }

  it('does not repeat an unreadable record', async () => {
    secrets.entries.set('account/old', '{"key":"sk-sp-hidden-in-there"');

    const { problems } = await listAccounts(secrets);
    assert.doesNotMatch(JSON.stringify(problems) + String(problems[0]), /hidden-in-there/);
  });

  for (const status of ['verified', 'unverified', 'offline', 'ended', 'refused'] as const) {
    it(`remembers that an account is ${status}`, async () => {
      await saveAccount(secrets, keyAccount({ status }));

      assert.equal((await findAccount(secrets, 'coding-plan/china'))?.status, status);
    });
  }

  it('fills in what an earlier version did not store, and takes nothing that cannot be', async () => {
    const least = { method: 'api-key', provider: 'openai', baseUrl: 'https://api.openai.com/v1' };
    const expected = {
      ...least,
      id: 'old',
      status: 'unverified',
      region: '',
      key: undefined,
      keyHeader: 'authorization',
      baseUrlFrom: 'catalogue',
    };
    for (const more of [{}, { key: '', keyHeader: 'cookie', baseUrlFrom: 'nowhere', name: '', region: 7, status: 7 }]) {
      secrets.entries.set('account/old', JSON.stringify({ ...least, ...more }));

      assert.deepEqual(await findAccount(secrets, 'old'), expected);
    }
  });

  const KEY = { method: 'api-key', provider: 'openai', baseUrl: 'https://api.openai.com/v1' };
  const SIGN_IN = {
    method: 'qwen-oauth',
    baseUrl: 'https://portal.qwen.ai/v1',
    issuer: 'https://chat.qwen.ai',
    tokenEndpoint: 'https://chat.qwen.ai/token',
    clientId: 'the-client',
    tokens: { accessToken: 'a-token', expiresAt: 5 },
  };
  for (const whole of [KEY, SIGN_IN]) {
    for (const name of Object.keys(whole)) {
      it(`reads no ${whole.method} without its ${name}`, async () => {
        secrets.entries.set('account/x', JSON.stringify(whole));
        assert.equal((await findAccount(secrets, 'x'))?.method, whole.method);

        for (const broken of [undefined, '', ...(name === 'baseUrl' ? ['no address'] : [])]) {
          secrets.entries.set('account/x', JSON.stringify({ ...whole, [name]: broken }));
          assert.equal(await findAccount(secrets, 'x'), undefined);
        }
      });
    }
  }

  it('takes a status that it does not know as unverified', async () => {
    await saveAccount(secrets, keyAccount());
    const record = secrets.entries.get('account/coding-plan/china') ?? '';
    secrets.entries.set('account/coding-plan/china', record.replace('"verified"', '"blessed"'));

    assert.equal((await findAccount(secrets, 'coding-plan/china'))?.status, 'unverified');
  });

  it('forgets an account', async () => {
    await saveAccount(secrets, keyAccount());
    await deleteAccount(secrets, 'coding-plan/china');

    assert.equal(secrets.entries.size, 0);
  });

  it('gives back what it forgets, for its tokens to be revoked', async () => {
    await saveAccount(secrets, oauthAccount());

    const forgotten = await deleteAccount(secrets, 'qwen-oauth');
    assert.ok(forgotten?.method === 'qwen-oauth');
    assert.equal(forgotten.tokens.refreshToken?.reveal(), 'refresh-token-0123456789');
    assert.equal(await deleteAccount(secrets, 'qwen-oauth'), undefined);
  });

  it('forgets what cannot be read either', async () => {
    secrets.entries.set('account/openai', 'no record');

    assert.equal(await deleteAccount(secrets, 'openai'), undefined);
    assert.equal(secrets.entries.size, 0);
  });

  it('changes nothing where the keychain cannot be reached, and takes a sign-in where records can never be opened', async () => {
    const changes: unknown[] = [];
    const change = (current: Account | undefined) => {
      changes.push(current);
      return keyAccount();
    };
    secrets.mood = 'locked';
    await assert.rejects(changeAccount(secrets, 'coding-plan/china', change), unreachable);
    assert.deepEqual(changes, []);

    secrets.mood = 'well';
    let isClosed = true;
    const closed: SecretStore = {
      ...secrets,
      get: (key) => {
        if (!isClosed) return secrets.get(key);
        isClosed = false;
        return Promise.reject(new RecordsClosed({ part: 'keychain' }, 'closed'));
      },
    };
    await changeAccount(closed, 'coding-plan/china', change);
    assert.deepEqual(changes, [undefined]);
    assert.ok(secrets.entries.has('account/coding-plan/china'));
  });

  it('leaves an account that a change has nothing for', async () => {
    const account = keyAccount();
    await saveAccount(secrets, account);
    const before = new Map(secrets.entries);

    const left = await changeAccount(secrets, account.id, () => undefined);
    assert.equal(left?.id, account.id);
    assert.deepEqual(secrets.entries, before);
  });

  it('changes an account as it is now, when another window changed it first', async () => {
    const account = keyAccount();
    await saveAccount(secrets, account);
    let first = true;
    const contested: SecretStore = {
      ...secrets,
      store: async (key, record) => {
        if (!first) return await secrets.store(key, record);
        first = false;
        await saveAccount(secrets, { ...account, status: 'refused' });
        throw new RecordChanged();
      },
    };
    const baseUrl = 'https://example.com/v1';
    await changeAccount(contested, account.id, (current) => current && { ...current, baseUrl });

    const { status, baseUrl: stored } = (await findAccount(secrets, account.id)) ?? account;
    assert.deepEqual({ status, stored }, { status: 'refused', stored: baseUrl });
  });

  it('makes one change after the other, and the next one where one fails', async () => {
    await saveAccount(secrets, keyAccount({ name: '' }));
    const add = (letter: string) =>
      changeAccount(secrets, keyAccount().id, (current) => {
        assert.ok(current && current.method !== 'qwen-oauth');
        if (letter === '!') throw new RangeError('broken');
        return { ...current, name: `${current.name ?? ''}${letter}` };
      });
    const [, failed] = await Promise.allSettled([add('a'), add('!'), add('b'), deleteAccount(secrets, 'x'), add('c')]);

    assert.equal(failed.status, 'rejected');
    const account = await findAccount(secrets, keyAccount().id);
    assert.equal(account?.method === 'coding-plan' && account.name, 'abc');
  });

  it('works under the lock of the record, where the store is shared', async () => {
    const held: string[] = [];
    const shared: SecretStore = {
      ...secrets,
      locked: async (work, key) => {
        held.push(key);
        return await work();
      },
    };
    await changeAccount(shared, keyAccount().id, () => keyAccount());
    await deleteAccount(shared, keyAccount().id);

    assert.deepEqual(held, ['account/coding-plan/china', 'account/coding-plan/china']);
    assert.equal(secrets.entries.size, 0);
  });

  describe('one of whose accounts is in a file', () => {
    const inFile = (error?: Error): SecretStore => ({
      ...secrets,
      keys: async () => ['account/qwen-oauth', 'account/coding-plan/china'],
      fileOf: (key) => (key === 'account/qwen-oauth' ? '/a/file' : undefined),
      get: async (key) => {
        if (error && key === 'account/qwen-oauth') throw error;
        return await secrets.get(key);
      },
    });

    beforeEach(async () => {
      await saveAccount(secrets, oauthAccount());
      await saveAccount(secrets, keyAccount());
    });

    it('names the file', async () => {
      assert.deepEqual(
        (await listAccounts(inFile())).accounts.map((account) => account.file),
        [undefined, '/a/file'],
      );
      assert.ok(!('file' in ((await findAccount(inFile(), keyAccount().id)) ?? {})));
    });

    it('reads the others where the file is broken', async () => {
      const broken = new ConfigurationError({ file: '/a/file' }, 'broken');
      const { accounts: read, unreadable, problems } = await listAccounts(inFile(broken));

      assert.deepEqual([read.map(({ id }) => id), unreadable, problems], [[keyAccount().id], ['qwen-oauth'], [broken]]);
      assert.equal(await findAccount(inFile(broken), 'qwen-oauth'), undefined);
    });

    for (const error of [
      new ConfigurationError({ file: '/another/file' }, 'broken'),
      new ConfigurationError({ part: 'keychain' }, 'broken'),
    ]) {
      it(`fails as a whole where ${JSON.stringify(error.where)} is broken`, async () => {
        await assert.rejects(listAccounts(inFile(error)), error);
      });
    }
  });

  it('has no problem with an account that is gone before it is read', async () => {
    const gone: SecretStore = { ...secrets, keys: async () => ['account/gone'] };

    assert.deepEqual(await listAccounts(gone), { accounts: [], unreadable: [], problems: [] });
  });

  it('gives up a change that the keychain loses', async () => {
    secrets.mood = 'forgetful';

    await assert.rejects(
      changeAccount(secrets, keyAccount().id, () => keyAccount()),
      { message: /did not keep what was saved/ },
    );
  });

  it('says when the keychain loses what was saved', async () => {
    secrets.mood = 'forgetful';

    await assert.rejects(saveAccount(secrets, keyAccount()), {
      where: { part: 'keychain' },
      message: /did not keep what was saved/,
    });
  });

  it('says when the keychain cannot be reached', async () => {
    secrets.mood = 'locked';

    await assert.rejects(listAccounts(secrets), unreachable);
    await assert.rejects(saveAccount(secrets, keyAccount()), unreachable);
    await assert.rejects(deleteAccount(secrets, 'coding-plan/china'), unreachable);
  });
});

function withoutRefreshToken(): Account {
  const account = oauthAccount();
  return { ...account, tokens: { ...account.tokens, refreshToken: undefined, resourceUrl: undefined } };
}

/** The account with its secrets in the open, so that they are compared too. */
function revealed(account: Account) {
  if (account.method !== 'qwen-oauth') return { ...account, key: account.key?.reveal() };
  const { accessToken, refreshToken } = account.tokens;
  const tokens = { ...account.tokens, accessToken: accessToken.reveal(), refreshToken: refreshToken?.reveal() };
  return { ...account, tokens };
}
