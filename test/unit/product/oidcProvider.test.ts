import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import { findAccount } from '../../../src/core/credentials/accountStore';
import type { OAuthAccount } from '../../../src/core/credentials/account';
import { isRecord, parseJson, stringIn } from '../../../src/core/base/json';
import { systemFiles } from '../../../src/core/base/files';
import { revoke } from '../../../src/core/oauth/revocation';
import { createPendingSignIns } from '../../../src/core/signIn/pendingFiles';
import { type Bench, openBench } from '../../fakes/bench';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { type OidcProvider, oidcClientId, startOidcProvider } from '../../oidcProvider';

const LIFE_SECONDS = 60;
const OAUTH = { method: 'qwen-oauth' } as const;
const LINK = 'vscode://qwen-auth.qwen-auth/callback';
const { signal } = new AbortController();

/** A port that is free now, and was given to nobody else since. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return isRecord(address) && typeof address['port'] === 'number' ? address['port'] : 0;
}

// A stranger's authorization server, with a stranger's model server beside it: nothing here is Qwen's dialect.
describe('session at a certified provider', () => {
  let folder: TemporaryFolder;
  let provider: OidcProvider;
  let bench: Bench;
  let redirectUri: string;
  /** What was sent, and the refresh tokens that were granted. */
  let asked: URLSearchParams[];
  let granted: string[];

  before(async () => {
    redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
    provider = await startOidcProvider({ accessTokenLife: LIFE_SECONDS, redirectUris: [redirectUri, LINK] });
  });
  after(() => provider.stop());
  beforeEach(async () => {
    [asked, granted] = [[], []];
    folder = createTemporaryFolder();
    bench = await openBench({
      wrap: (send) => async (url, init) => {
        if (typeof init.body === 'string') asked.push(new URLSearchParams(init.body));
        const response = await send(url, init);
        if (url.startsWith(provider.issuer)) {
          granted.push(
            ...[stringIn(parseJson(await response.clone().text()), 'refresh_token')].flatMap((one) => one ?? []),
          );
        }
        return response;
      },
      redirects: (clock) => ({
        host: { ui: 'desktop', remote: false, knownScheme: true, hasNode: true },
        callbackUri: async () => LINK,
        pending: createPendingSignIns(folder.at('pending'), { files: systemFiles, clock }),
      }),
    });
    bench.reader.set('oauth.issuer', provider.issuer);
    bench.reader.set('oauth.clientId', oidcClientId);
    bench.reader.set('oauth.redirectUri', redirectUri);
    bench.reader.set('endpoints', { 'qwen-oauth': `${bench.sandbox.origin}/local/v1` });
  });
  afterEach(async () => {
    await bench.stop();
    folder.remove();
  });

  /** The page that the browser is sent to, once it is another one than before. */
  async function page(before?: string): Promise<string> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const { signInAttempt } = bench.session.snapshot;
      assert.notEqual(signInAttempt.kind, 'failed');
      const step = signInAttempt.kind === 'running' ? signInAttempt.step : undefined;
      if (step?.kind === 'redirect' && step.url !== before) return step.url;
    }
  }

  /** Signs in as a person who consents on the provider's own pages, and gives what their browser then does. */
  async function signIn(flow?: 'uriHandler'): Promise<{ readonly address: string }> {
    if (flow) bench.reader.set('oauth.redirectUri', '');
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, ...(flow && { flow }) });
    const address = await provider.approveAuthorization(await page());
    if (flow) await bench.session.signIns.receiveRedirect(new URL(address).search.slice(1));
    else await fetch(address);
    await signingIn;
    return { address };
  }

  /** Signs in with a code that the person approves as soon as it is shown. */
  async function signInWithCode(): Promise<void> {
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, flow: 'device' });
    signingIn.catch(() => undefined);
    await Promise.race([signingIn, bench.clock.nextSleep()]);
    const { signInAttempt } = bench.session.snapshot;
    if (signInAttempt.kind === 'running' && signInAttempt.step?.kind === 'userCode')
      await provider.approveDevice(signInAttempt.step.device.userCode);
    await bench.clock.passUntil(signingIn);
    await signingIn;
  }

  async function stored(): Promise<OAuthAccount> {
    const account = await findAccount(bench.secrets, 'qwen-oauth');
    assert.ok(account?.method === 'qwen-oauth');
    return account;
  }

  /** Whether the provider still renews by a refresh token; asking uses it up. */
  async function renews(refreshToken: string | undefined): Promise<boolean> {
    const body = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '', client_id: oidcClientId };
    return (await fetch(`${provider.issuer}/token`, { method: 'POST', body: new URLSearchParams(body) })).ok;
  }

  const refreshes = (): number => asked.filter((form) => form.get('grant_type') === 'refresh_token').length;

  it('begins by redirect to this machine, from an issuer that names itself', async () => {
    const { address } = await signIn();
    const { status, baseUrl, tokens } = await stored();

    assert.equal(new URL(address).searchParams.get('iss'), provider.issuer);
    assert.deepEqual([status, baseUrl], ['verified', `${bench.sandbox.origin}/local/v1`]);
    assert.ok(tokens.refreshToken);
  });

  it('begins by a link of the editor where that is registered', async () => {
    await signIn('uriHandler');

    assert.equal((await stored()).status, 'verified');
  });

  it('begins with a code', async () => {
    await signInWithCode();

    assert.equal((await stored()).status, 'verified');
  });

  it('has the models that its API names, and none of Qwen', async () => {
    await signIn();
    const { selected, models } = bench.session.snapshot;

    assert.equal(selected?.id, 'qwen3:8b');
    assert.ok(models.every(({ id }) => id !== 'coder-model'));
  });

  it('remembers its model where no list is kept', async () => {
    await signIn();
    await bench.global.set('models:qwen-oauth', undefined);

    assert.equal((await bench.reopen()).snapshot.selected?.id, 'qwen3:8b');
  });

  it('asks for its API before anybody approves', async () => {
    bench.reader.set('endpoints', {});

    await assert.rejects(signInWithCode(), { name: 'ConfigurationError', where: { setting: 'qwen.endpoints' } });
    assert.deepEqual(asked, []);
  });

  it('asks for those of the usual scopes that the provider has', async () => {
    await signInWithCode();

    assert.equal(asked[0]?.get('scope'), 'openid profile email offline_access');
  });

  it('names the scopes that the person wants and the provider does not have', async () => {
    bench.reader.set('oauth.scopes', ['openid', 'model.completion']);
    const signingIn = bench.session.signIns.signIn(OAUTH);
    signingIn.catch(() => undefined);
    await fetch(await provider.approveAuthorization(await page()));

    await assert.rejects(signingIn, {
      name: 'ConfigurationError',
      message: /does not grant the scopes "openid model\.completion"\. It has: openid profile email offline_access\./,
    });
  });

  it('lasts ten minutes with tokens that live one, and renews each of them once', async () => {
    await signIn();
    const first = (await stored()).tokens.accessToken;
    const renewed = new Set<string>();
    for (let second = 0; second < 600; second += 20) {
      await Promise.all([1, 2, 3].map(() => bench.session.access(signal)));
      const { status, tokens } = await stored();
      assert.equal(status, 'verified');
      if (!tokens.accessToken.equals(first)) renewed.add(tokens.accessToken.reveal());
      bench.clock.advance(20_000);
    }

    assert.ok(renewed.size >= 600 / LIFE_SECONDS - 1, `only ${renewed.size} tokens`);
    assert.equal(refreshes(), renewed.size);
  });

  it('ends when an old refresh token is presented again, as after a theft', async () => {
    await signIn();
    const old = (await stored()).tokens.refreshToken?.reveal();
    bench.clock.advance(LIFE_SECONDS * 1000);
    await bench.session.access(signal);
    assert.equal(await renews(old), false);
    bench.clock.advance(LIFE_SECONDS * 1000);

    await assert.rejects(bench.session.access(signal), { reason: 'ended' });
    assert.equal((await stored()).status, 'ended');
  });

  it('is over at the provider after sign-out', async () => {
    await signIn();
    const account = await stored();
    await revoke((url, init) => fetch(url, init), account, signal);
    bench.clock.advance(LIFE_SECONDS * 1000);

    await assert.rejects(bench.session.access(signal), { reason: 'ended' });
  });

  // The provider ends all that one browser has approved together.
  it('goes on at the provider where it has taken the place of another one', async () => {
    await signInWithCode();
    await signInWithCode();
    await bench.session.finishSignOuts();

    assert.equal(await renews(granted[1]), true);
  });

  it('goes on at the provider where the API refuses another one', async () => {
    await signInWithCode();
    bench.sandbox.faults.add({ on: () => true, times: Infinity, reply: { status: 401, body: '{}' } });
    await assert.rejects(signInWithCode(), { reason: 'refused' });

    assert.equal(await renews(granted[0]), true);
  });

  it('leaves no tokens at the provider where the API refuses them', async () => {
    bench.sandbox.faults.add({ on: () => true, times: Infinity, reply: { status: 401, body: '{}' } });
    await assert.rejects(signInWithCode(), { reason: 'refused' });

    assert.equal(asked.at(-1)?.get('token'), granted[0]);
    assert.equal(await renews(granted[0]), false);
  });
});

describe('session at a provider that grants few scopes', () => {
  let provider: OidcProvider;
  let bench: Bench;

  before(async () => {
    provider = await startOidcProvider({ allowedScopes: ['openid'], redirectUris: [LINK] });
  });
  after(() => provider.stop());
  beforeEach(async () => {
    const host = { ui: 'desktop', remote: false, knownScheme: true, hasNode: true } as const;
    bench = await openBench({ redirects: () => ({ host, callbackUri: async () => LINK }) });
    bench.reader.set('oauth.issuer', provider.issuer);
    bench.reader.set('oauth.clientId', oidcClientId);
    bench.reader.set('endpoints', { 'qwen-oauth': `${bench.sandbox.origin}/local/v1` });
  });
  afterEach(() => bench.stop());

  it('begins with openid alone where the usual scopes are refused', async () => {
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, flow: 'device' });
    await bench.clock.nextSleep();
    const { signInAttempt } = bench.session.snapshot;
    assert.ok(signInAttempt.kind === 'running' && signInAttempt.step?.kind === 'userCode');
    await provider.approveDevice(signInAttempt.step.device.userCode);
    await bench.clock.passUntil(signingIn);

    assert.equal((await signingIn).account.status, 'verified');
  });

  it('sends the browser again with openid alone', async () => {
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, flow: 'uriHandler' });
    const urls = () => bench.browser.opened;
    for (const scope of ['openid profile email offline_access', 'openid']) {
      while (new URL(urls().at(-1) ?? provider.issuer).searchParams.get('scope') !== scope)
        await new Promise((resolve) => setTimeout(resolve, 1));
      const back = new URL(await provider.approveAuthorization(urls().at(-1) ?? ''));
      await bench.session.signIns.receiveRedirect(back.search.slice(1));
    }

    assert.equal((await signingIn).account.status, 'verified');
    assert.equal(urls().length, 2);
  });
});
