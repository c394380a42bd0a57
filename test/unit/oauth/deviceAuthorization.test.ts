import assert from 'node:assert/strict';

import type { Answer } from '../../../src/core/base/http';
import { QWEN_CLIENT, QWEN_SERVER } from '../../../src/core/oauth/authorizationServer';
import { readDeviceAuthorization, requestDeviceCode } from '../../../src/core/oauth/deviceAuthorization';
import { createPkce } from '../../../src/core/oauth/pkce';
import { scopesFor } from '../../../src/core/oauth/scopes';
import { platformFetch } from '../../fakes/bench';
import { ManualClock } from '../../fakes/manualClock';
import { emptyBody, htmlWithStatus200, oauthError } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const TOKEN = '/api/v1/oauth2/token';

describe('device authorization request', () => {
  const pkce = createPkce();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const request = (scopes = scopesFor(QWEN_CLIENT, QWEN_SERVER)) => {
    const deviceAuthorizationEndpoint = `${sandbox.origin}/api/v1/oauth2/device/code`;
    const server = { issuer: sandbox.origin, tokenEndpoint: sandbox.origin + TOKEN, deviceAuthorizationEndpoint };
    const ports = { fetch: platformFetch, clock: new ManualClock() };
    const client = { clientId: QWEN_CLIENT.clientId, scopes };
    return requestDeviceCode(ports, server, client, pkce, new AbortController().signal);
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

  it('names no scopes where none are asked for', async () => {
    await request([]);

    assert.equal(sandbox.requests[0]?.form['scope'], undefined);
  });

  it('is refused for a server that has no such codes', async () => {
    const server = { issuer: 'https://login.example.com', deviceAuthorizationEndpoint: undefined };
    const ports = { fetch: () => assert.fail('nothing is to be asked'), clock: new ManualClock() };
    const client = { clientId: 'me', scopes: [] };

    await assert.rejects(requestDeviceCode(ports, server, client, pkce, new AbortController().signal), {
      name: 'ConfigurationError',
      message: 'The server at login.example.com does not offer sign-in with a code.',
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
    [
      'an outage',
      { status: 502, body: 'bad gateway' },
      { name: 'RequestError', details: { status: 502, text: 'bad gateway' } },
    ],
  ] as const) {
    it(`passes on ${what}`, async () => {
      sandbox.faults.add({ on: () => true, reply });

      await assert.rejects(request(), expected);
    });
  }
});

describe('device authorization response', () => {
  const json = { device_code: 'dc', user_code: 'AB-CD', verification_uri: 'https://example.com/device' };
  const read = (changes: object, issuer = 'https://example.com', status = 200) => {
    const answer: Answer = {
      host: 'example.com',
      status,
      ok: status < 300,
      text: '',
      json: { ...json, ...changes },
      retryAfterSeconds: undefined,
    };
    return readDeviceAuthorization(answer, issuer, 1000);
  };

  for (const [interval, seconds] of [
    [undefined, 5],
    [2, 2],
    ['7', 7],
    [0, 5],
    [-1, 5],
    [0.2, 1],
    ['soon', 5],
    // No server means to be asked so seldom: these are milliseconds, or a mistake.
    [5000, 60],
    [1e300, 60],
  ] as const) {
    it(`polls every ${seconds} s where the interval is ${JSON.stringify(interval)}`, () => {
      assert.equal(read({ interval }).intervalSeconds, seconds);
    });
  }

  for (const [interval, life, seconds] of [
    [5, 5e-324, 1],
    [5, 5, 2.5],
    [10, 6, 3],
    [5, 6, 5],
    [60, 30, 15],
  ] as const) {
    it(`polls after ${seconds} s where the code lives no longer than an interval of ${interval} s: ${life} s`, () => {
      assert.equal(read({ interval, expires_in: life }).intervalSeconds, seconds);
    });
  }

  for (const [life, seconds] of [
    [900, 900],
    ['900', 900],
    [undefined, 600],
    [0, 600],
    [-1, 600],
    [86_400, 3600],
  ] as const) {
    it(`ends after ${seconds} s where expires_in is ${JSON.stringify(life)}`, () => {
      assert.equal(read({ expires_in: life }).expiresAt, 1000 + seconds * 1000);
    });
  }

  for (const code of [
    'WDJB-MJHT',
    '123456789',
    'ab cd ef',
    'WDJB.MJHT',
    'ÄÖÜ-123',
    'a',
    'A._~+*/#-B',
    'A'.repeat(64),
  ]) {
    it(`has the code ${code}`, () => {
      assert.equal(read({ user_code: code }).userCode, code);
    });
  }

  for (const code of [
    'AB\nCD',
    'AB\u202eCD',
    'AB\u3164CD',
    'AB\u115f\u1160\uffa0',
    '-AB',
    'AB-',
    'A'.repeat(65),
    '<b>AB</b>',
    'https://a.example.com',
  ]) {
    it(`refuses the code ${JSON.stringify(code).slice(0, 24)}`, () => {
      assert.throws(() => read({ user_code: code }), { failure: 'unreadable', message: /cannot be typed/ });
    });
  }

  it('has a code without blanks around it', () => {
    assert.equal(read({ user_code: ' AB-CD\n' }).userCode, 'AB-CD');
  });

  for (const name of ['device_code', 'user_code', 'verification_uri']) {
    it(`is none without ${name}`, () => {
      assert.throws(() => read({ [name]: undefined }), { name: 'RequestError', details: { status: 200 } });
    });
  }

  it('is none in an answer that is an error', () => {
    assert.throws(() => read({}, 'https://example.com', 500), { failure: 'status', details: { status: 500 } });
  });

  it('has a code of digits that is sent as a number', () => {
    assert.equal(read({ user_code: 123456789 }).userCode, '123456789');
  });

  it('has a page that is named without its scheme', () => {
    assert.equal(read({ verification_uri: 'example.com/device' }).verificationUri, 'https://example.com/device');
    assert.equal(
      read({ verification_uri: 'my-sign-in.example.com' }).verificationUri,
      'https://my-sign-in.example.com',
    );
    for (const page of ['localhost/device', '/device', 'javascript:a.example.com/', 'ftp://a.example.com/'])
      assert.throws(() => read({ verification_uri: page }), { message: /is not on https, or no address to be opened/ });
  });

  it('has the full page where there is no other', () => {
    const full = 'https://example.com/device?user_code=AB-CD';

    assert.equal(read({ verification_uri: undefined, verification_uri_complete: full }).verificationUri, full);
  });

  it('knows the name that drafts gave the page', () => {
    const drafted = read({ verification_uri: undefined, verification_url: 'https://example.com/go' });

    assert.equal(drafted.verificationUri, 'https://example.com/go');
    assert.equal(read({ verification_url: 'https://example.com/go' }).verificationUri, json.verification_uri);
    const full = read({ verification_uri_complete: 'https://example.com/device?user_code=AB-CD' });
    assert.equal(full.verificationUri, json.verification_uri);
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

  for (const name of ['verification_uri', 'verification_uri_complete']) {
    it(`refuses a ${name} of this machine from a server of another`, () => {
      assert.throws(() => read({ [name]: 'http://127.0.0.1:8080/admin' }), { failure: 'unreadable' });
      assert.doesNotThrow(() => read({ [name]: 'http://127.0.0.1:8080/device' }, 'http://127.0.0.1:8080'));
    });
  }

  it('opens no page but on the host that is shown', () => {
    const deep = (name: string): string =>
      `https://${'a'.repeat(24)}${name}.${'b'.repeat(9)}${'.c'.repeat(40)}.example.com`;

    for (const [page, full] of [
      [json.verification_uri, 'https://example.org/device?user_code=AB-CD'],
      [json.verification_uri, 'https://example.com:8443/device?user_code=AB-CD'],
      [deep('here'), deep('there')],
    ]) {
      const elsewhere = read({ verification_uri: page, verification_uri_complete: full });
      assert.equal(elsewhere.verificationUriComplete, undefined, full);
    }
  });

  it('refuses an answer that shows the device code, however it is encoded', () => {
    const device_code = 'a-long-device-code-0123456789';
    const encoded = Buffer.from(device_code).toString('base64url');

    for (const changes of [
      { user_code: device_code },
      { verification_uri: `https://example.com/${device_code}` },
      { verification_uri_complete: `https://example.com/?code=${encoded}` },
    ]) {
      assert.throws(() => read({ device_code, ...changes }), { message: /shows the device code, which is secret/ });
    }
  });

  it('says no device code where it refuses the answer', () => {
    const device_code = 'a-long-device-code-0123456789';

    assert.throws(() => read({ device_code, user_code: '', message: `No page for ${device_code}` }), {
      message: /No page for \[redacted\]$/,
    });
  });

  it('shows no device code when printed', () => {
    assert.doesNotMatch(JSON.stringify(read({ device_code: 'dc-secret' })), /dc-secret/);
  });
});
