import assert from 'node:assert/strict';

import { discoverServer } from '../../../src/core/oauth/discovery';
import { requestDeviceCode } from '../../../src/core/oauth/deviceAuthorization';
import { pollForTokens } from '../../../src/core/oauth/devicePolling';
import { createPkce } from '../../../src/core/oauth/pkce';
import { refreshTokens } from '../../../src/core/oauth/tokenEndpoint';
import type { TokenSet } from '../../../src/core/oauth/tokenSet';
import { platformFetch } from '../../fakes/bench';
import { ManualClock } from '../../fakes/manualClock';
import { oidcClientId, startOidcProvider, type OidcProvider } from '../../oidcProvider';

const { signal } = new AbortController();
const client = { clientId: oidcClientId, scopes: ['openid', 'offline_access'] };

describe('device authorization grant with a certified provider', () => {
  const clock = new ManualClock();
  const ports = { fetch: platformFetch, clock };
  let provider: OidcProvider;

  before(async () => {
    provider = await startOidcProvider();
  });
  after(() => provider.stop());

  async function signIn(): Promise<TokenSet> {
    const server = await discoverServer(platformFetch, provider.issuer, signal);
    const pkce = createPkce();
    const device = await requestDeviceCode(ports, server, client, pkce, signal);
    const polling = pollForTokens(ports, server, client, device, pkce, signal);
    clock.advance(await clock.nextSleep());
    await clock.nextSleep();
    await provider.approveDevice(device.userCode);
    await clock.passUntil(polling);
    return await polling;
  }

  it('gives tokens after a pending poll and an approval', async () => {
    const { accessToken, refreshToken, expiresAt } = await signIn();

    assert.ok(accessToken.reveal());
    assert.ok(refreshToken);
    assert.equal(expiresAt, clock.now() + 3_600_000);
  });

  it('rotates the refresh token, and refuses the old', async () => {
    const server = await discoverServer(platformFetch, provider.issuer, signal);
    const tokens = await signIn();
    assert.ok(tokens.refreshToken);
    const old = { ...tokens, refreshToken: tokens.refreshToken };
    const renewed = await refreshTokens(ports, server, client.clientId, old, signal);

    assert.ok(!renewed.refreshToken?.equals(old.refreshToken));
    await assert.rejects(refreshTokens(ports, server, client.clientId, old, signal), { error: 'invalid_grant' });
  });
});
