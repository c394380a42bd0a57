import assert from 'node:assert/strict';

import { findAccount } from '../../../src/core/credentials/accountStore';
import type { OAuthAccount } from '../../../src/core/credentials/account';
import { systemFiles } from '../../../src/core/base/files';
import { revoke } from '../../../src/core/oauth/revocation';
import { createPendingSignIns } from '../../../src/core/signIn/pendingSignIns';
import { type Bench, openBench } from '../../fakes/bench';
import { createTemporaryFolder, type TemporaryFolder } from '../../fakes/temporaryFolder';
import { type OidcProvider, oidcClientId, startOidcProvider } from '../../oidcProvider';

const LIFE_SECONDS = 60;
const OAUTH = { method: 'qwen-oauth' } as const;

// A stranger's authorization server, with a stranger's model server beside it: nothing here is Qwen's dialect.
describe('session at a certified provider', () => {
  let folder: TemporaryFolder;
  let provider: OidcProvider;
  let bench: Bench;
  let refreshes: number;

  before(async () => {
    provider = await startOidcProvider({ accessTokenLife: LIFE_SECONDS });
  });
  after(() => provider.stop());
  beforeEach(async () => {
    refreshes = 0;
    folder = createTemporaryFolder();
    bench = await openBench({
      wrap: (send) => async (url, init) => {
        if (typeof init.body === 'string' && init.body.includes('grant_type=refresh_token')) refreshes += 1;
        return await send(url, init);
      },
      redirects: (clock) => ({
        host: { ui: 'desktop', remote: false, knownScheme: true, hasNode: true },
        callbackUri: async () => 'vscode://qwen-auth.qwen-auth/callback',
        pending: createPendingSignIns(folder.at('pending'), { files: systemFiles, clock }),
      }),
    });
    bench.reader.set('oauth.issuer', provider.issuer);
    bench.reader.set('oauth.clientId', oidcClientId);
    bench.reader.set('oauth.scopes', ['openid', 'offline_access', 'model.completion']);
    bench.reader.set('endpoints', { 'qwen-oauth': `${bench.sandbox.origin}/local/v1` });
  });
  afterEach(async () => {
    await bench.stop();
    folder.remove();
  });

  /** Signs in as a person who consents on the provider's own pages, and gives what their browser then does. */
  async function signIn(flow?: 'uriHandler'): Promise<{ readonly address: string }> {
    const signingIn = bench.session.signIns.signIn({ ...OAUTH, model: 'qwen3:8b', ...(flow && { flow }) });
    let url: string | undefined;
    while (!url) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const { attempt } = bench.session.snapshot;
      assert.notEqual(attempt.kind, 'failed');
      if (attempt.kind === 'running' && attempt.step?.kind === 'redirect') ({ url } = attempt.step);
    }
    const address = await provider.approveAuthorization(url);
    if (flow) await bench.session.signIns.receiveRedirect(new URL(address).search.slice(1));
    else await fetch(address);
    await signingIn;
    return { address };
  }

  async function stored(): Promise<OAuthAccount> {
    const account = await findAccount(bench.secrets, 'qwen-oauth');
    assert.ok(account?.method === 'qwen-oauth');
    return account;
  }

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

  it('lasts ten minutes with tokens that live one, and renews each of them once', async () => {
    await signIn();
    const first = (await stored()).tokens.accessToken;
    const renewed = new Set<string>();
    for (let second = 0; second < 600; second += 20) {
      await Promise.all([1, 2, 3].map(() => bench.session.access(new AbortController().signal)));
      const { status, tokens } = await stored();
      assert.equal(status, 'verified');
      if (!tokens.accessToken.equals(first)) renewed.add(tokens.accessToken.reveal());
      bench.clock.advance(20_000);
    }

    assert.ok(renewed.size >= 600 / LIFE_SECONDS - 1, `only ${renewed.size} tokens`);
    assert.equal(refreshes, renewed.size);
  });

  it('ends when an old refresh token is presented again, as after a theft', async () => {
    await signIn();
    const old = (await stored()).tokens.refreshToken?.reveal() ?? '';
    bench.clock.advance(LIFE_SECONDS * 1000);
    await bench.session.access(new AbortController().signal);
    const body = { grant_type: 'refresh_token', refresh_token: old, client_id: oidcClientId };
    const { tokenEndpoint } = await stored();
    assert.equal((await fetch(tokenEndpoint, { method: 'POST', body: new URLSearchParams(body) })).status, 400);
    bench.clock.advance(LIFE_SECONDS * 1000);

    await assert.rejects(bench.session.access(new AbortController().signal), { reason: 'ended' });
    assert.equal((await stored()).status, 'ended');
  });

  it('is over at the provider after sign-out', async () => {
    await signIn();
    const account = await stored();
    await revoke((url, init) => fetch(url, init), account, new AbortController().signal);
    bench.clock.advance(LIFE_SECONDS * 1000);

    await assert.rejects(bench.session.access(new AbortController().signal), { reason: 'ended' });
  });
});
