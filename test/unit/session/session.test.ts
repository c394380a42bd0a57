import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { sessionState } from '../../../src/core/session/snapshot';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { type Bench, openBench, UNDO_MS } from '../../fakes/bench';
import type { AccountStatus } from '../../../src/core/credentials/account';
import { saveAccount } from '../../../src/core/credentials/accountStore';

describe('session', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const state = () => sessionState(bench.session.snapshot);
  /** The states that the session goes through, each once. */
  function watch(): string[] {
    const seen: string[] = [];
    bench.session.onDidChange(() => {
      const { signInAttempt } = bench.session.snapshot;
      const name = signInAttempt.kind === 'running' ? (signInAttempt.step?.kind ?? 'signingIn') : state().state;
      if (seen.at(-1) !== name) seen.push(name);
    });
    return seen;
  }
  /** Starts a sign-in with a code; resolves when it waits for the person. */
  async function startDevice(): Promise<{ readonly signingIn: Promise<unknown> }> {
    const signingIn = bench.session.signIns.signIn({ method: 'qwen-oauth' });
    await bench.clock.nextSleep();
    return { signingIn };
  }

  it('is signed out at first', () => {
    assert.deepEqual(state(), { state: 'signedOut' });
  });

  it('goes through the steps of a code', async () => {
    const seen = watch();
    await bench.signInWithDevice();

    assert.deepEqual(seen, ['signingIn', 'contacting', 'userCode', 'checking', 'signedIn']);
  });

  it('goes through the steps of a key', async () => {
    const seen = watch();
    await bench.signInWithKey('openai');

    assert.deepEqual(seen, ['signingIn', 'checking', 'signedIn']);
  });

  it('tells of each sign-in that succeeded, by whichever way', async () => {
    let count = 0;
    bench.session.onDidSignIn(() => (count += 1));
    await bench.signInWithDevice();
    await bench.signInWithKey('openai');
    await assert.rejects(bench.session.signIns.signIn({ method: 'api-key', provider: 'openai' }));

    assert.equal(count, 2);
  });

  it('copies the code and opens the page as received', async () => {
    const { signingIn } = await startDevice();
    await bench.session.signIns.openPage();

    const [userCode] = bench.sandbox.pendingUserCodes;
    assert.deepEqual(bench.browser.copied, [userCode]);
    assert.deepEqual(bench.browser.opened, [
      `${bench.sandbox.origin}/authorize?user_code=${userCode}&client=qwen-code`,
    ]);
    bench.session.signIns.cancel();
    await assert.rejects(signingIn, { name: 'Cancelled' });
  });

  it('opens no page where no code is shown', async () => {
    await bench.session.signIns.openPage();

    assert.deepEqual([bench.browser.copied, bench.browser.opened], [[], []]);
  });

  it('is signed out again when a sign-in is cancelled', async () => {
    const { signingIn } = await startDevice();
    bench.session.signIns.cancel();

    assert.deepEqual(state(), { state: 'signedOut' });
    await assert.rejects(signingIn, { name: 'Cancelled' });
    assert.deepEqual(state(), { state: 'signedOut' });
  });

  it('has told of its models before any window is told of the account', async () => {
    const other = await bench.reopen();
    const listed: number[] = [];
    other.onDidChange(() => listed.push(other.snapshot.discovered.get('openai')?.models.length ?? 0));
    await bench.signInWithKey('openai');
    while (listed.length === 0) await new Promise(setImmediate);

    assert.ok(
      listed.every((count) => count > 0),
      String(listed),
    );
  });

  it('brings back the list of the key before when the new one cannot be stored', async () => {
    await bench.signInWithKey('openai');
    const before = bench.global.entries.get('models/openai');
    bench.secrets.mood = 'locked';
    await assert.rejects(bench.signInWithKey('openai', bench.sandbox.keys['openai']));

    assert.ok(before);
    assert.equal(bench.global.entries.get('models/openai'), before);
    assert.equal(bench.global.entries.get('modelLists')?.toString(), 'openai');
  });

  it('stores nothing when cancelled at the last moment', async () => {
    let cancel = (): void => undefined;
    const late = await openBench({
      wrap: (send) => async (url, init) => {
        const response = await send(url, { ...init, signal: null });
        cancel();
        return response;
      },
    });
    cancel = () => late.session.signIns.cancel();

    await assert.rejects(late.signInWithKey('openai'), { name: 'Cancelled' });
    assert.equal(late.secrets.entries.size, 0);
    await late.stop();
  });

  it('is called off by the sign-in that comes after', async () => {
    const { signingIn: first } = await startDevice();
    const second = bench.signInWithKey('openai');

    await assert.rejects(first, { name: 'Cancelled' });
    await second;
    assert.deepEqual(state(), { state: 'signedIn', method: 'api-key', verified: true });
  });

  it('fails with what the person declined', async () => {
    const { signingIn } = await startDevice();
    bench.sandbox.deny(bench.sandbox.pendingUserCodes[0] ?? '');
    await bench.clock.passUntil(signingIn);

    const failed = state();
    assert.ok(failed.state === 'failed');
    assert.match(String(failed.error), /access_denied/);
    await assert.rejects(signingIn);
  });

  it('puts a failure away when the person says so', async () => {
    await assert.rejects(bench.signInWithKey('openai', 'sk-wrong-0123456789'));
    bench.session.signIns.cancel();

    assert.deepEqual(state(), { state: 'signedOut' });
  });

  /** A sign-in at a server whose models nobody knows: it is standard, and its list could not be had. */
  const modelless = (status: AccountStatus) => {
    const tokens = { ...oauthAccount().tokens, resourceUrl: undefined };
    return saveAccount(bench.secrets, oauthAccount({ status, issuer: 'https://login.example.com', tokens }));
  };

  it('is signed in though no model of the account is known', async () => {
    await modelless('verified');
    await bench.session.load();

    assert.equal(bench.session.snapshot.selected, undefined);
    assert.deepEqual(state(), { state: 'signedIn', method: 'qwen-oauth', verified: true });
  });

  it('says that a sign-in has ended of which no model is known', async () => {
    await modelless('ended');
    await bench.session.load();

    assert.deepEqual(state(), { state: 'expired', method: 'qwen-oauth', reason: 'ended' });
  });

  it('is not signed in by an account where the variables name another server', async () => {
    await modelless('verified');
    Object.assign(bench.environment, {
      OPENAI_API_KEY: 'sk-0123456789',
      OPENAI_BASE_URL: 'https://llm.example.com/v1',
    });
    await bench.session.load();

    assert.deepEqual(state(), { state: 'signedOut' });
  });

  it('keeps the earlier account when a sign-in fails', async () => {
    await bench.signInWithKey('coding-plan/china');
    const before = [...bench.secrets.entries];
    await assert.rejects(bench.signInWithKey('coding-plan/china', 'sk-sp-wrong-0123456789'));

    assert.deepEqual([...bench.secrets.entries], before);
    assert.deepEqual(state(), { state: 'signedIn', method: 'coding-plan', verified: true });
    assert.equal(bench.session.snapshot.signInAttempt.kind, 'failed');
  });

  it('keeps no key of a failed sign-in', async () => {
    await assert.rejects(bench.signInWithKey('openai', 'sk-wrong-0123456789'));

    assert.doesNotMatch(JSON.stringify(bench.session.snapshot.signInAttempt), /sk-wrong/);
  });

  it('replaces an account by a sign-in at the same place', async () => {
    await bench.signInWithKey('coding-plan/china');
    await bench.signInWithKey('coding-plan/china');

    assert.deepEqual([...bench.secrets.entries.keys()], ['account/coding-plan/china']);
  });

  it('switches to the model of the latest sign-in', async () => {
    await bench.signInWithKey('coding-plan/china');
    await bench.signInWithKey('openai');

    assert.equal(bench.session.snapshot.selected?.id, 'gpt-5.5');
    assert.equal(bench.session.snapshot.accounts.length, 2);
  });

  it('switches to it though something else changes in the keychain at the same time', async () => {
    await bench.signInWithKey('coding-plan/china');
    const keys = bench.secrets.keys.bind(bench.secrets);
    let readings = 0;
    bench.secrets.keys = async () => {
      // The reading that the sign-in waits for is overtaken by another, as the one before by it.
      if (bench.secrets.entries.has('account/openai') && (readings += 1) <= 3) {
        if (readings === 2) await bench.secrets.store('another entry', 'x');
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return await keys();
    };
    await bench.signInWithKey('openai');

    assert.equal(bench.session.snapshot.selected?.id, 'gpt-5.5');
  });

  it('keeps the chosen model when signing in anew', async () => {
    await bench.signInWithKey('coding-plan/china');
    await bench.session.switchModel({ id: 'glm-5' });
    await bench.signInWithKey('coding-plan/china');

    assert.equal(bench.session.snapshot.selected?.id, 'glm-5');
  });

  it('is there again after a reload, with its model', async () => {
    await bench.signInWithKey('coding-plan/international');
    await bench.session.switchModel({ id: 'kimi-k2.5' });
    const asked = bench.sandbox.requests.length;
    const { snapshot } = await bench.reopen();

    assert.deepEqual(sessionState(snapshot), { state: 'signedIn', method: 'coding-plan', verified: true });
    assert.equal(snapshot.selected?.id, 'kimi-k2.5');
    assert.equal(bench.sandbox.requests.length, asked);
  });

  it('follows a sign-in of another window', async () => {
    const other = await bench.reopen();
    await bench.signInWithKey('openai');
    while (other.snapshot.accounts.length === 0) await new Promise(setImmediate);

    assert.equal(other.snapshot.accounts[0]?.id, 'openai');
  });

  it('follows the settings without a reload', () => {
    bench.reader.set('modelProviders', { openai: [{ id: 'mine' }, {}] });

    const { models, problems } = bench.session.snapshot;
    assert.deepEqual(
      models.map(({ id }) => id),
      ['mine'],
    );
    assert.equal(problems.length, 1);
  });

  it('signs requests with a variable of the environment', () => {
    bench.environment['OPENAI_API_KEY'] = 'sk-of-the-environment';
    bench.reader.set('modelProviders', { openai: [{ id: 'mine' }] });

    assert.deepEqual(state(), { state: 'signedIn', method: 'api-key', verified: false });
    assert.deepEqual(bench.session.snapshot.credential?.source, { kind: 'environment', name: 'OPENAI_API_KEY' });
  });

  it('reports a keychain that is locked', async () => {
    bench.secrets.mood = 'locked';

    await assert.rejects(bench.session.load(), { name: 'ConfigurationError', where: { part: 'keychain' } });
    assert.deepEqual(
      bench.session.snapshot.problems.map(({ where }) => where),
      [{ part: 'keychain' }],
    );
  });

  it('is known once the keychain has been read, be it in vain', async () => {
    bench.secrets.mood = 'locked';
    const session = bench.begin();
    const loaded = session.loaded();
    assert.equal(session.snapshot.loaded, false);
    await assert.rejects(session.load(), { name: 'ConfigurationError' });

    await loaded;
    await session.loaded();
  });

  for (const mood of ['locked', 'forgetful'] as const) {
    it(`does not say signed in with a ${mood} keychain`, async () => {
      bench.secrets.mood = mood;

      await assert.rejects(bench.signInWithKey('openai'), { name: 'ConfigurationError', where: { part: 'keychain' } });
      assert.equal(state().state, 'failed');
    });
  }

  for (const [status, expected] of [
    ['offline', { state: 'expired', method: 'qwen-oauth', reason: 'offline' }],
    ['ended', { state: 'expired', method: 'qwen-oauth', reason: 'ended' }],
    ['unverified', { state: 'signedIn', method: 'qwen-oauth', verified: false }],
    ['verified', { state: 'signedIn', method: 'qwen-oauth', verified: true }],
  ] as const) {
    it(`shows a stored account that is ${status}`, async () => {
      await saveAccount(bench.secrets, oauthAccount({ status }));
      await bench.session.load();

      assert.deepEqual(state(), expected);
    });
  }

  for (const [what, refreshToken, ms, expected] of [
    ['has ended where its token has run out and nothing renews it', undefined, 0, 'expired'],
    ['is in use where its token lasts a little longer', undefined, 1, 'signedIn'],
    ['is in use where its token can be renewed', new Secret('renews'), 0, 'signedIn'],
  ] as const) {
    it(`shows that a stored sign-in ${what}`, async () => {
      const { tokens } = oauthAccount();
      const expiresAt = bench.clock.now() + ms;
      await saveAccount(bench.secrets, oauthAccount({ tokens: { ...tokens, refreshToken, expiresAt } }));
      await bench.session.load();

      assert.equal(state().state, expected);
    });
  }

  it('shows a stored key that was refused', async () => {
    await saveAccount(bench.secrets, keyAccount({ status: 'refused' }));
    await bench.session.load();

    const failed = state();
    assert.ok(failed.state === 'failed');
    assert.match(String(failed.error), /refused/);
  });

  it('tells nobody anything once it is disposed', async () => {
    let told = 0;
    bench.session.onDidChange(() => (told += 1));
    bench.session.dispose();
    bench.reader.set('modelProviders', {});

    assert.equal(told, 0);
  });
});

describe('sign-out', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
    await bench.signInWithKey('coding-plan/china');
    await bench.signInWithKey('openai');
  });
  afterEach(() => bench.stop());

  /** Lets the time to undo pass, and waits until the keychain holds so many entries. */
  const passTime = async (entries: number): Promise<void> => {
    await bench.clock.nextSleep();
    bench.clock.advance(UNDO_MS);
    while (bench.secrets.entries.size !== entries) await new Promise(setImmediate);
  };
  const inUse = () => bench.session.snapshot.accounts.map(({ id }) => id);

  it('says which account it was', async () => {
    const { accounts } = await bench.session.signOut(['openai']);

    assert.deepEqual(
      accounts.map(({ id }) => id),
      ['openai'],
    );
    assert.deepEqual(inUse(), ['coding-plan/china']);
  });

  it('destroys the key when the time to undo is over', async () => {
    await bench.session.signOut(['openai']);
    await passTime(1);

    assert.deepEqual([...bench.secrets.entries.keys()], ['account/coding-plan/china']);
  });

  it('says that the key is not destroyed yet where the keychain fails, and destroys it with the next change', async () => {
    const told: unknown[] = [];
    bench.session.onDidNotDestroy((error) => told.push(error));
    await bench.session.signOut(['openai']);
    await bench.clock.nextSleep();
    bench.secrets.mood = 'locked';
    bench.clock.advance(UNDO_MS);
    while (told.length === 0) await new Promise(setImmediate);
    assert.match(String(told[0]), /keychain is locked/);

    bench.secrets.mood = 'well';
    assert.ok([...bench.secrets.entries.keys()].some((key) => key.startsWith('trash/')));
    await bench.session.load();
    while ([...bench.secrets.entries.keys()].join() !== 'account/coding-plan/china') await new Promise(setImmediate);
    assert.equal(told.length, 1);
  });

  it('is undone with the model that was in use', async () => {
    await bench.session.switchModel({ id: 'gpt-4o-mini' });
    const { undo } = await bench.session.signOut(['openai']);
    for (const name of undo) await bench.session.restore(name);

    assert.equal(bench.session.snapshot.selected?.id, 'gpt-4o-mini');
    assert.equal(bench.secrets.entries.size, 2);
  });

  it('cannot be undone any more after its time', async () => {
    const { undo } = await bench.session.signOut(['openai']);
    await passTime(1);

    assert.equal(await bench.session.restore(undo[0] ?? ''), undefined);
  });

  it('destroys the key when the window ends', async () => {
    await bench.session.signOut(['openai']);
    await bench.session.finishSignOuts();

    assert.equal(bench.secrets.entries.size, 1);
  });

  it('keeps the models that the server named until then', async () => {
    await bench.session.signOut(['openai']);
    assert.ok(bench.session.snapshot.models.every(({ baseUrl }) => !baseUrl.includes('/openai/')));
    assert.equal(bench.global.entries.has('models/openai'), true);
    await passTime(1);

    assert.equal(bench.global.entries.has('models/openai'), false);
  });

  it('lasts though a sign-in at the same place is just being stored', async () => {
    const store = bench.secrets.store.bind(bench.secrets);
    let signingOut: Promise<unknown> | undefined;
    bench.secrets.store = async (key, value) => {
      bench.secrets.store = store;
      // It begins while the new record is on its way, and its turn comes as soon as that is there.
      signingOut = bench.session.signOut(['openai']);
      while (bench.session.snapshot.signInAttempt.kind === 'running') await new Promise(setImmediate);
      await store(key, value);
    };
    await assert.rejects(bench.signInWithKey('openai'), { name: 'Cancelled' });
    await signingOut;

    assert.deepEqual(inUse(), ['coding-plan/china']);
  });

  it('goes on with the account that is left', async () => {
    await bench.session.signOut(['openai']);

    assert.equal(bench.session.snapshot.selected?.id, 'qwen3-coder-plus');
  });

  it('of everything ends signed out', async () => {
    await bench.session.signOut(['openai', 'coding-plan/china']);

    assert.deepEqual(sessionState(bench.session.snapshot), { state: 'signedOut' });
    await passTime(0);
  });

  it('of nobody known forgets nothing', async () => {
    assert.deepEqual(await bench.session.signOut(['azure']), { accounts: [], undo: [] });
    assert.equal(bench.secrets.entries.size, 2);
  });

  it('returns to the chosen model with the next sign-in', async () => {
    await bench.session.switchModel({ id: 'gpt-4o-mini' });
    await bench.session.signOut(['openai']);
    await bench.signInWithKey('openai');

    assert.equal(bench.session.snapshot.selected?.id, 'gpt-4o-mini');
  });
});

describe('an account for another extension', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.stop());

  const { signal } = new AbortController();
  const refreshes = (): number =>
    bench.sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token').length;

  it('costs no request while its access token is good', async () => {
    const { account } = await bench.signInWithDevice();
    const before = bench.sandbox.requests.length;

    assert.deepEqual(await bench.session.renewed(account.id, signal), account);
    assert.equal(bench.sandbox.requests.length, before);
  });

  it('has its access token renewed once that has run out, and everybody sees it', async () => {
    await bench.signInWithDevice();
    bench.clock.advance(7 * 3_600_000);
    const changed = new Promise<void>((resolve) => bench.session.onDidChange(resolve));
    const account = await bench.session.renewed('qwen-oauth', signal);
    await changed;

    assert.equal(refreshes(), 1);
    assert.deepEqual(bench.session.snapshot.accounts, [account]);
  });

  it('is a key as it was saved', async () => {
    const { account } = await bench.signInWithKey('openai');

    assert.deepEqual(await bench.session.renewed('openai', signal), account);
  });

  it('is none that nobody signed in to', async () => {
    await assert.rejects(bench.session.renewed('openai', signal), { name: 'SignInRequired', reason: 'signedOut' });
  });
});

describe('choice of a model', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
    await bench.signInWithKey('coding-plan/china');
  });
  afterEach(() => bench.stop());

  it('takes an id that is known', async () => {
    const { id, baseUrl } = await bench.session.switchModel({ id: 'glm-4.7' });

    assert.deepEqual([id, baseUrl], ['glm-4.7', `${bench.sandbox.origin}/coding/china/v1`]);
    assert.equal(bench.session.snapshot.selected?.id, 'glm-4.7');
  });

  it('takes any id at the address of an account', async () => {
    const baseUrl = `${bench.sandbox.origin}/coding/china/v1`;
    const { source } = await bench.session.switchModel({ id: 'brand-new', baseUrl });

    assert.equal(bench.session.snapshot.selected?.id, 'brand-new');
    assert.deepEqual(source, { kind: 'argument' });
  });

  it('tells two models of one id apart by address', async () => {
    await bench.signInWithKey('coding-plan/international');
    const baseUrl = `${bench.sandbox.origin}/coding/china/v1`;
    await bench.session.switchModel({ id: 'glm-5', baseUrl });

    assert.equal(bench.session.snapshot.selected?.baseUrl, baseUrl);
  });

  it('prefers the address in use for an id known at several', async () => {
    await bench.signInWithKey('coding-plan/international');
    await bench.session.switchModel({ id: 'glm-5' });

    assert.equal(bench.session.snapshot.selected?.baseUrl, `${bench.sandbox.origin}/coding/international/v1`);
  });

  it('asks for the address where an id is known at several', async () => {
    await bench.signInWithKey('coding-plan/international');
    await bench.signInWithKey('openai');
    const coding = `${bench.sandbox.origin}/coding`;

    await assert.rejects(bench.session.switchModel({ id: 'glm-5' }), {
      name: 'ConfigurationError',
      message: new RegExp(
        `^"glm-5" is known at ${coding}/china/v1 and ${coding}/international/v1\\. Name the base URL too\\.$`,
      ),
    });
  });

  it('refuses an id that nobody knows', async () => {
    await assert.rejects(bench.session.switchModel({ id: 'gpt-99' }), {
      name: 'ConfigurationError',
      where: { field: 'model' },
      message: /^No model "gpt-99" is known\. Known are qwen3\.5-plus, .* and more\.$/,
    });
    assert.equal(bench.session.snapshot.selected?.id, 'qwen3-coder-plus');
  });

  it('does not repeat a key that stands in the place of an id', async () => {
    await assert.rejects(bench.session.switchModel({ id: 'sk-0123456789abcdef' }), {
      message: /^No such model is known\./,
    });
  });

  it('refuses an address that nobody signed in for', async () => {
    const elsewhere = { id: 'glm-5', baseUrl: 'https://elsewhere.example.com/v1' };

    await assert.rejects(bench.session.switchModel(elsewhere), { message: /is known at elsewhere\.example\.com/ });
  });

  it('asks to sign in where nothing is known', async () => {
    await bench.session.signOut(['coding-plan/china']);

    await assert.rejects(bench.session.switchModel({ id: 'glm-5' }), { message: /Sign in first\.$/ });
  });

  it('asks every server for its models again', async () => {
    const models = '/coding/china/v1/models';
    bench.sandbox.faults.add({ on: models, reply: { body: '{"data":[{"id":"brand-new"}]}' } });
    await bench.session.discovery.refresh();

    assert.ok(bench.session.snapshot.models.some(({ id }) => id === 'brand-new'));
  });

  it('keeps the lists of the other servers', async () => {
    await bench.signInWithKey('openai');
    bench.sandbox.faults.add({ on: '/coding/china/v1/models', reply: 'reset' });

    await assert.rejects(bench.session.discovery.refresh(), { name: 'RequestError' });
    const { models } = bench.session.snapshot.discovered.get('openai') ?? { models: [] };
    assert.deepEqual(
      models.map(({ id }) => id),
      ['gpt-5.5', 'gpt-5.2', 'gpt-4o', 'gpt-4o-mini'],
    );
  });
});
