import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { ConfigurationError, OAuthError, RequestError } from '../../../src/core/base/errors';
import { type Answer, waitSeconds } from '../../../src/core/base/http';
import { serverWords } from '../../../src/core/base/refusalError';
import { isRecord } from '../../../src/core/base/json';
import { discover } from '../../../src/core/oauth/discovery';
import { readDeviceAuthorization } from '../../../src/core/oauth/deviceAuthorization';
import {
  codeOf,
  createState,
  fingerprintOf,
  isFor,
  readPastedRedirect,
  readRedirect,
} from '../../../src/core/oauth/redirect';
import { apiBaseUrl } from '../../../src/core/oauth/resourceUrl';
import { readTokens } from '../../../src/core/oauth/tokenEndpoint';
import { readStoredTokens, readTokenResponse } from '../../../src/core/oauth/tokenSet';
import { isSecure } from '../../../src/core/base/origin';
import { Secret } from '../../../src/core/base/secret';

const ISSUER = 'https://login.example.com';
const SENT = new Secret('the-refresh-token-that-was-sent');

/** What a member of an answer may hold: what it should, what it should not, and anything at all. */
const member = fc.oneof(
  fc.constantFrom('bearer', 'https://example.com/x', 'http://evil.example.com', 'javascript:1', 'AB-CD', '', 60, 0, -1),
  fc.constantFrom(1e308, '1e999', SENT.reveal(), 'a\r\nb', '__proto__', null, true),
  fc.string(),
  fc.jsonValue(),
);
const NAMES =
  'access_token refresh_token token_type expires_in resource_url error error_description device_code user_code ' +
  'verification_uri verification_uri_complete interval status issuer token_endpoint device_authorization_endpoint ' +
  'authorization_endpoint revocation_endpoint';
const json = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(fc.constantFrom(...NAMES.split(' ')), member) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const answer = fc
  .record({ status: fc.constantFrom(200, 200, 201, 400, 401, 429, 503), json })
  .map(({ status, json: body }): Answer => ({
    host: 'login.example.com',
    status,
    ok: status < 300,
    text: JSON.stringify(body),
    json: body,
    retryAfterSeconds: undefined,
  }));

/** The answer of an endpoint that was not shown the token, and cannot echo it. */
function withoutSent(given: Answer): Answer {
  const text = given.text.replaceAll(SENT.reveal(), 'x');
  return { ...given, text, json: JSON.parse(text) };
}

/** What a reader gives; undefined where it throws one of the errors that a person can be told. */
function reading<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const isOurs = [OAuthError, RequestError, ConfigurationError].some((kind) => error instanceof kind);
    assert.ok(isOurs && error instanceof Error, `${String(error)} is no error of ours`);
    assert.ok(error.message.length < 1500);
    assert.doesNotMatch(error.message, /[\r\n\u202e]|the-refresh-token/);
    return undefined;
  }
}

describe('readers of an authorization server', () => {
  it('take tokens only from a grant, and only such as a header can hold', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const tokens = reading(() => readTokens(given, 0, SENT));
        if (!tokens) return;
        assert.ok(given.ok && isRecord(given.json) && !given.json['error']);
        assert.equal(
          new Headers({ authorization: tokens.accessToken.reveal() }).get('authorization')?.includes('\n'),
          false,
        );
        assert.ok(tokens.expiresAt >= 0 && Number.isFinite(tokens.expiresAt));
      }),
      { numRuns: 500 },
    );
  });

  it('never read a token from an error', () => {
    const error = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(json, error, (body, name) => {
        const spoiled = { ...(isRecord(body) ? body : {}), access_token: 'token', error: name };
        assert.equal(readTokenResponse(spoiled, 0), undefined);
      }),
    );
  });

  it('send nobody to a page that is not on https', () => {
    fc.assert(
      fc.property(answer, (given) => {
        const device = reading(() => readDeviceAuthorization(withoutSent(given), 0));
        if (!device) return;
        const pages = [device.verificationUri, device.verificationUriComplete ?? device.verificationUri];
        assert.ok(pages.every(isSecure));
        assert.ok(device.intervalSeconds >= 1 && device.expiresAt >= 0 && device.expiresAt <= 3_600_000);
      }),
      { numRuns: 500 },
    );
  });

  it('know no endpoint that is not on https', async () => {
    const document = json.map((body) => ({ issuer: ISSUER, ...(isRecord(body) ? body : {}) }));
    await fc.assert(
      fc.asyncProperty(document, async (body) => {
        const { signal } = new AbortController();
        try {
          const server = await discover(async () => Response.json(body), ISSUER, signal);
          const urls = Object.values(server).filter((value) => typeof value === 'string');
          assert.ok(urls.every((url) => url.startsWith('https://')));
          assert.equal(body.issuer, ISSUER);
        } catch (error) {
          assert.ok(error instanceof ConfigurationError || error instanceof RequestError, String(error));
        }
      }),
    );
  });

  it('send a token only to https without credentials', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('a@b', 'b#c', '//x', 'http:/x', 'c:443/d/v1')), (text) => {
        const baseUrl = reading(() => apiBaseUrl(text, ISSUER));
        if (baseUrl === undefined) return;
        const { username, password, search, hash } = new URL(baseUrl);
        assert.deepEqual([isSecure(baseUrl), username, password, search, hash], [true, '', '', '', '']);
      }),
    );
  });

  it('survive whatever lies in the keychain', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('accessToken', 'expiresAt'), member)),
        (record) => {
          const tokens = readStoredTokens(record);
          assert.ok(tokens === undefined || Number.isFinite(tokens.expiresAt));
        },
      ),
    );
  });

  it('wait no time that is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double().map(String), fc.date().map(String), fc.constantFrom('0x10', '-1', '', 'soon')),
        (header) => {
          const seconds = waitSeconds(new Headers({ 'retry-after': header }));
          assert.ok(seconds === undefined || (seconds >= 0 && Number.isFinite(seconds)));
        },
      ),
    );
  });
});

describe('readers of a redirect', () => {
  const state = createState();
  const parameter = fc.tuple(
    fc.constantFrom('code', 'state', 'iss', 'error', 'error_description', '__proto__', 'apiKey'),
    fc.oneof(fc.constantFrom(state.reveal(), ISSUER, 'code-1', 'access_denied'), fc.string({ unit: 'binary' })),
  );
  const query = fc.oneof(
    fc.array(parameter).map((pairs) => String(new URLSearchParams(pairs))),
    fc.string({ unit: 'binary' }),
  );
  const valuesOf = (text: string, name: string): readonly string[] => new URLSearchParams(text).getAll(name);

  it('take a code only from the issuer, and never from an error', () => {
    fc.assert(
      fc.property(query, fc.boolean(), (text, namesIssuer) => {
        const redirect = readRedirect(text);
        const code = reading(() => codeOf(redirect, { issuer: ISSUER, namesIssuer }));
        if (!code) return;
        assert.ok(valuesOf(text, 'error').every((error) => error === ''));
        assert.ok(redirect.iss === ISSUER || (!namesIssuer && redirect.iss === undefined));
        assert.match(code.reveal(), /^[\x21-\x7e]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('know no redirect without the one state', () => {
    fc.assert(
      fc.property(query, (text) => {
        const isOurs = isFor(readRedirect(text), fingerprintOf(state));
        if (isOurs) assert.deepEqual(valuesOf(text, 'state'), [state.reveal()]);
      }),
      { numRuns: 300 },
    );
  });

  it('survive whatever is pasted', () => {
    const waiting = { state, issuer: ISSUER };
    fc.assert(
      fc.property(
        fc.oneof(
          query,
          query.map((text) => `https://example.com/callback?${text}`),
        ),
        (text) => {
          const redirect = readPastedRedirect(text, waiting);
          assert.ok(redirect === undefined || redirect.code || redirect.error);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('words of a server', () => {
  it('are one line of at most 500 characters without what was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(100), fc.string({ unit: 'binary' }), (before, times, after) => {
        const words = serverWords(`${before.repeat(times)}${SENT.reveal()}${after}`, SENT);
        assert.ok(words.length <= 500);
        assert.doesNotMatch(words, /[\p{Cc}\p{Cf}]|refresh-token-that/u);
      }),
    );
  });

  it('do not hold anybody up', () => {
    for (const piece of ['eyJ-', 'sk-', 'bearer ', '\u202e', 'key='])
      assert.ok(serverWords(piece.repeat(200_000)).length <= 500);
  });
});
