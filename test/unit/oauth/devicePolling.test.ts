import assert from 'node:assert/strict';

import { type DeviceAuthorization, requestDeviceCode } from '../../../src/core/oauth/deviceAuthorization';
import { pollForTokens } from '../../../src/core/oauth/devicePolling';
import { createPkce } from '../../../src/core/oauth/pkce';
import type { TokenSet } from '../../../src/core/oauth/tokenSet';
import { platformFetch } from '../../fakes/bench';
import { hang } from '../../fakes/hang';
import { ManualClock } from '../../fakes/manualClock';
import { emptyBody, type Fault, htmlWithStatus200, oauthError, truncatedJson } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const TOKEN = '/api/v1/oauth2/token';

describe('device access token polling', () => {
  const pkce = createPkce();
  const client = { clientId: 'qwen-auth-sandbox', scopes: ['openid'] };
  let clock: ManualClock;
  let sandbox: Sandbox;
  let calling: AbortController;

  beforeEach(async () => {
    clock = new ManualClock();
    calling = new AbortController();
    sandbox = await startSandbox({ now: () => clock.now(), interval: 2 });
  });
  afterEach(() => sandbox.stop());

  const server = () => ({
    issuer: sandbox.origin,
    tokenEndpoint: sandbox.origin + TOKEN,
    deviceAuthorizationEndpoint: `${sandbox.origin}/api/v1/oauth2/device/code`,
  });
  const ports = () => ({ fetch: platformFetch, clock });
  const polls = () => sandbox.requests.filter(({ path }) => path === TOKEN).length;

  async function start(): Promise<{ device: DeviceAuthorization; polling: Promise<TokenSet> }> {
    const device = await requestDeviceCode(ports(), server(), client, pkce, calling.signal);
    return { device, polling: pollForTokens(ports(), server(), client, device, pkce, calling.signal) };
  }
  /** Polls an approved code through these answers of the server; resolves with the seconds of each wait. */
  async function pollThrough(...replies: readonly NonNullable<Fault['reply']>[]): Promise<readonly number[]> {
    const { device, polling } = await start();
    sandbox.approve(device.userCode);
    for (const reply of replies) sandbox.faults.add({ on: TOKEN, reply });
    const waits = await clock.passUntil(polling);
    await polling;
    return waits;
  }

  it('waits the interval before the first poll', async () => {
    const { polling } = await start();

    assert.equal(await clock.nextSleep(), 2000);
    assert.equal(polls(), 0);
    calling.abort();
    await assert.rejects(polling, { name: 'Cancelled' });
  });

  it('gives the tokens once the person has approved', async () => {
    const { device, polling } = await start();
    clock.advance(await clock.nextSleep());
    await clock.nextSleep();
    sandbox.approve(device.userCode);
    await clock.passUntil(polling);

    assert.match((await polling).accessToken.reveal(), /^sandbox-access/);
    assert.equal((await polling).resourceUrl, `${sandbox.origin}/v1`);
  });

  it('sends grant, client, device code and verifier', async () => {
    const { device, polling } = await start();
    sandbox.approve(device.userCode);
    await clock.passUntil(polling);

    assert.deepEqual(sandbox.requests.at(-1)?.form, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'qwen-auth-sandbox',
      device_code: device.deviceCode.reveal(),
      code_verifier: pkce.codeVerifier.reveal(),
    });
  });

  it('goes on at the same pace while pending', async () => {
    const pending = oauthError('authorization_pending');

    assert.deepEqual(await pollThrough(pending, pending, { body: '{"status":"pending"}' }), [2, 2, 2, 2]);
  });

  for (const [vendor, reply] of [
    ['GitHub', { body: '{"error":"authorization_pending","interval":5}' }],
    ['GitHub, as a form', { body: 'error=authorization_pending&error_description=Still+pending' }],
    ['Google', oauthError('authorization_pending', 428)],
    ['Auth0', oauthError('authorization_pending', 403)],
    ['Twitch', { status: 400, body: '{"status":400,"message":"authorization_pending"}' }],
  ] as const) {
    it(`goes on at the same pace while pending as ${vendor} says it`, async () => {
      assert.deepEqual(await pollThrough(reply), [2, 2]);
    });
  }

  it('ends at once with tokens of another type', async () => {
    const { polling } = await start();
    sandbox.faults.add({ on: TOKEN, reply: { body: '{"access_token":"a","token_type":"DPoP"}' } });
    await clock.passUntil(polling);

    await assert.rejects(polling, { name: 'RequestError', failure: 'unusable' });
  });

  it('waits five seconds where no interval is named', async () => {
    sandbox.behavior.interval = undefined;

    assert.deepEqual(await pollThrough(oauthError('authorization_pending')), [5, 5]);
  });

  for (const status of [400, 429]) {
    it(`waits five seconds longer for good after slow_down on ${status}`, async () => {
      const slowDown = oauthError('slow_down', status);
      const pending = oauthError('authorization_pending');

      assert.deepEqual(await pollThrough(slowDown, pending, slowDown, pending), [2, 7, 7, 12, 12]);
    });
  }

  for (const [what, reply] of [
    ['an error of the server', { status: 503, body: '' }],
    ['a connection reset', 'reset'],
    ['a page of a firewall', htmlWithStatus200],
    ['JSON that ends early', truncatedJson],
    ['an empty body', emptyBody],
    ['too many requests', { status: 429, body: '{}' }],
    ['words of a gateway', { status: 403, body: '{"message":"Forbidden"}' }],
    ['a firewall that allows no POST', { ...htmlWithStatus200, status: 405 }],
    ['a page of a firewall on 400', { ...htmlWithStatus200, status: 400 }],
    ['server_error', oauthError('server_error')],
    ['temporarily_unavailable', oauthError('temporarily_unavailable', 503)],
    ['an error of its own', oauthError('database_down', 500)],
    ['an error of its own on 429', oauthError('wait_a_moment', 429)],
    ['a time that is over', { status: 408, body: '' }],
    ['the first error that a server has', { status: 500, body: '' }],
  ] as const) {
    it(`waits out ${what} with growing pauses`, async () => {
      assert.deepEqual(await pollThrough(reply, reply, reply), [2, 4, 6, 10]);
    });
  }

  it('returns to the interval after an outage', async () => {
    const outage = { status: 500, body: '' };

    assert.deepEqual(await pollThrough(outage, outage, oauthError('authorization_pending')), [2, 4, 6, 2]);
  });

  it('waits as long as Retry-After asks, a minute at most', async () => {
    const busy = (seconds: string) => ({ status: 503, headers: { 'Retry-After': seconds }, body: '' });

    assert.deepEqual(await pollThrough(busy('20'), busy('900')), [2, 22, 62]);
  });

  for (const [error, status] of [
    ['access_denied', 400],
    ['expired_token', 400],
    ['invalid_grant', 400],
    ['invalid_client', 401],
    ['access_denied', 403],
    ['invalid_grant', 500],
  ] as const) {
    it(`ends at once with ${error} on ${status}`, async () => {
      const { polling } = await start();
      sandbox.faults.add({ on: TOKEN, reply: oauthError(error, status) });
      await clock.passUntil(polling);

      await assert.rejects(polling, { name: 'OAuthError', error, status });
      assert.equal(polls(), 1);
    });
  }

  it('ends with access_denied when the person declines', async () => {
    const { device, polling } = await start();
    sandbox.deny(device.userCode);
    await clock.passUntil(polling);

    await assert.rejects(polling, { name: 'OAuthError', error: 'access_denied' });
  });

  for (const [what, reply, expected] of [
    [
      'a status that is no error of a server',
      { status: 499, body: '' },
      { failure: 'status', details: { status: 499 } },
    ],
    [
      'the word pending beside an error',
      { body: '{"error":"access_denied","status":"pending"}' },
      { name: 'OAuthError', error: 'access_denied' },
    ],
    [
      'the word pending in a refusal',
      { status: 400, body: '{"status":"pending"}' },
      { failure: 'status', details: { status: 400, code: 'pending' } },
    ],
    ['a redirect', { status: 302, headers: { location: '/login' } }, { failure: 'redirect', details: { status: 302 } }],
  ] as const) {
    it(`ends at once with ${what}`, async () => {
      const { polling } = await start();
      sandbox.faults.add({ on: TOKEN, reply });
      await clock.passUntil(polling);

      await assert.rejects(polling, expected);
      assert.equal(polls(), 1);
    });
  }

  it('ends with the code where an outage was over before', async () => {
    sandbox.behavior.deviceCodeLife = 9;
    const { polling } = await start();
    sandbox.faults.add({ on: TOKEN, reply: { status: 503, body: '' } });

    assert.deepEqual(await clock.passUntil(polling), [2, 4, 2, 1]);
    await assert.rejects(polling, {
      name: 'OAuthError',
      error: 'expired_token',
      status: 400,
      host: new URL(sandbox.origin).host,
    });
  });

  it('polls no more at the very end of the code, nor after it', async () => {
    sandbox.behavior.deviceCodeLife = 4;
    const { device, polling } = await start();

    assert.deepEqual(await clock.passUntil(polling), [2, 2]);
    await assert.rejects(polling, { error: 'expired_token' });
    clock.advance(60_000);
    const late = pollForTokens(ports(), server(), client, device, pkce, calling.signal);
    assert.deepEqual(await clock.passUntil(late), [0]);
    await assert.rejects(late, { error: 'expired_token' });
    assert.equal(polls(), 1);
  });

  it('ends when the code runs out, not later', async () => {
    sandbox.behavior.deviceCodeLife = 5;
    const { polling } = await start();

    assert.deepEqual(await clock.passUntil(polling), [2, 2, 1]);
    await assert.rejects(polling, { name: 'OAuthError', error: 'expired_token' });
    assert.equal(polls(), 2);
  });

  it('ends with the outage in which the code runs out', async () => {
    sandbox.behavior.deviceCodeLife = 30;
    const { polling } = await start();
    sandbox.faults.add({ on: TOKEN, times: Infinity, reply: { ...htmlWithStatus200, status: 405 } });

    assert.deepEqual(await clock.passUntil(polling), [2, 4, 6, 10, 8]);
    await assert.rejects(polling, {
      name: 'RequestError',
      details: { status: 405, text: 'Attention · Please verify that you are a human.', page: true },
    });
  });

  it('ends at once on a page that is not found', async () => {
    const { polling } = await start();
    sandbox.faults.add({ on: TOKEN, reply: { ...htmlWithStatus200, status: 404 } });
    await clock.passUntil(polling);

    await assert.rejects(polling, {
      name: 'RequestError',
      details: { status: 404, text: 'Attention · Please verify that you are a human.', page: true },
    });
  });

  it('is called off at once while it waits', async () => {
    const { polling } = await start();
    await clock.nextSleep();
    calling.abort();

    await assert.rejects(polling, { name: 'Cancelled' });
    assert.equal(polls(), 0);
  });

  it('is called off at once in a poll without answer', async () => {
    const { polling } = await start();
    const arrived = hang(sandbox, TOKEN);
    clock.advance(await clock.nextSleep());
    await arrived;
    calling.abort();

    await assert.rejects(polling, { name: 'Cancelled' });
  });

  it('takes device code and verifier out of refusals', async () => {
    const { device, polling } = await start();
    const description = `${device.deviceCode.reveal()} and ${pkce.codeVerifier.reveal()} do not match`;
    const body = JSON.stringify({ error: 'invalid_grant', error_description: description });
    sandbox.faults.add({ on: TOKEN, reply: { status: 400, body } });
    await clock.passUntil(polling);

    await assert.rejects(polling, { message: 'invalid_grant: [redacted] and [redacted] do not match' });
  });
});
