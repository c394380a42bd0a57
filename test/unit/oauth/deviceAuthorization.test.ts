import assert from 'node:assert/strict';

import type { Answer } from '../../../src/core/base/http';
import { QWEN_CLIENT } from '../../../src/core/oauth/authorizationServer';
import {
  type DeviceAuthorization,
  pollForTokens,
  readDeviceAuthorization,
  requestDeviceCode,
} from '../../../src/core/oauth/deviceAuthorization';
import { createPkce } from '../../../src/core/oauth/pkce';
import type { TokenSet } from '../../../src/core/oauth/tokenSet';
import { platformFetch } from '../../fakes/bench';
import { hang } from '../../fakes/hang';
import { ManualClock } from '../../fakes/manualClock';
import { emptyBody, type Fault, htmlWithStatus200, oauthError, truncatedJson } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const TOKEN = '/api/v1/oauth2/token';

describe('device authorization request', () => {
  const pkce = createPkce();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const request = () => {
    const deviceAuthorizationEndpoint = `${sandbox.origin}/api/v1/oauth2/device/code`;
    const server = { issuer: sandbox.origin, tokenEndpoint: sandbox.origin + TOKEN, deviceAuthorizationEndpoint };
    const ports = { fetch: platformFetch, clock: new ManualClock() };
    return requestDeviceCode(ports, server, QWEN_CLIENT, pkce, new AbortController().signal);
  };

  it('sends client, scopes and challenge as a form', async () => {
    await request();

    assert.deepEqual(sandbox.requests[0]?.form, {
      client_id: 'f0304373b74a44d2b584a3fb70ca9e56',
      scope: 'openid profile email model.completion',
      code_challenge: pkce.codeChallenge,
      code_challenge_method: 'S256',
    });
  });

  it('keeps the verification page byte for byte', async () => {
    const { userCode, verificationUri, verificationUriComplete } = await request();

    assert.equal(verificationUri, `${sandbox.origin}/authorize`);
    assert.equal(verificationUriComplete, `${sandbox.origin}/authorize?user_code=${userCode}&client=qwen-code`);
  });

  for (const [what, reply, expected] of [
    ['the words of a refusal', oauthError('invalid_client', 401), { name: 'OAuthError', error: 'invalid_client' }],
    ['a page of a firewall', htmlWithStatus200, { name: 'RequestError', failure: 'unreadable' }],
    ['a body that is empty', emptyBody, { name: 'RequestError', failure: 'unreadable' }],
    ['an outage', { status: 502, body: 'bad gateway' }, { name: 'RequestError', details: { status: 502 } }],
  ] as const) {
    it(`passes on ${what}`, async () => {
      sandbox.faults.add({ on: () => true, reply });

      await assert.rejects(request(), expected);
    });
  }
});

describe('device authorization response', () => {
  const json = { device_code: 'dc', user_code: 'AB-CD', verification_uri: 'https://example.com/device' };
  const read = (changes: object) => {
    const answer: Answer = {
      host: 'example.com',
      status: 200,
      ok: true,
      text: '',
      json: { ...json, ...changes },
      retryAfterSeconds: undefined,
    };
    return readDeviceAuthorization(answer, 1000);
  };

  for (const [interval, seconds] of [
    [undefined, 5],
    [2, 2],
    ['7', 7],
    [0, 5],
    [-1, 5],
    ['soon', 5],
  ] as const) {
    it(`polls every ${seconds} s where the interval is ${JSON.stringify(interval)}`, () => {
      assert.equal(read({ interval }).intervalSeconds, seconds);
    });
  }

  for (const [life, seconds] of [
    [900, 900],
    [undefined, 600],
    [86_400, 3600],
  ] as const) {
    it(`ends after ${seconds} s where expires_in is ${life}`, () => {
      assert.equal(read({ expires_in: life }).expiresAt, 1000 + seconds * 1000);
    });
  }

  it('knows the name that drafts gave the page', () => {
    const drafted = read({ verification_uri: undefined, verification_url: 'https://example.com/go' });

    assert.equal(drafted.verificationUri, 'https://example.com/go');
  });

  for (const name of ['verification_uri', 'verification_uri_complete']) {
    it(`refuses a ${name} that is not on https`, () => {
      assert.throws(() => read({ [name]: 'http://example.com/device' }), {
        name: 'RequestError',
        failure: 'unreadable',
      });
      assert.throws(() => read({ [name]: 'file:///etc/passwd' }), { name: 'RequestError', failure: 'unreadable' });
    });
  }

  it('shows no device code when printed', () => {
    assert.doesNotMatch(JSON.stringify(read({ device_code: 'dc-secret' })), /dc-secret/);
  });
});

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
  ] as const) {
    it(`ends at once with ${error}`, async () => {
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

  it('ends when the code runs out, not later', async () => {
    sandbox.behavior.deviceCodeLife = 5;
    const { polling } = await start();

    assert.deepEqual(await clock.passUntil(polling), [2, 2, 1]);
    await assert.rejects(polling, { name: 'OAuthError', error: 'expired_token' });
    assert.equal(polls(), 2);
  });

  it('ends when the code runs out in an outage', async () => {
    sandbox.behavior.deviceCodeLife = 30;
    const { polling } = await start();
    sandbox.faults.add({ on: TOKEN, times: Infinity, reply: 'reset' });

    assert.deepEqual(await clock.passUntil(polling), [2, 4, 6, 10, 8]);
    await assert.rejects(polling, { name: 'OAuthError', error: 'expired_token' });
  });

  it('ends at once on a page that is not found', async () => {
    const { polling } = await start();
    sandbox.faults.add({ on: TOKEN, reply: { ...htmlWithStatus200, status: 404 } });
    await clock.passUntil(polling);

    await assert.rejects(polling, { name: 'RequestError', details: { status: 404 } });
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
