import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';

import { findAccount, saveAccount } from '../../../src/core/credentials/accountStore';
import { SystemFiles } from '../../../src/core/base/files';
import { isRecord } from '../../../src/core/base/json';
import { Secret } from '../../../src/core/base/secret';
import { isInBrowser } from '../../../src/core/signIn/browserSignIn';
import type { Host } from '../../../src/core/signIn/flows';
import { createPendingSignIns } from '../../../src/core/signIn/pendingFiles';
import type { RedirectPorts } from '../../../src/core/signIn/redirects';
import type { SignInStep } from '../../../src/core/signIn/signIn';
import type { SignInRequest } from '../../../src/core/signIn/signInRequest';
import type { Session } from '../../../src/core/session/session';
import { sessionState } from '../../../src/core/session/snapshot';
import { type Bench, openBench } from '../../fakes/bench';
import type { ManualClock } from '../../fakes/manualClock';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import type { SandboxOptions } from '../../sandbox/sandbox';

const DESKTOP: Host = { ui: 'desktop', remote: false, knownScheme: true, hasNode: true };
const WEB: Host = { ui: 'web', remote: true, knownScheme: true, hasNode: true };
const OAUTH = { method: 'qwen-oauth' } as const;
const OPENROUTER = { method: 'api-key', provider: 'openrouter' } as const;
const UNFIT = /^127\.0\.0\.1:\d+ or this computer cannot sign in this way\. Choose another one\.$/;
/** No process has this number on any system. */
const GONE = 2 ** 30;

type RedirectStep = Extract<SignInStep, { readonly kind: 'redirect' }>;

describe('a sign-in', () => {
  const rows: readonly (readonly [title: string, request: SignInRequest, expected: boolean])[] = [
    ['at an authorization server is in the browser', OAUTH, true],
    ['with a provider that has a page for it is in the browser', { ...OPENROUTER, flow: 'loopback' }, true],
    ['with such a provider is with a key where no way is named', OPENROUTER, false],
    ['with such a provider is with a key where that is the way', { ...OPENROUTER, flow: 'key' }, false],
    [
      'with such a provider is with the key that there is',
      { ...OPENROUTER, flow: 'loopback', apiKey: new Secret('sk-or-0123456789') },
      false,
    ],
    [
      'with any other provider is with a key, whatever the way',
      { ...OPENROUTER, provider: 'openai', flow: 'paste' },
      false,
    ],
    ['with no provider is with a key, whatever the way', { method: 'api-key', flow: 'paste' }, false],
  ];
  for (const [title, request, expected] of rows)
    it(title, () => {
      assert.equal(isInBrowser(request), expected);
    });
});

describe('sign-in by redirect', () => {
  let folder: TemporaryFolder;
  let bench: Bench;
  let links: number;
  let logged: string[];

  const pendingOf = (clock: ManualClock, owner?: number) =>
    createPendingSignIns(folder.at('pending'), { files: new SystemFiles(5), clock, ...(owner && { owner }) });
  const redirectsOn = (host: Host, clock: ManualClock, owner?: number): RedirectPorts => ({
    host,
    // As in a browser: another address each time, with a query of its own.
    callbackUri: async () => `https://editor.example.com/callback?reqid=${(links += 1)}`,
    pending: pendingOf(clock, owner),
    log: { info: (text) => void logged.push(text), error: (text) => void logged.push(text) },
  });

  async function open(host: Host, options: SandboxOptions = {}): Promise<void> {
    bench = await openBench({ ...options, redirects: (clock) => redirectsOn(host, clock) });
  }

  beforeEach(() => {
    folder = createTemporaryFolder();
    links = 0;
    logged = [];
  });
  afterEach(async () => {
    await bench.stop();
    folder.remove();
  });

  const kept = () => {
    try {
      return readdirSync(folder.at('pending'));
    } catch {
      return [];
    }
  };
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  /** Waits until a session has sent its browser away. */
  async function sent(session: Session = bench.session): Promise<RedirectStep> {
    const step = () => {
      const { signInAttempt } = session.snapshot;
      return signInAttempt.kind === 'running' && signInAttempt.step?.kind === 'redirect'
        ? signInAttempt.step
        : undefined;
    };
    await until(() => step() !== undefined || session.snapshot.signInAttempt.kind === 'failed');
    const found = step();
    assert.ok(found, `no redirect is waited for: ${JSON.stringify(session.snapshot.signInAttempt)}`);
    return found;
  }
  /** The person decides on the page; gives the address that their browser is sent to. */
  async function decide(url: string, decision: 'approve' | 'deny' = 'approve'): Promise<string> {
    const { origin, pathname, search } = new URL(url);
    const body = new URLSearchParams(search);
    body.append('decision', decision);
    const { headers } = await fetch(origin + pathname, { method: 'POST', body, redirect: 'manual' });
    return headers.get('location') ?? '';
  }
  const queryOf = (address: string) => new URL(address).search.slice(1);
  const attempt = () => bench.session.snapshot.signInAttempt;

  it('comes back to this machine', async () => {
    await open(DESKTOP);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url, flow, host } = await sent();
    const address = await decide(url);
    await fetch(address);
    const { account } = await signingIn;

    assert.deepEqual([flow, host], ['loopback', new URL(bench.sandbox.origin).host]);
    assert.deepEqual([account.status, account.baseUrl], ['verified', `${bench.sandbox.origin}/v1`]);
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/callback\?/);
    assert.deepEqual(bench.browser.opened, [url]);
    assert.deepEqual(kept(), []);
    await assert.rejects(fetch(address), 'the port is closed');
  });

  describe('on a page of another host than the issuer', () => {
    beforeEach(async () => {
      await open(DESKTOP);
      const { origin } = bench.sandbox;
      const path = '/.well-known/oauth-authorization-server';
      const document: unknown = await (await fetch(origin + path)).json();
      const body = JSON.stringify({
        ...(isRecord(document) ? document : {}),
        authorization_endpoint: `${origin.replace('127.0.0.1', 'localhost')}/authorize`,
      });
      bench.sandbox.faults.add({ on: path, reply: { status: 200, body } });
    });

    it('names it before the browser is opened', async () => {
      const { port } = new URL(bench.sandbox.origin);
      void bench.session.signIns.signIn(OAUTH).catch(() => undefined);
      const { url } = await sent();
      bench.session.signIns.cancel();

      assert.deepEqual(bench.browser.askedAbout, [`localhost:${port}, not 127.0.0.1:${port}`]);
      assert.deepEqual(bench.browser.opened, [url]);
    });

    it('opens nothing unless the person agrees', async () => {
      bench.browser.agrees = false;

      await assert.rejects(bench.session.signIns.signIn(OAUTH), { name: 'Cancelled' });
      assert.deepEqual([bench.browser.opened, kept(), attempt()], [[], [], { kind: 'none' }]);
    });
  });

  it('asks for what a code is worth nothing without', async () => {
    await open(DESKTOP);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    await fetch(await decide(url));
    await signingIn;

    const { searchParams } = new URL(url);
    const exchange = bench.sandbox.requests.find(({ form }) => form['grant_type'] === 'authorization_code');
    assert.equal(searchParams.get('code_challenge_method'), 'S256');
    assert.ok((searchParams.get('state')?.length ?? 0) >= 43);
    assert.equal(exchange?.form['redirect_uri'], searchParams.get('redirect_uri'));
    assert.ok(exchange?.form['code_verifier']);
    assert.ok(!url.includes(exchange?.form['code_verifier'] ?? '?'));
  });

  it('comes back by a link of the editor, whose own query stays', async () => {
    await open(WEB, { grants: 'code' });
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url, flow } = await sent();
    const address = await decide(url);
    await bench.session.signIns.receiveRedirect(queryOf(address));
    await signingIn;

    assert.equal(flow, 'uriHandler');
    assert.match(address, /^https:\/\/editor\.example\.com\/callback\?reqid=1&code=/);
  });

  it('asks for a fresh link each time', async () => {
    await open(WEB, { grants: 'code' });
    const first = bench.session.signIns.signIn(OAUTH);
    await sent();
    const second = bench.session.signIns.signIn(OAUTH);
    await assert.rejects(first, { name: 'Cancelled' });
    await until(() => links === 2);
    const { url } = await sent();

    assert.match(new URL(url).searchParams.get('redirect_uri') ?? '', /reqid=2$/);
    bench.session.signIns.cancel();
    await assert.rejects(second);
  });

  it('opens no page once it is called off', async () => {
    let give: (address: string) => void = () => undefined;
    let asked = false;
    const callbackUri = () => {
      asked = true;
      return new Promise<string>((resolve) => (give = resolve));
    };
    bench = await openBench({ grants: 'code', redirects: (clock) => ({ ...redirectsOn(WEB, clock), callbackUri }) });
    const signingIn = bench.session.signIns.signIn(OAUTH);
    await until(() => asked);
    bench.session.signIns.cancel();
    give('https://editor.example.com/callback');

    await assert.rejects(signingIn, { name: 'Cancelled' });
    assert.deepEqual([bench.browser.opened, kept()], [[], []]);
  });

  for (const flow of ['loopback', 'uriHandler', 'paste'] as const) {
    it(`takes a pasted address while it waits by ${flow}`, async () => {
      await open(DESKTOP);
      const signingIn = bench.session.signIns.signIn({ ...OAUTH, flow });
      const { url } = await sent();
      bench.session.signIns.pasteRedirect(await decide(url));
      const { account } = await signingIn;

      assert.equal(account.status, 'verified');
    });
  }

  it('goes on waiting where what was pasted is none', async () => {
    await open(DESKTOP);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const expected = { name: 'ConfigurationError', where: { field: 'redirect' } };

    assert.throws(() => bench.session.signIns.pasteRedirect('what is this'), expected);
    assert.throws(() => bench.session.signIns.pasteRedirect('http://127.0.0.1/callback?code=a&state=b'), expected);
    bench.session.signIns.pasteRedirect(await decide(url));
    await signingIn;
    assert.throws(() => bench.session.signIns.pasteRedirect(url), expected);
  });

  it('prefers a code where the address would be another one each time', async () => {
    await open(WEB);
    const { account } = await bench.signInWithDevice();

    assert.equal(account.status, 'verified');
  });

  it('returns to the one address that is registered', async () => {
    await open(WEB);
    bench.reader.set('oauth.redirectUri', 'https://login.example.com/done');
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, flow: 'paste' });
    const { url } = await sent();

    assert.equal(new URL(url).searchParams.get('redirect_uri'), 'https://login.example.com/done');
    bench.session.signIns.pasteRedirect(await decide(url));
    await signingIn;
  });

  it('refuses a way that does not work here, and names those that do', async () => {
    await open(WEB);

    await assert.rejects(bench.session.signIns.signIn({ ...OAUTH, flow: 'loopback' }), { name: 'ConfigurationError' });
    assert.deepEqual(attempt().kind === 'failed' && attempt(), {
      ...attempt(),
      others: ['device', 'uriHandler', 'paste', 'key'],
    });
  });

  for (const [what, flow, grants, message] of [
    ['a key was chosen for a server that has none', 'key', 'both', UNFIT],
    ['a code was chosen for a server that has none', 'device', 'code', /does not offer sign-in with a code/],
    ['its server has no way that works here', undefined, 'device', UNFIT],
  ] as const) {
    it(`opens no browser where ${what}`, async () => {
      await open({ ...DESKTOP, hasNode: false }, { grants });
      const where = { field: 'flow' };
      const signingIn = bench.session.signIns.signIn({ ...OAUTH, ...(flow && { flow }) });
      await assert.rejects(signingIn, { name: 'ConfigurationError', message, ...(flow !== 'device' && { where }) });

      assert.deepEqual([bench.browser.opened, kept()], [[], []]);
    });
  }

  it('offers the other ways after fifteen seconds on one step', async () => {
    await open(DESKTOP);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    await sent();
    const before = attempt();
    await bench.clock.nextSleep();
    bench.clock.advance(15_000);
    await until(() => attempt().kind === 'running' && attempt() !== before);

    const after = attempt();
    const others = ['device', 'uriHandler', 'paste', 'key'];
    assert.ok(before.kind === 'running' && after.kind === 'running');
    assert.deepEqual([before.overdue, before.others], [false, others]);
    assert.deepEqual([after.overdue, after.others], [true, others]);
    bench.session.signIns.cancel();
    await assert.rejects(signingIn, { name: 'Cancelled' });
    assert.deepEqual(kept(), []);
  });

  it('begins anew by another way', async () => {
    await open(DESKTOP);
    const first = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const address = await decide(url);
    const second = bench.signInWithDevice({ flow: 'device' });

    await assert.rejects(first, { name: 'Cancelled' });
    await assert.rejects(fetch(address), 'the port of the first is closed');
    assert.equal((await second).account.status, 'verified');
  });

  it('says that it was declined, and what else would work', async () => {
    await open(DESKTOP);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    await Promise.all([assert.rejects(signingIn, { error: 'access_denied' }), fetch(await decide(url, 'deny'))]);

    const failed = attempt();
    assert.ok(failed.kind === 'failed');
    assert.deepEqual(failed.others, ['device', 'uriHandler', 'paste', 'key']);
    assert.equal(bench.secrets.entries.size, 0);
  });

  it('ends after ten minutes, and says so', async () => {
    await open(DESKTOP);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const ended = assert.rejects(signingIn, { name: 'SignInRequired', reason: 'expired' });
    bench.clock.advance(600_000);
    await ended;
    const asked = bench.sandbox.requests.length;
    await bench.session.signIns.receiveRedirect(queryOf(await decide(url)));

    assert.equal(bench.sandbox.requests.length, asked + 1, 'a late redirect asks nobody anything');
    assert.deepEqual(kept(), []);
  });

  for (const [what, changes] of [
    ['names another server', { iss: 'https://evil.example.com' }],
    ['does not say who it is from', { iss: undefined }],
  ] as const) {
    it(`uses no code of a redirect that ${what}`, async () => {
      await open(WEB, { grants: 'code' });
      const signingIn = bench.session.signIns.signIn(OAUTH);
      const { url } = await sent();
      const query = new URL(await decide(url)).searchParams;
      query.delete('iss');
      if (changes.iss) query.set('iss', changes.iss);
      const refused = assert.rejects(signingIn, { error: 'wrong_issuer' });
      await bench.session.signIns.receiveRedirect(query.toString());

      await refused;
      assert.ok(bench.sandbox.requests.every(({ form }) => !form['code']));
    });
  }

  it('does without an issuer where the server promises none', async () => {
    await open(WEB, { grants: 'code', namesIssuer: false });
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const address = await decide(url);
    await bench.session.signIns.receiveRedirect(queryOf(address));
    await signingIn;

    assert.ok(!address.includes('iss='));
  });

  it('is not moved by links of strangers', async () => {
    await open(WEB, { grants: 'code' });
    const stranger = 'code=evil&state=evil&baseUrl=https://evil.example.com&key=sk-evil&model=evil';
    assert.equal(await bench.session.signIns.receiveRedirect(stranger), undefined);
    assert.deepEqual(attempt(), { kind: 'none' });
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const before = attempt();
    await bench.session.signIns.receiveRedirect(stranger);

    assert.equal(attempt(), before);
    assert.deepEqual(
      new Set(logged),
      new Set(['A link from a browser belongs to no sign-in that is waited for; nothing was done.']),
    );
    await bench.session.signIns.receiveRedirect(queryOf(await decide(url)));
    await signingIn;
  });

  it('takes a redirect once', async () => {
    await open(WEB, { grants: 'code' });
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const query = queryOf(await decide(url));
    await bench.session.signIns.receiveRedirect(query);
    await signingIn;
    const asked = bench.sandbox.requests.length;
    await bench.session.signIns.receiveRedirect(query);

    assert.equal(bench.sandbox.requests.length, asked);
    assert.equal(sessionState(bench.session.snapshot).state, 'signedIn');
  });

  it('keeps for other windows no more than they need, and for the person alone', async () => {
    await open(WEB, { grants: 'code' });
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, model: 'coder-model' });
    const { url } = await sent();
    const state = new URL(url).searchParams.get('state') ?? '';
    const [name = ''] = kept();
    const file = folder.at(`pending/${name}`);
    const read = await folder.files.read(file);

    assert.equal(kept().length, 1);
    assert.ok(read.kind === 'text' && !read.text.includes(state) && !name.includes(state));
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    bench.session.signIns.cancel();
    await assert.rejects(signingIn);
    await until(() => kept().length === 0);
  });

  it('is finished by the window that its redirect comes to', async () => {
    await open(WEB, { grants: 'code' });
    const other = await bench.reopen(redirectsOn(WEB, bench.clock, process.ppid));
    const signingIn = bench.session.signIns.signIn(OAUTH);
    const { url } = await sent();
    const called = assert.rejects(signingIn, { name: 'Cancelled' });
    const finishing = other.signIns.receiveRedirect(queryOf(await decide(url)));
    // The window that waits is given a second to go first.
    while ((await bench.clock.nextSleep()) > 1000) await new Promise((resolve) => setTimeout(resolve, 1));
    bench.clock.advance(1000);

    assert.equal((await finishing)?.account.status, 'verified');
    await called;
    await until(() => sessionState(bench.session.snapshot).state === 'signedIn');
    assert.deepEqual(kept(), []);
  });

  describe('that a reload has interrupted', () => {
    let url: string;
    let after: Session;

    beforeEach(async () => {
      await open(WEB, { grants: 'code' });
      const before = await bench.reopen(redirectsOn(WEB, bench.clock, GONE));
      const signingIn = before.signIns.signIn({ ...OAUTH, model: 'coder-model' });
      ({ url } = await sent(before));
      before.dispose();
      await assert.rejects(signingIn, { name: 'Cancelled' });
      after = await bench.reopen(redirectsOn(WEB, bench.clock, GONE + 1));
      await after.signIns.reportInterrupted();
    });

    it('says so once, and what else would work', async () => {
      const { signInAttempt: failed } = after.snapshot;
      const third = await bench.reopen(redirectsOn(WEB, bench.clock, GONE + 2));
      await third.signIns.reportInterrupted();

      assert.ok(failed.kind === 'failed');
      assert.match(String(failed.error), /interrupted, qwen-oauth, 127\.0\.0\.1/);
      assert.deepEqual([failed.request, failed.others], [{ ...OAUTH, model: 'coder-model' }, ['paste', 'key']]);
      assert.deepEqual(third.snapshot.signInAttempt, { kind: 'none' });
    });

    it('is finished all the same when the person comes back', async () => {
      const signedIn = await after.signIns.receiveRedirect(queryOf(await decide(url)));

      assert.equal(signedIn?.account.status, 'verified');
      assert.equal(sessionState(after.snapshot).state, 'signedIn');
      assert.deepEqual(kept(), []);
    });

    it('is not finished at a server that the settings do not name any more', async () => {
      const query = queryOf(await decide(url));
      const other = await openBench();
      bench.reader.set('oauth.issuer', other.sandbox.origin);

      await assert.rejects(after.signIns.receiveRedirect(query), { name: 'SignInRequired', reason: 'interrupted' });
      assert.ok(other.sandbox.requests.every(({ form }) => !form['code']));
      await other.stop();
    });
  });

  it('with a code that a reload has interrupted is told too', async () => {
    await open(WEB);
    const before = await bench.reopen(redirectsOn(WEB, bench.clock, GONE));
    const signingIn = before.signIns.signIn(OAUTH);
    await until(() => bench.sandbox.pendingUserCodes.length === 1 && kept().length === 1);
    await bench.clock.nextSleep();
    before.dispose();
    await assert.rejects(signingIn, { name: 'Cancelled' });
    await bench.session.signIns.reportInterrupted();

    assert.equal(attempt().kind, 'failed');
  });

  for (const [host, flow] of [
    [DESKTOP, 'loopback'],
    [WEB, 'uriHandler'],
    [WEB, 'paste'],
  ] as const) {
    it(`gets a key of OpenRouter by ${flow}`, async () => {
      await open(host);
      const signingIn = bench.session.signIns.signIn({ ...OPENROUTER, flow });
      const { url, flow: used } = await sent();
      const address = await decide(url);
      if (flow === 'loopback') await fetch(address);
      else if (flow === 'paste') bench.session.signIns.pasteRedirect(address);
      else await bench.session.signIns.receiveRedirect(queryOf(address));
      const { account } = await signingIn;

      assert.equal(used, flow);
      assert.deepEqual(
        [account.id, account.status, account.baseUrl],
        ['openrouter', 'verified', `${bench.sandbox.origin}/openrouter/v1`],
      );
      assert.ok(account.method === 'api-key' && account.key?.reveal() === 'sk-or-sandbox');
      assert.ok(new URL(url).searchParams.get('callback_url')?.includes('state='));
    });
  }

  it('gets a key of OpenRouter by what works where the way asked for does not', async () => {
    await open(WEB);
    const signingIn = bench.session.signIns.signIn({ ...OPENROUTER, flow: 'loopback' });

    assert.equal((await sent()).flow, 'uriHandler');
    bench.session.signIns.cancel();
    await assert.rejects(signingIn);
  });

  it('with a typed key of OpenRouter opens no browser', async () => {
    await open(WEB);
    await bench.session.signIns.signIn({ ...OPENROUTER, flow: 'key', apiKey: new Secret('sk-or-sandbox') });

    assert.deepEqual(bench.browser.opened, []);
  });

  it('takes no code of OpenRouter that belongs to another sign-in', async () => {
    await open(WEB);
    const signingIn = bench.session.signIns.signIn({ ...OPENROUTER, flow: 'uriHandler' });
    const { url } = await sent();
    const query = new URL(await decide(url)).searchParams;
    query.set('code', 'stolen-or-made-up');
    const refused = assert.rejects(signingIn, { name: 'RequestError', failure: 'status' });
    await bench.session.signIns.receiveRedirect(query.toString());
    await refused;

    assert.equal(bench.secrets.entries.size, 0);
    assert.doesNotMatch(JSON.stringify(attempt()), /stolen/);
  });
});

describe('sign-out at the server', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
    await bench.signInWithDevice();
  });
  afterEach(() => bench.stop());

  const revoked = () => bench.sandbox.requests.filter(({ path }) => path.endsWith('/revoke'));
  /** Signs out for good. */
  const signOut = async (id = 'qwen-oauth'): Promise<void> => {
    await bench.session.signOut([id]);
    await bench.session.finishSignOuts();
  };

  it('ends the sign-in there too', async () => {
    await signOut();

    const form = revoked()[0]?.form ?? {};
    const refresh = { grant_type: 'refresh_token', refresh_token: form['token'] ?? '', client_id: 'qwen-auth-sandbox' };
    const answer = await fetch(`${bench.sandbox.origin}/api/v1/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(refresh),
    });
    assert.equal(form['token_type_hint'], 'refresh_token');
    assert.equal(answer.status, 400);
  });

  it('ends what another window has renewed meanwhile', async () => {
    const account = await findAccount(bench.secrets, 'qwen-oauth');
    assert.ok(account?.method === 'qwen-oauth');
    const tokens = { ...account.tokens, refreshToken: new Secret('the-renewed-one') };
    Object.assign(bench.secrets, {
      locked: async <T>(work: () => Promise<T>): Promise<T> => {
        Object.assign(bench.secrets, { locked: undefined });
        await saveAccount(bench.secrets, { ...account, tokens });
        return await work();
      },
    });
    await signOut();

    assert.equal(revoked()[0]?.form['token'], 'the-renewed-one');
  });

  it('is done here whether or not the server can be told, and says so', async () => {
    bench.sandbox.faults.add({ on: '/api/v1/oauth2/revoke', reply: { status: 503, body: '' } });
    const told: unknown[] = [];
    bench.session.onDidNotRevoke(({ error }) => told.push(error));
    await signOut();

    assert.deepEqual(sessionState(bench.session.snapshot), { state: 'signedOut' });
    assert.match(String(told[0]), /503/);
  });

  it('tells the server nothing while it can be undone', async () => {
    const { undo } = await bench.session.signOut(['qwen-oauth']);
    await bench.session.restore(undo[0] ?? '');
    await bench.session.finishSignOuts();

    assert.deepEqual(revoked(), []);
    assert.deepEqual(sessionState(bench.session.snapshot), { state: 'signedIn', method: 'qwen-oauth', verified: true });
  });

  // Many servers end all sign-ins of one person and client together.
  it('ends no sign-in whose place one of the same client has taken', async () => {
    await bench.signInWithDevice();
    await bench.session.finishSignOuts();

    assert.deepEqual(revoked(), []);
  });

  it('ends a sign-in whose place one at another server has taken', async () => {
    const account = await findAccount(bench.secrets, 'qwen-oauth');
    assert.ok(account?.method === 'qwen-oauth');
    const { undo } = await bench.session.signOut(['qwen-oauth']);
    await saveAccount(bench.secrets, { ...account, issuer: 'https://elsewhere.example.com' });
    await bench.session.finishSignOuts();

    assert.equal(undo.length, 1);
    assert.equal(revoked()[0]?.form['token'], account.tokens.refreshToken?.reveal());
  });

  it('leaves the tokens alone that are stored again', async () => {
    const [account] = bench.session.snapshot.accounts;
    assert.ok(account);
    await bench.session.signOut(['qwen-oauth']);
    await saveAccount(bench.secrets, account);
    await bench.session.finishSignOuts();

    assert.deepEqual(revoked(), []);
  });

  it('tells nobody of a key', async () => {
    await bench.signInWithKey('openai');
    const asked = bench.sandbox.requests.length;
    await signOut('openai');

    assert.equal(bench.sandbox.requests.length, asked);
  });
});
