import assert from 'node:assert/strict';
import * as fc from 'fast-check';

import { ConfigurationError, OAuthError, RequestError } from '../../../src/core/base/errors';
import type { Answer } from '../../../src/core/base/http';
import { retryAfterSeconds } from '../../../src/core/base/retryAfter';
import { serverWords } from '../../../src/core/base/refusalError';
import { isRecord } from '../../../src/core/base/json';
import { discoverServer } from '../../../src/core/oauth/discovery';
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

/** Like a good one, with members that are missing or hold anything; or anything at all. */
const like = (good: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> => {
  const members = Object.entries(good).map(([name, value]) => [
    name,
    fc.oneof({ weight: 8, arbitrary: fc.constantFrom(value) }, fc.constantFrom(undefined), member),
  ]);
  return fc.oneof({ weight: 4, arbitrary: fc.record(Object.fromEntries(members)) }, json);
};
const answerLike = (good: Readonly<Record<string, unknown>>): fc.Arbitrary<Answer> =>
  fc.record({ status: fc.constantFrom(200, 200, 201, 400, 401, 429, 503), json: like(good) }).map((given) => {
    const text = JSON.stringify(given.json);
    return {
      host: 'login.example.com',
      status: given.status,
      ok: given.status < 300,
      text,
      json: JSON.parse(text),
      retryAfterSeconds: undefined,
    };
  });

/** Checks what is read of many answers, and that of some of them something is read. */
async function holds<Given, Value>(
  answers: fc.Arbitrary<Given>,
  read: (given: Given) => Value | undefined | Promise<Value | undefined>,
  check: (value: Value, given: Given) => void,
): Promise<void> {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(answers, async (given) => {
      const value = await read(given);
      if (value === undefined) return;
      count += 1;
      check(value, given);
    }),
    { numRuns: 500 },
  );
  assert.ok(count > 0, 'Nothing was read of any of them.');
}

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
  it('take tokens only from a grant, and only such as a header can hold', async () => {
    const granted = { access_token: 'token-1', token_type: 'Bearer', expires_in: 3600, refresh_token: 'refresh-1' };
    await holds(
      answerLike({ ...granted, resource_url: 'https://example.com/x', error: undefined }),
      (given) => reading(() => readTokens(given, 0, SENT)),
      ({ accessToken, expiresAt }, given) => {
        assert.ok(given.ok && isRecord(given.json) && !given.json['error']);
        assert.equal(new Headers({ authorization: accessToken.reveal() }).get('authorization')?.includes('\n'), false);
        assert.ok(expiresAt >= 0 && Number.isFinite(expiresAt));
      },
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

  it('send nobody to a page that is not on https', async () => {
    const page = 'https://example.com/x';
    const codes = { device_code: 'device-1', user_code: 'AB-CD', expires_in: 600, interval: 5, error: undefined };
    await holds(
      answerLike({ ...codes, verification_uri: page, verification_uri_complete: page }),
      (given) => reading(() => readDeviceAuthorization(withoutSent(given), 'https://example.com', 0)),
      ({ verificationUri, verificationUriComplete, intervalSeconds, expiresAt }) => {
        assert.ok([verificationUri, verificationUriComplete ?? verificationUri].every(isSecure));
        assert.ok(intervalSeconds >= 1 && expiresAt >= 0 && expiresAt <= 3_600_000);
      },
    );
  });

  it('know no endpoint that is not on https', async () => {
    const names = ['token', 'device_authorization', 'authorization', 'revocation'];
    const endpoints = Object.fromEntries(names.map((name) => [`${name}_endpoint`, `${ISSUER}/${name}`]));
    const { signal } = new AbortController();
    await holds(
      answerLike({ issuer: ISSUER, ...endpoints }),
      async (given) => {
        try {
          return await discoverServer(async () => Response.json(withoutSent(given).json), ISSUER, signal);
        } catch (error) {
          return reading(() => {
            throw error;
          });
        }
      },
      (server, { json: body }) => {
        const urls = Object.values(server).filter((value) => typeof value === 'string');
        assert.ok(urls.every((url) => url.startsWith('https://')));
        assert.equal(isRecord(body) && body['issuer'], ISSUER);
      },
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

  it('survive whatever lies in the keychain', async () => {
    await holds(like({ accessToken: 'token-1', expiresAt: 60 }), readStoredTokens, ({ expiresAt }) =>
      assert.ok(Number.isFinite(expiresAt)),
    );
  });

  it('wait no time that is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double().map(String), fc.date().map(String), fc.constantFrom('0x10', '-1', '', 'soon')),
        (header) => {
          const seconds = retryAfterSeconds(new Headers({ 'retry-after': header }));
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
    fc
      .tuple(fc.constantFrom(`code=code-1&state=${state.reveal()}&iss=${ISSUER}`), parameter)
      .map(([good, more]) => `${good}&${String(new URLSearchParams([more]))}`),
    fc.array(parameter).map((pairs) => String(new URLSearchParams(pairs))),
    fc.string({ unit: 'binary' }),
  );
  const valuesOf = (text: string, name: string): readonly string[] => new URLSearchParams(text).getAll(name);

  it('take a code only from the issuer, and never from an error', async () => {
    await holds(
      fc.tuple(query, fc.boolean()),
      ([text, namesIssuer]) => reading(() => codeOf(readRedirect(text), { issuer: ISSUER, namesIssuer })),
      (code, [text, namesIssuer]) => {
        const { iss } = readRedirect(text);
        assert.ok(valuesOf(text, 'error').every((error) => error === ''));
        assert.ok(iss === ISSUER || (!namesIssuer && iss === undefined));
        assert.match(code.reveal(), /^[\x21-\x7e]+$/);
      },
    );
  });

  it('know no redirect without the one state', async () => {
    await holds(
      query,
      (text) => isFor(readRedirect(text), fingerprintOf(state)) || undefined,
      (_, text) => assert.deepEqual(valuesOf(text, 'state'), [state.reveal()]),
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
