import assert from 'node:assert/strict';
import { AsyncResource } from 'node:async_hooks';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';

import { systemClock } from '../../../src/core/base/clock';
import type { OAuthAccount } from '../../../src/core/credentials/account';
import { AccessTokens } from '../../../src/core/credentials/accessTokens';
import {
  deleteAccount,
  findAccount,
  listAccounts,
  OAUTH_RECORD,
  saveAccount,
  writeRecord,
} from '../../../src/core/credentials/accountStore';
import { QwenCredentials } from '../../../src/core/credentials/qwenCredentials';
import { parseJson, stringIn } from '../../../src/core/base/json';
import { QWEN_CLIENT, QWEN_SERVER } from '../../../src/core/oauth/authorizationServer';
import type { Files, SecretStore } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { platformFetch } from '../../fakes/bench';
import { claimWindows, refuseRenames, restoreRenames } from '../../fakes/filesInUse';
import { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox';
import { skip } from '../../skip';

/** What Qwen Code writes. */
const QWENS = {
  access_token: 'access-token-0123456789',
  refresh_token: 'refresh-token-0123456789',
  token_type: 'Bearer',
  resource_url: 'portal.qwen.ai',
  expiry_date: 1_800_000_000_000,
};
const QWEN = { ...QWEN_SERVER, clientId: QWEN_CLIENT.clientId };

describe('the sign-in that is shared with Qwen Code', () => {
  let folder: TemporaryFolder;
  let clock: ManualClock;
  let store: SecretStore;
  const file = (): string => folder.at('.qwen/oauth_creds.json');
  const written = (): unknown => parseJson(readFileSync(file(), 'utf8'));

  beforeEach(() => {
    folder = createTemporaryFolder();
    clock = new ManualClock();
    store = new QwenCredentials(folder.at('.qwen'), { files: folder.files, clock });
  });
  afterEach(() => folder.remove());

  const account = (changes: Partial<OAuthAccount> = {}): OAuthAccount =>
    oauthAccount({ tokenEndpoint: QWEN.tokenEndpoint, clientId: QWEN.clientId, ...changes }, QWENS.expiry_date);
  const found = async (): Promise<OAuthAccount> => {
    const one = await findAccount(store, 'qwen-oauth');
    assert.ok(one?.method === 'qwen-oauth');
    return one;
  };

  it('is not used where somebody else may have written it', async function () {
    if (process.geteuid?.() !== 0) return skip(this, 'needs root, to give files to somebody else');
    folder.write({ '.qwen/oauth_creds.json': QWENS });
    chownSync(folder.at('.qwen'), 65_534, 65_534);

    const { accounts, problems } = await listAccounts(store);

    assert.deepEqual(accounts, []);
    assert.match(problems[0]?.message ?? '', /oauth_creds\.json is not used, because .*\.qwen belongs to nobody/);
  });

  it('is read as Qwen Code left it', async () => {
    folder.write({ '.qwen/oauth_creds.json': QWENS });

    const { tokens, ...rest } = await found();
    assert.deepEqual(rest, {
      id: 'qwen-oauth',
      method: 'qwen-oauth',
      status: 'verified',
      file: file(),
      issuer: QWEN.issuer,
      tokenEndpoint: QWEN.tokenEndpoint,
      clientId: QWEN.clientId,
      baseUrl: 'https://portal.qwen.ai/v1',
    });
    assert.equal(tokens.accessToken.reveal(), QWENS.access_token);
    assert.equal(tokens.refreshToken?.reveal(), QWENS.refresh_token);
    assert.equal(tokens.expiresAt, QWENS.expiry_date);
  });

  it('is written as Qwen Code reads it, for the person alone', async () => {
    await saveAccount(store, account());

    assert.deepEqual(written(), QWENS);
    assert.equal(statSync(file()).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder.at('.qwen')), ['oauth_creds.json']);
  });

  it('names another server beside the fields of Qwen Code', async () => {
    const other = {
      issuer: 'https://id.example.com',
      tokenEndpoint: 'https://id.example.com/token',
      clientId: 'the-client',
    };
    await saveAccount(store, account(other));

    // Without a type it is none to Qwen Code, which would send its refresh token to Qwen's server.
    const { token_type: _, ...rest } = QWENS;
    assert.deepEqual(written(), {
      ...rest,
      issuer: other.issuer,
      token_endpoint: other.tokenEndpoint,
      client_id: other.clientId,
    });
    const { issuer, tokenEndpoint, clientId } = await found();
    assert.deepEqual({ issuer, tokenEndpoint, clientId }, other);
  });

  for (const [what, other] of [
    ['issuer', { issuer: 'https://id.example.com' }],
    ['token endpoint', { tokenEndpoint: 'https://id.example.com/token' }],
    ['client', { clientId: 'the-client' }],
  ] as const) {
    it(`is none of Qwen Code's where its ${what} alone is another one`, async () => {
      await saveAccount(store, account(other));

      assert.equal(stringIn(written(), 'token_type'), undefined);
      const { issuer, tokenEndpoint, clientId } = await found();
      assert.deepEqual(
        { issuer, tokenEndpoint, clientId },
        {
          issuer: QWEN.issuer,
          tokenEndpoint: QWEN.tokenEndpoint,
          clientId: QWEN.clientId,
          ...other,
        },
      );
    });
  }

  it('keeps the type of its tokens as Qwen Code wrote it', async () => {
    folder.write({ '.qwen/oauth_creds.json': { ...QWENS, token_type: 'bearer' } });
    await saveAccount(store, account({ tokens: { ...account().tokens, accessToken: new Secret('another-token') } }));

    assert.equal(stringIn(written(), 'token_type'), 'bearer');
  });

  it('knows its model, and when its tokens came, where there are any', async () => {
    const { tokens } = account();
    await saveAccount(
      store,
      account({ model: 'a-model', tokens: { ...tokens, receivedAt: 7, refreshToken: undefined } }),
    );
    const kept = await found();
    assert.deepEqual([kept.model, kept.tokens.receivedAt, kept.tokens.refreshToken], ['a-model', 7, undefined]);

    await saveAccount(store, account());
    assert.deepEqual(written(), QWENS);
    assert.deepEqual(Object.keys((await found()).tokens), ['accessToken', 'refreshToken', 'expiresAt', 'resourceUrl']);
  });

  it('is the only record', async () => {
    await saveAccount(store, account());

    assert.deepEqual(await store.keys(), [OAUTH_RECORD]);
    assert.deepEqual([await store.get('account/openai'), store.fileOf?.('account/openai')], [undefined, undefined]);
    const refused = { name: 'TypeError', message: /^Only an OAuth sign-in is kept/ };
    await assert.rejects(store.store('account/openai', writeRecord(account())), refused);
    await assert.rejects(store.store(OAUTH_RECORD, writeRecord(keyAccount())), refused);
    assert.deepEqual(written(), QWENS);
  });

  it('is asked before anybody approves it whether it could be kept', async () => {
    const qwenCode = new QwenCredentials(folder.at('.qwen'), { files: folder.files, clock });
    await qwenCode.checkWritable();
    assert.deepEqual(readdirSync(folder.at('.qwen')), []);
    folder.write({ other: 'a file in the place of the folder' });

    await assert.rejects(new QwenCredentials(folder.at('other'), { files: folder.files, clock }).checkWritable(), {
      name: 'ConfigurationError',
      where: { file: folder.at('other/oauth_creds.json') },
    });
  });

  it('tells of what we do to it at once, and of what others do, until nobody listens', async () => {
    let changed: (() => void) | undefined;
    const watch: Files['watch'] = (paths, listener) => {
      assert.deepEqual(paths, [file()]);
      changed = listener;
      return { dispose: () => (changed = undefined) };
    };
    const qwenCode = new QwenCredentials(folder.at('.qwen'), { files: { ...folder.files, watch }, clock });
    let told = 0;
    const listening = qwenCode.onDidChange(() => (told += 1));
    await saveAccount(qwenCode, account());
    assert.equal(told, 1);
    await saveAccount(qwenCode, account());
    assert.equal(told, 1, 'nothing has changed');
    changed?.();
    assert.equal(told, 2);
    await deleteAccount(qwenCode, 'qwen-oauth');
    assert.equal(told, 3);
    listening.dispose();
    await saveAccount(qwenCode, account());

    assert.deepEqual([told, changed], [3, undefined]);
  });

  it('says that a folder is no file', async () => {
    mkdirSync(file(), { recursive: true });

    const { problems } = await listAccounts(store);
    assert.match(problems[0]?.message ?? '', /oauth_creds\.json is a folder, not a file\. Mend it, or sign in again/);
  });

  it('says why it cannot be read', async () => {
    folder.write({ '.qwen/oauth_creds.json': ' '.repeat(2 ** 20 + 1) });

    const { problems } = await listAccounts(store);
    assert.match(problems[0]?.message ?? '', /oauth_creds\.json is larger than 1 MiB/);
  });

  it('names the API that the person has named in the place of the server, until there is none', async () => {
    const other = { issuer: 'https://id.example.com', baseUrl: 'https://ai.example.com/v1' };
    await saveAccount(store, account({ ...other, tokens: { ...account().tokens, resourceUrl: undefined } }));
    assert.equal((await found()).baseUrl, other.baseUrl);

    await saveAccount(store, account());
    assert.deepEqual(written(), QWENS);
  });

  it('keeps what it does not know, and forgets another server with its sign-in', async () => {
    const foreign = { id_token: 'an-id-token', later: { kept: true } };
    folder.write({
      '.qwen/oauth_creds.json': { ...foreign, ...QWENS, issuer: 'https://id.example.com', client_id: 'the-client' },
    });
    await saveAccount(store, account({ tokens: { ...account().tokens, accessToken: new Secret('another-token') } }));

    assert.deepEqual(written(), { ...foreign, ...QWENS, access_token: 'another-token' });
  });

  for (const status of ['unverified', 'ended', 'offline', 'refused'] as const) {
    it(`remembers that a sign-in is ${status}, until it is good again`, async () => {
      await saveAccount(store, account({ status }));
      assert.equal((await found()).status, status);

      await saveAccount(store, account());
      assert.deepEqual(written(), QWENS);
    });
  }

  it('is not written again where nothing has changed', async () => {
    await saveAccount(store, account());
    const before = statSync(file(), { bigint: true });
    await saveAccount(store, account());

    assert.equal(statSync(file(), { bigint: true }).ino, before.ino);
  });

  it('puts a file into the place of a link', async () => {
    folder.write({ 'elsewhere.json': QWENS, '.qwen/settings.json': {} });
    symlinkSync(folder.at('elsewhere.json'), file());
    await saveAccount(store, account({ status: 'ended' }));

    assert.ok(lstatSync(file()).isFile());
    assert.deepEqual(parseJson(readFileSync(folder.at('elsewhere.json'), 'utf8')), QWENS);
  });

  it('is nothing where there is no file', async () => {
    assert.deepEqual(await listAccounts(store), { accounts: [], unreadable: [], problems: [] });
    assert.deepEqual(await store.keys(), []);
    assert.equal(await deleteAccount(store, 'qwen-oauth'), undefined);
  });

  it('is gone when it is forgotten', async () => {
    await saveAccount(store, account());
    await deleteAccount(store, 'qwen-oauth');

    assert.equal(existsSync(file()), false);
  });

  it('is gone with the file that a link leads to, and with no other', async () => {
    folder.write({ 'dotfiles/creds.json': QWENS, 'dotfiles/notes.json': {}, '.qwen/settings.json': {} });
    symlinkSync('creds.json', folder.at('dotfiles/link.json'));
    symlinkSync(folder.at('dotfiles/link.json'), file());
    await deleteAccount(store, 'qwen-oauth');

    assert.deepEqual(readdirSync(folder.at('.qwen')), ['settings.json']);
    assert.equal(existsSync(folder.at('dotfiles/creds.json')), false);
    assert.ok(existsSync(folder.at('dotfiles/notes.json')));
  });

  it('leaves a folder alone that a link leads to, and forgets the link', async () => {
    folder.write({ 'dotfiles/notes.json': {}, '.qwen/settings.json': {} });
    symlinkSync(folder.at('dotfiles'), file());
    await store.delete(OAUTH_RECORD);

    assert.deepEqual(readdirSync(folder.at('.qwen')), ['settings.json']);
    assert.ok(existsSync(folder.at('dotfiles/notes.json')));
  });

  it('leaves a file alone that a link leads to which somebody else may have chosen', async function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    folder.write({ 'open/creds.json': QWENS, '.qwen/settings.json': {} });
    chmodSync(folder.at('open'), 0o777);
    symlinkSync(folder.at('open/creds.json'), file());
    await store.delete(OAUTH_RECORD);

    assert.deepEqual(readdirSync(folder.at('.qwen')), ['settings.json']);
    assert.ok(existsSync(folder.at('open/creds.json')));
  });

  it('says what cannot be removed', async () => {
    mkdirSync(file(), { recursive: true });

    await assert.rejects(store.delete(OAUTH_RECORD), {
      name: 'ConfigurationError',
      where: { file: file() },
      message: `${file()} cannot be removed (ERR_FS_EISDIR).`,
    });
  });

  it('is kept on Windows once no other program has its file open', async () => {
    await saveAccount(store, account());
    claimWindows();
    refuseRenames(2);
    try {
      await saveAccount(store, account({ status: 'ended' }));
    } finally {
      restoreRenames();
    }

    assert.equal((await found()).status, 'ended');
  });

  for (const [content, what] of [
    ['{ "access_token": ', /does not hold a JSON object/],
    ['[]', /does not hold a JSON object/],
    ['{}', /holds no access_token with its expiry_date/],
    [
      JSON.stringify({ ...QWENS, token_endpoint: 'http://id.example.com/token' }),
      /token_endpoint that is not on https/,
    ],
    [JSON.stringify({ ...QWENS, access_token: '' }), /holds no access_token with its expiry_date/],
    [JSON.stringify({ ...QWENS, expiry_date: 'soon' }), /holds no access_token with its expiry_date/],
    [JSON.stringify({ ...QWENS, base_url: 'ftp://api.example.com' }), /no API that its access token could be sent to/],
    [
      JSON.stringify({ ...QWENS, resource_url: 'http://api.example.com' }),
      /no API that its access token could be sent to/,
    ],
  ] as const) {
    it(`says what is wrong with ${content.slice(0, 20)} (${what.source}), and does not pass over it in silence`, async () => {
      folder.write({ '.qwen/oauth_creds.json': content });

      const { unreadable, problems } = await listAccounts(store);

      assert.deepEqual(unreadable, ['qwen-oauth']);
      assert.ok(problems[0]?.message.startsWith(file()));
      assert.match(problems[0]?.message ?? '', what);
    });
  }

  it('is replaced by a new sign-in where it could not be read', async () => {
    folder.write({ '.qwen/oauth_creds.json': 'no json' });
    await saveAccount(store, account());

    assert.deepEqual(written(), QWENS);
  });

  it('takes what began under its lock for the holder of it no longer than it is held', async () => {
    const isLocked = async (): Promise<boolean> => existsSync(folder.at('.qwen/oauth_creds.lock'));
    let later = async (): Promise<boolean | undefined> => undefined;
    await store.locked?.(async () => {
      later = AsyncResource.bind(async () => await store.locked?.(isLocked, OAUTH_RECORD));
    }, OAUTH_RECORD);

    assert.equal(await later(), true);
  });

  it('takes no listener for the holder of its lock', async () => {
    let waited: Promise<unknown> | undefined;
    let isHeld = true;
    store.onDidChange(() => void (waited ??= store.locked?.(async () => isHeld, OAUTH_RECORD)));
    await store.locked?.(async () => {
      await saveAccount(store, account());
      await clock.nextSleep();
      isHeld = false;
    }, OAUTH_RECORD);
    assert.ok(waited);
    await clock.passUntil(waited);

    assert.equal(await waited, false);
  });

  describe('when it is due', () => {
    let sandbox: Sandbox;
    /** What the programs do under the lock, or wait to do; they may have answered before. */
    let held: Promise<unknown>[];

    class FollowedCredentials extends QwenCredentials {
      override locked<T>(work: () => Promise<T>): Promise<T> {
        const done = super.locked(work);
        held.push(done.catch(() => undefined));
        return done;
      }
    }

    beforeEach(async () => {
      held = [];
      sandbox = await startSandbox();
    });
    afterEach(async () => {
      await Promise.all(held);
      await sandbox.stop();
    });

    const tokenPath = '/api/v1/oauth2/token';
    const grant = { body: JSON.stringify({ access_token: 'renewed-token', expires_in: 3600 }) };
    /** Another program that shares the file. */
    const program = () => {
      const ports = { files: folder.files, clock: systemClock };
      return new AccessTokens({
        ...ports,
        fetch: platformFetch,
        secrets: new FollowedCredentials(folder.at('.qwen'), ports),
      });
    };
    const due = async (): Promise<void> => {
      const tokens = { ...account().tokens, expiresAt: Date.now() };
      await saveAccount(store, account({ issuer: sandbox.origin, tokenEndpoint: sandbox.origin + tokenPath, tokens }));
    };
    const { signal } = new AbortController();

    it('is renewed once, however many programs ask', async () => {
      await due();
      sandbox.faults.add({ on: tokenPath, delay: 50, reply: grant });
      const programs = [program(), program(), program()];
      const accounts = await Promise.all(programs.map((one) => one.fresh('qwen-oauth', undefined, signal)));

      assert.deepEqual(
        accounts.map(({ tokens }) => tokens.accessToken.reveal()),
        Array(3).fill('renewed-token'),
      );
      assert.equal(sandbox.requests.length, 1);
    });

    it('gives way to a sign-in that Qwen Code made in the meantime', async () => {
      await due();
      const newer = { ...QWENS, access_token: 'made-by-qwen-code' };
      sandbox.faults.add({
        on: ({ path }) => {
          if (path === tokenPath) folder.write({ '.qwen/oauth_creds.json': newer });
          return path === tokenPath;
        },
        reply: grant,
      });
      const { tokens } = await program().fresh('qwen-oauth', undefined, signal);

      assert.equal(tokens.accessToken.reveal(), 'made-by-qwen-code');
      assert.deepEqual(written(), newer);
    });
  });
});
