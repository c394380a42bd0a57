import assert from 'node:assert/strict';

import type { OAuthAccount } from '../../../src/core/credentials/account';
import { AccessTokens } from '../../../src/core/credentials/accessTokens';
import { deleteAccount, findAccount, saveAccount } from '../../../src/core/credentials/accountStore';
import type { Fetch, SecretStore } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { oauthAccount } from '../../fakes/accounts';
import { platformFetch } from '../../fakes/bench';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySecretStore, type MemorySecretStore } from '../../fakes/memorySecretStore';
import { type Fault, htmlWithStatus200, oauthError } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const TOKEN = '/api/v1/oauth2/token';
const { signal } = new AbortController();
const grant = (changes: object = {}) => ({
  body: JSON.stringify({ access_token: 'renewed', expires_in: 3600, ...changes }),
});

describe('access token', () => {
  let sandbox: Sandbox;
  let clock: ManualClock;
  let secrets: MemorySecretStore;
  let accessTokens: AccessTokens;

  beforeEach(async () => {
    clock = new ManualClock();
    sandbox = await startSandbox();
    secrets = createMemorySecretStore();
    accessTokens = new AccessTokens({ fetch: platformFetch, clock, secrets });
  });
  afterEach(() => sandbox.stop());

  /** Stores a sign-in that ends in so many seconds. */
  async function store(seconds: number, changes: Partial<OAuthAccount> = {}): Promise<OAuthAccount> {
    const account = oauthAccount({ tokenEndpoint: sandbox.origin + TOKEN, ...changes }, clock.now() + seconds * 1000);
    await saveAccount(secrets, account);
    return account;
  }
  const fresh = (refused?: Secret, by = signal) => accessTokens.fresh('qwen-oauth', refused, by);
  const answerWith = (reply: NonNullable<Fault['reply']>) => sandbox.faults.add({ on: TOKEN, reply });
  /** Strikes the next refresh, and does something in the meantime. */
  const meanwhile = (work: () => Promise<unknown>, reply: NonNullable<Fault['reply']>) => {
    const isRefresh = ({ path }: { readonly path: string }): boolean => {
      if (path === TOKEN) void work();
      return path === TOKEN;
    };
    sandbox.faults.add({ on: isRefresh, delay: 20, reply });
  };
  const stored = async () => {
    const account = await findAccount(secrets, 'qwen-oauth');
    assert.ok(account?.method === 'qwen-oauth');
    return { token: account.tokens.accessToken.reveal(), status: account.status };
  };

  it('is given out as it is while it is good', async () => {
    const account = await store(61);

    assert.ok((await fresh()).tokens.accessToken.equals(account.tokens.accessToken));
    assert.equal(sandbox.requests.length, 0);
  });

  it('is read from the keychain once for many requests', async () => {
    await store(3600);
    await fresh();
    secrets.mood = 'locked';

    assert.equal((await fresh()).status, 'verified');
  });

  it('is the one that another window has stored, though the lock is still held there', async () => {
    await store(0);
    let hold: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (hold = resolve));
    const another = { ...secrets, locked: () => new Promise<never>(() => hold()) };
    const waiting = new AccessTokens({ fetch: platformFetch, clock, secrets: another }).fresh(
      'qwen-oauth',
      undefined,
      signal,
    );
    await held;
    const { tokens } = await store(3600);

    assert.ok((await waiting).tokens.accessToken.equals(tokens.accessToken));
    assert.equal(sandbox.requests.length, 0);
  });

  it('is not refreshed once more where another window did so while the lock was waited for', async () => {
    await store(0);
    const locked: SecretStore['locked'] = async (work) => {
      await store(3600);
      return await work();
    };
    const waiting = new AccessTokens({ fetch: platformFetch, clock, secrets: { ...secrets, locked } });

    assert.equal((await waiting.fresh('qwen-oauth', undefined, signal)).status, 'verified');
    assert.equal(sandbox.requests.length, 0);
  });

  it('is read from the keychain once for many who ask at the same time', async () => {
    await store(3600);
    let reads = 0;
    const get = secrets.get.bind(secrets);
    secrets.get = (key) => {
      reads += 1;
      return get(key);
    };
    await Promise.all(Array.from({ length: 50 }, () => fresh()));

    assert.equal(reads, 1);
  });

  it('is asked for again after it could not be read', async () => {
    await store(3600);
    secrets.mood = 'locked';
    await assert.rejects(fresh());
    secrets.mood = 'well';

    assert.equal((await fresh()).status, 'verified');
  });

  it('is read again once the keychain has changed', async () => {
    await store(3600);
    await fresh();
    await deleteAccount(secrets, 'qwen-oauth');

    await assert.rejects(fresh(), { name: 'SignInRequired' });
  });

  it('is refreshed from a minute before its end', async () => {
    await store(60);
    answerWith(grant());

    assert.equal((await fresh()).tokens.accessToken.reveal(), 'renewed');
    assert.deepEqual(await stored(), { token: 'renewed', status: 'verified' });
  });

  it('serves for nine tenths of a life that is shorter than ten minutes', async () => {
    await store(0);
    answerWith(grant({ expires_in: 60 }));
    answerWith(grant({ access_token: 'renewed-again' }));
    await fresh();
    clock.advance(53_000);
    assert.equal((await fresh()).tokens.accessToken.reveal(), 'renewed');
    clock.advance(1000);

    assert.equal((await fresh()).tokens.accessToken.reveal(), 'renewed-again');
  });

  it('is refreshed once for everybody who asks', async () => {
    await store(0);
    answerWith(grant());
    let asked = 0;
    const counting: Fetch = (url, init) => ((asked += 1), platformFetch(url, init));
    accessTokens = new AccessTokens({ fetch: counting, clock, secrets });
    const given = await Promise.all([fresh(), fresh(), fresh()]);

    assert.deepEqual(
      given.map(({ tokens }) => tokens.accessToken.reveal()),
      ['renewed', 'renewed', 'renewed'],
    );
    assert.equal(asked, 1);
  });

  it('is refreshed once more for who was refused what the refresh of others ended with', async () => {
    const { tokens } = await store(30);
    answerWith({ status: 503, body: '' });
    answerWith(grant());
    const given = await Promise.all([fresh(), fresh(tokens.accessToken)]);

    assert.deepEqual(
      given.map((account) => account.tokens.accessToken.reveal()),
      [tokens.accessToken.reveal(), 'renewed'],
    );
  });

  it('is the one that was refused where the server grants it again', async () => {
    const { tokens } = await store(3600);
    const again = grant({ access_token: tokens.accessToken.reveal() });
    answerWith(again);
    answerWith(again);
    const given = await Promise.all([fresh(tokens.accessToken), fresh(tokens.accessToken)]);

    assert.ok(given.every((account) => account.tokens.accessToken.equals(tokens.accessToken)));
  });

  it('leaves nobody listening to the keychain once it is refreshed', async () => {
    let listeners = 0;
    const onDidChange: SecretStore['onDidChange'] = (listener) => {
      const following = secrets.onDidChange(listener);
      listeners += 1;
      return { dispose: () => (following.dispose(), (listeners -= 1)) };
    };
    const watched = new AccessTokens({ fetch: platformFetch, clock, secrets: { ...secrets, onDidChange } });
    const before = listeners;
    await store(0);
    answerWith(grant());
    await watched.fresh('qwen-oauth', undefined, signal);
    await new Promise(setImmediate);

    assert.deepEqual([before, listeners], [1, 1]);
  });

  it('is refreshed again when it has run out again', async () => {
    await store(0);
    answerWith(grant({ expires_in: 0, refresh_token: 'rotated' }));
    answerWith(grant({ access_token: 'renewed-again' }));
    await fresh();

    assert.equal((await fresh()).tokens.accessToken.reveal(), 'renewed-again');
  });

  it('is refreshed before its end when a server refused it', async () => {
    const { tokens } = await store(3600);
    answerWith(grant());

    assert.equal((await fresh(tokens.accessToken)).tokens.accessToken.reveal(), 'renewed');
  });

  it('is not refreshed when another one was refused', async () => {
    const { tokens } = await store(3600);

    assert.ok((await fresh(new Secret('an older one'))).tokens.accessToken.equals(tokens.accessToken));
  });

  it('is taken from the keychain when another window renewed it', async () => {
    const account = await store(0);
    const tokens = {
      ...account.tokens,
      accessToken: new Secret('of another window'),
      expiresAt: clock.now() + 3_600_000,
    };
    await saveAccount(secrets, { ...account, tokens });

    assert.equal((await fresh()).tokens.accessToken.reveal(), 'of another window');
  });

  it('moves its base URL with a new resource_url', async () => {
    await store(0);
    answerWith(grant({ resource_url: 'elsewhere.qwen.ai' }));

    assert.equal((await fresh()).baseUrl, 'https://elsewhere.qwen.ai/v1');
  });

  for (const [what, resourceUrl] of [
    ['is the same again, as the person may have named another one', 'portal.qwen.ai'],
    ['cannot be used', 'http://elsewhere.qwen.ai'],
  ] as const) {
    it(`keeps its base URL, and the tokens, where resource_url ${what}`, async () => {
      await store(0, { baseUrl: 'https://of-the-person.example/v1' });
      answerWith(grant({ resource_url: resourceUrl }));
      const { baseUrl, tokens } = await fresh();

      assert.deepEqual([baseUrl, tokens.accessToken.reveal()], ['https://of-the-person.example/v1', 'renewed']);
    });
  }

  it('is no good where its successor cannot be kept, and the error says so', async () => {
    await store(30);
    meanwhile(async () => (secrets.mood = 'forgetful'), grant());

    await assert.rejects(fresh(), { name: 'ConfigurationError', message: /did not keep what was saved/ });
  });

  it('keeps its base URL where resource_url is left out', async () => {
    await store(0);
    answerWith(grant());

    assert.equal((await fresh()).baseUrl, 'https://portal.qwen.ai/v1');
  });

  it('ends with invalid_grant, and stays in the keychain', async () => {
    const { tokens } = await store(0);
    answerWith(oauthError('invalid_grant'));

    await assert.rejects(fresh(), {
      name: 'SignInRequired',
      about: { reason: 'ended', host: 'chat.qwen.ai' },
    });
    assert.deepEqual(await stored(), { token: tokens.accessToken.reveal(), status: 'ended' });
  });

  for (const [server, reply] of [
    ['Qwen', oauthError('invalid_request')],
    ['Glewlwyd', { status: 400, body: '' }],
    ['a server that has forgotten its client', oauthError('invalid_client', 401)],
  ] as const) {
    it(`ends as ${server} refuses a dead refresh token`, async () => {
      await store(0);
      answerWith(reply);

      await assert.rejects(fresh(), { name: 'SignInRequired', reason: 'ended' });
      assert.equal((await stored()).status, 'ended');
    });
  }

  it('is not asked for again once it has ended', async () => {
    await store(0, { status: 'ended' });

    await assert.rejects(fresh(), { name: 'SignInRequired', reason: 'ended' });
    assert.equal(sandbox.requests.length, 0);
  });

  it('ends where there is no refresh token', async () => {
    const { tokens } = oauthAccount({}, clock.now());
    await store(0, { tokens: { ...tokens, refreshToken: undefined } });

    await assert.rejects(fresh(), { name: 'SignInRequired', reason: 'ended' });
  });

  it('serves until its end where there is no refresh token', async () => {
    const { tokens } = oauthAccount({}, clock.now() + 30_000);
    await store(30, { tokens: { ...tokens, refreshToken: undefined } });

    assert.ok((await fresh()).tokens.accessToken.equals(tokens.accessToken));
    await assert.rejects(fresh(tokens.accessToken), { name: 'SignInRequired', reason: 'ended' });
  });

  for (const [what, reply] of [
    ['the old is refused', oauthError('invalid_grant')],
    ['the server is down', 'reset'],
  ] as const) {
    for (const [how, onDidChange] of [
      ['', undefined],
      [', though nobody tells of it', () => ({ dispose: () => undefined })],
    ] as const) {
      it(`is that of a newer sign-in when ${what}${how}`, async () => {
        const account = await store(0);
        const tokens = { ...account.tokens, accessToken: new Secret('newer'), expiresAt: clock.now() + 3_600_000 };
        const own = { ...secrets, ...(onDidChange && { onDidChange }) };
        meanwhile(() => saveAccount(secrets, { ...account, tokens }), reply);
        const asking = new AccessTokens({ fetch: platformFetch, clock, secrets: own });

        assert.equal((await asking.fresh('qwen-oauth', undefined, signal)).tokens.accessToken.reveal(), 'newer');
        assert.deepEqual(await stored(), { token: 'newer', status: 'verified' });
      });
    }
  }

  for (const [what, reply] of [
    ['a connection reset', 'reset'],
    ['an error of the server', { status: 503, body: '' }],
    ['a page of a firewall', htmlWithStatus200],
    ['a page of a firewall on 405', { ...htmlWithStatus200, status: 405 }],
    ['a refusal of a gateway', { status: 403, body: '{"message":"Forbidden"}' }],
    ['temporarily_unavailable', oauthError('temporarily_unavailable')],
  ] as const) {
    it(`is kept as offline after ${what}`, async () => {
      const { tokens } = await store(0);
      answerWith(reply);

      await assert.rejects(fresh(), { name: /^(Request|OAuth)Error$/ });
      assert.deepEqual(await stored(), { token: tokens.accessToken.reveal(), status: 'offline' });
    });
  }

  for (const [what, reply] of [
    ['a refresh', grant()],
    ['a failed refresh', 'reset'],
  ] as const) {
    it(`stays forgotten when signed out during ${what}`, async () => {
      await store(0);
      meanwhile(() => deleteAccount(secrets, 'qwen-oauth'), reply);

      await assert.rejects(fresh(), { name: 'SignInRequired', about: { reason: 'signedOut', method: 'qwen-oauth' } });
      assert.equal(secrets.entries.size, 0);
    });
  }

  it('never replaces a newer sign-in with a refresh of the old', async () => {
    const account = await store(0);
    const tokens = { ...account.tokens, accessToken: new Secret('newer'), expiresAt: clock.now() + 3_600_000 };
    meanwhile(() => saveAccount(secrets, { ...account, tokens }), grant());

    assert.equal((await fresh()).tokens.accessToken.reveal(), 'newer');
    assert.equal((await stored()).token, 'newer');
  });

  it('is kept when another window ended the same one meanwhile', async () => {
    const account = await store(0);
    meanwhile(() => saveAccount(secrets, { ...account, status: 'ended' }), grant());
    await fresh();

    assert.deepEqual(await stored(), { token: 'renewed', status: 'verified' });
  });

  it('comes back from offline with the next refresh', async () => {
    await store(0, { status: 'offline' });
    answerWith(grant());
    await fresh();

    assert.deepEqual(await stored(), { token: 'renewed', status: 'verified' });
  });

  it('serves until its end while the server is down', async () => {
    const { tokens } = await store(30);
    let changes = 0;
    secrets.onDidChange(() => (changes += 1));
    answerWith('reset');

    assert.ok((await fresh()).tokens.accessToken.equals(tokens.accessToken));
    assert.equal((await stored()).status, 'verified');
    assert.equal(changes, 0);
  });

  it('does not serve again once a server refused it', async () => {
    const { tokens } = await store(30);
    answerWith('reset');

    await assert.rejects(fresh(tokens.accessToken), { name: 'RequestError' });
  });

  it('goes on being refreshed when a caller calls off', async () => {
    await store(0);
    const caller = new AbortController();
    meanwhile(async () => caller.abort(), grant());
    const other = fresh();

    await assert.rejects(fresh(undefined, caller.signal), { name: 'Cancelled' });
    assert.equal((await other).tokens.accessToken.reveal(), 'renewed');
    assert.equal((await stored()).token, 'renewed');
  });

  it('fails without noise when the only caller has gone', async () => {
    await store(0);
    answerWith('reset');

    await assert.rejects(fresh(undefined, AbortSignal.abort()), { name: 'Cancelled' });
    while ((await stored()).status !== 'offline') await new Promise(setImmediate);
  });

  it('is missed where nobody is signed in', async () => {
    await assert.rejects(fresh(), { name: 'SignInRequired', about: { reason: 'signedOut', method: 'qwen-oauth' } });
  });
});
