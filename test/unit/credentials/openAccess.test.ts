import assert from 'node:assert/strict';
import { mock } from 'node:test';

import { Secret } from '../../../src/core/base/secret';
import type { KeyCommand } from '../../../src/core/config/keyCommands';
import type { Account } from '../../../src/core/credentials/account';
import { findAccount, saveAccount } from '../../../src/core/credentials/accountStore';
import { AccessTokens } from '../../../src/core/credentials/accessTokens';
import { noteVerdict, openAccess, secretOf } from '../../../src/core/credentials/openAccess';
import { type Credential, credentialOf } from '../../../src/core/credentials/resolve';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memorySecretStore';

const BASE_URL = 'https://a.example/v1';
const { signal } = new AbortController();

describe('what a request is signed with', () => {
  let secrets: MemorySecretStore;
  let tokens: AccessTokens;

  beforeEach(() => {
    secrets = createMemorySecretStore();
    const fetch = async (): Promise<Response> => Response.json({ access_token: 'renewed', expires_in: 3600 });
    tokens = new AccessTokens({ fetch, clock: new ManualClock(), secrets });
  });

  const open = async (credential: Credential, refused?: Secret) => {
    const access = refused && ({ baseUrl: BASE_URL, key: refused, keyHeader: 'authorization' } as const);
    const { key, ...opened } = await openAccess(tokens, credential, BASE_URL, access, signal);
    return { ...opened, key: key?.reveal() };
  };

  it('is a key as it stands, in its own header', async () => {
    const key = 'sk-sp-0123456789-abcd';

    assert.deepEqual(await open(credentialOf(keyAccount({ keyHeader: 'api-key' })), new Secret(key)), {
      baseUrl: BASE_URL,
      key,
      keyHeader: 'api-key',
      renewable: false,
    });
  });

  it('is an access token at its own API alone, and a new one once it was refused', async () => {
    const account = oauthAccount();
    await saveAccount(secrets, account);
    const expected = { baseUrl: account.baseUrl, keyHeader: 'authorization', renewable: true };

    assert.deepEqual(await open(credentialOf(account)), { ...expected, key: 'access-token-0123456789' });
    assert.deepEqual(await open(credentialOf(account), account.tokens.accessToken), { ...expected, key: 'renewed' });
  });

  it('is the key that a command prints, and asks it anew once that was refused', async () => {
    const source = { kind: 'command', name: 'a command' } as const;
    const command = ['a', 'command'] as const;
    mock.method(tokens.commandKeys, 'key', async (about: KeyCommand, refused: Secret | undefined) => {
      assert.equal(about.command, command);
      return new Secret(refused?.reveal() === 'printed' ? 'printed anew' : 'printed');
    });
    const credential = {
      kind: 'command',
      account: undefined,
      key: undefined,
      keyHeader: 'api-key',
      source,
      command: { baseUrl: BASE_URL, command, source },
    } as const;
    const expected = { baseUrl: BASE_URL, keyHeader: 'api-key', renewable: true };

    assert.deepEqual(await open(credential), { ...expected, key: 'printed' });
    assert.deepEqual(await open(credential, new Secret('printed')), { ...expected, key: 'printed anew' });
  });
});

describe('what a server said of a secret', () => {
  let secrets: MemorySecretStore;

  beforeEach(() => {
    secrets = createMemorySecretStore();
  });

  const another = new Secret('another');
  const keyless = keyAccount({ key: undefined });
  const rows: readonly (readonly [what: string, account: Account, used: Secret | undefined, expected: string])[] = [
    ['is noted of a key', keyAccount(), secretOf(keyAccount()), 'refused'],
    ['is noted of an access token', oauthAccount(), oauthAccount().tokens.accessToken, 'refused'],
    ['is noted of a server without a key', keyless, undefined, 'refused'],
    ['is not noted where the account has another key by now', keyAccount(), another, 'verified'],
    ['is not noted where the account has a key by now', keyAccount(), undefined, 'verified'],
    ['is not noted where the account has no key any more', keyless, another, 'verified'],
    ['is not noted where the sign-in was renewed', oauthAccount(), another, 'verified'],
  ];
  for (const [what, account, used, expected] of rows) {
    it(what, async () => {
      await saveAccount(secrets, account);
      await noteVerdict(secrets, account.id, used, 'refused');

      assert.equal((await findAccount(secrets, account.id))?.status, expected);
    });
  }

  it('brings no account back that is gone', async () => {
    await noteVerdict(secrets, keyAccount().id, undefined, 'refused');

    assert.equal(secrets.entries.size, 0);
  });

  it('is not written again where it is known', async () => {
    const account = keyAccount({ status: 'refused' });
    await saveAccount(secrets, account);
    let changes = 0;
    secrets.onDidChange(() => (changes += 1));
    await noteVerdict(secrets, account.id, account.key, 'refused');

    assert.equal(changes, 0);
  });
});
