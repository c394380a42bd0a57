import assert from 'node:assert/strict';

import { OAuthError, RequestError } from '../../../src/core/base/errors';
import type { Answer } from '../../../src/core/base/http';
import { Secret } from '../../../src/core/base/secret';
import { errorCodeIn, errorResponse, isFinal } from '../../../src/core/oauth/errorResponse';
import { readResponseBody } from '../../../src/core/oauth/responseBody';

const PAGE = '<html><head><title>405</title></head><body>Sorry, your request has been blocked.</body></html>';

function answer(status: number, body: unknown): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const host = 'login.example.com';
  return { host, status, ok: status < 300, text, json: readResponseBody(text), retryAfterSeconds: undefined };
}

describe('error of a response', () => {
  for (const [server, json, code] of [
    ['the standard', { error: 'invalid_grant' }, 'invalid_grant'],
    ['a server with errors of its own', { error: 'mfa_required' }, 'mfa_required'],
    ['a server that shouts', { error: 'AUTHORIZATION_PENDING' }, 'authorization_pending'],
    ['a server that writes as Java does', { error: 'SlowDown' }, 'slow_down'],
    ['Twitch', { status: 400, message: 'authorization_pending' }, 'authorization_pending'],
    ['Okta', { errorCode: 'invalid_client', errorSummary: 'Invalid value' }, 'invalid_client'],
    ['an object with a code', { error: { code: 'invalid_grant', message: 'expired' } }, 'invalid_grant'],
    ['an object with a type', { error: { type: 'invalid_scope' } }, 'invalid_scope'],
    ['a code beside a description', { code: 'invalid_request', description: 'no audience' }, 'invalid_request'],
    ['Microsoft Entra', { error: 'authorization_declined', error_codes: [70018] }, 'access_denied'],
    ['GitHub', { error: 'bad_refresh_token' }, 'invalid_grant'],
    ['GitHub, without device codes', { error: 'device_flow_disabled' }, 'unauthorized_client'],
  ] as const) {
    it(`is read as ${server} sends it`, () => {
      assert.equal(errorCodeIn(json), code);
    });
  }

  for (const json of [
    undefined,
    {},
    { error: '' },
    { error: 'Bad Request', status: 400 },
    { error: 'Unauthorized' },
    { error: 'no grant' },
    { error: '7_days' },
    { message: 'x'.repeat(52) + 'invalid_grant' },
    { message: ' '.repeat(52) + 'invalid_grant' },
    { errorCode: 'E0000022' },
    { message: 'Hello' },
    { code: 'x'.repeat(1000) },
  ]) {
    it(`is none in ${JSON.stringify(json)?.slice(0, 40)}`, () => {
      assert.equal(errorCodeIn(json), undefined);
    });
  }
});

describe('name of an error', () => {
  for (const name of [
    'authorization_pending',
    'slow_down',
    'server_error',
    'temporarily_unavailable',
    'invalid_grant',
    'invalid_token',
    'invalid_client',
    'unauthorized_client',
    'invalid_request',
    'invalid_scope',
    'invalid_target',
    'insufficient_scope',
    'unsupported_grant_type',
    'unsupported_response_type',
    'access_denied',
    'expired_token',
    'login_required',
    'consent_required',
    'interaction_required',
  ]) {
    it(`is ${name} wherever it stands, and however it is written`, () => {
      const words = name.split('_');
      const camel = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
      const places = ['errorCode', 'code', 'message', 'msg'].map((place) => ({ [place]: name }));
      const ways = [name.toUpperCase(), camel, words.join(' - '), ` ${name}\n`].map((error) => ({ error }));

      for (const json of [...places, { error: { code: name } }, { error: { type: name } }, ...ways])
        assert.equal(errorCodeIn(json), name, JSON.stringify(json));
    });
  }

  for (const [synonym, name] of [
    ['authorization_declined', 'access_denied'],
    ['code_expired', 'expired_token'],
    ['device_code_expired', 'expired_token'],
    ['bad_refresh_token', 'invalid_grant'],
    ['incorrect_client_credentials', 'invalid_client'],
    ['device_flow_disabled', 'unauthorized_client'],
    ['too_many_requests', 'temporarily_unavailable'],
    ['rate_limit_exceeded', 'temporarily_unavailable'],
  ] as const) {
    it(`is ${name} where a server says ${synonym}`, () => {
      assert.equal(errorCodeIn({ error: synonym }), name);
    });
  }

  it('is a name of a server’s own in its own letters', () => {
    for (const error of ['mfa_required', 'urn:example.com:no-2']) assert.equal(errorCodeIn({ error }), error);
  });

  it('is that in its place, before any other', () => {
    assert.equal(errorCodeIn({ error: 'mfa_required', message: 'invalid_grant' }), 'mfa_required');
    assert.equal(errorCodeIn({ error: { code: 'invalid_scope' }, message: 'invalid_grant' }), 'invalid_scope');
  });
});

describe('answer without a grant', () => {
  for (const [what, status, body, error, said] of [
    ['a description', 400, { error: 'invalid_grant', error_description: 'Too old' }, 'invalid_grant', 'Too old'],
    [
      'the words of an object',
      400,
      { error: { code: 'invalid_grant', message: 'Too old' } },
      'invalid_grant',
      'Too old',
    ],
    ['a summary', 401, { errorCode: 'invalid_client', errorSummary: 'Who?' }, 'invalid_client', 'Who?'],
    ['an error on 200', 200, 'error=expired_token&error_description=Too+late', 'expired_token', 'Too late'],
    ['no words', 400, { message: 'invalid_grant' }, 'invalid_grant', undefined],
  ] as const) {
    it(`is an error with ${what}`, () => {
      const read = errorResponse(answer(status, body));

      assert.ok(read instanceof OAuthError);
      assert.deepEqual([read.error, read.description, read.status], [error, said, status]);
    });
  }

  for (const name of ['error_description', 'errorSummary', 'message', 'description', 'detail', 'msg']) {
    it(`has its words in ${name}`, () => {
      const read = errorResponse(answer(400, { error: 'invalid_grant', [name]: 'Too old' }));

      assert.ok(read instanceof OAuthError);
      assert.equal(read.description, 'Too old');
    });
  }

  it('has its words in an object, but not where they repeat the name', () => {
    const within = errorResponse(answer(400, { error: { code: 'invalid_grant', description: 'Too old' } }));
    const repeated = { error: 'invalid_grant', error_description: 'Invalid grant', msg: 'Too old' };
    const read = errorResponse(answer(400, repeated));

    assert.ok(within instanceof OAuthError && read instanceof OAuthError);
    assert.deepEqual([within.description, read.description], ['Too old', 'Too old']);
  });

  it('has a name without what was sent', () => {
    const sent = new Secret('correct.horse.battery');
    const read = errorResponse(answer(400, { error: sent.reveal(), msg: `no ${sent.reveal()}` }), sent);

    assert.ok(read instanceof OAuthError);
    assert.deepEqual([read.error, read.description], ['[redacted]', 'no [redacted]']);
  });

  it('is unreadable where its status is none of an error', () => {
    const read = errorResponse(answer(399, ''));

    assert.ok(read instanceof RequestError);
    assert.deepEqual([read.failure, read.role, read.details], ['unreadable', 'authorizationServer', { status: 399 }]);
  });

  it('has the words of a server that says no with a status of success, without what was sent', () => {
    const sent = new Secret('correct.horse.battery');
    const read = errorResponse(
      answer(200, { status: 'error', msg: `No client of ${sent.reveal()}`, data: null }),
      sent,
    );

    assert.ok(read instanceof RequestError);
    assert.deepEqual([read.failure, read.details], ['unreadable', { status: 200, text: 'No client of [redacted]' }]);
  });

  for (const [what, status, body, details] of [
    ['the phrase of its status', 400, { error: 'Bad Request', path: '/token' }, { status: 400, text: 'Bad Request' }],
    ['words of another kind', 403, { error: 'Forbidden', message: 'Not today' }, { status: 403, text: 'Not today' }],
    ['a page', 405, PAGE, { status: 405, text: '405 · Sorry, your request has been blocked.', page: true }],
    ['nothing', 400, '', { status: 400 }],
  ] as const) {
    it(`is a status with ${what}`, () => {
      const read = errorResponse(answer(status, body));

      assert.ok(read instanceof RequestError);
      assert.deepEqual([read.failure, read.role, read.details], ['status', 'authorizationServer', details]);
    });
  }
});

describe('refusal of a grant', () => {
  for (const [what, status, body] of [
    ['invalid_grant', 400, { error: 'invalid_grant' }],
    ['invalid_grant on 403, as at Auth0', 403, { error: 'invalid_grant' }],
    ['invalid_grant on 500, as at Micronaut', 500, { error: 'invalid_grant' }],
    ['invalid_request, as at Qwen', 400, { error: 'invalid_request', error_description: 'Invalid refresh token' }],
    ['an empty 400, as at Glewlwyd', 400, ''],
    ['text, as at Apereo CAS', 400, 'invalid_grant'],
    ['any text', 400, 'Refresh token expired'],
    ['invalid_client', 401, { error: 'invalid_client' }],
    ['unauthorized_client', 400, { error: 'unauthorized_client' }],
    ['invalid_token', 401, { error: 'invalid_token' }],
    ['bad_refresh_token on 200, as at GitHub', 200, { error: 'bad_refresh_token' }],
    ['an error of its own', 400, { error: 'token_inactive' }],
    ['the phrase of a status, as at Spring', 401, { status: 401, error: 'Unauthorized' }],
  ] as const) {
    it(`is final with ${what}`, () => {
      assert.equal(isFinal(errorResponse(answer(status, body))), true);
    });
  }

  for (const [what, status, body] of [
    ['server_error', 400, { error: 'server_error' }],
    ['temporarily_unavailable', 400, { error: 'temporarily_unavailable' }],
    ['slow_down', 400, { error: 'slow_down' }],
    ['authorization_pending', 400, { error: 'authorization_pending' }],
    ['an error of its own on 429', 429, { error: 'wait_a_moment' }],
    ['an error of its own on 500', 500, { error: 'broken' }],
    ['an answer of a firewall on 401', 401, PAGE],
    ['too many requests', 429, { error: 'too_many_requests' }],
    ['a page of a firewall on 400', 400, PAGE],
    ['a page of a firewall on 403', 403, PAGE],
    ['a page of a firewall on 405, as at Aliyun', 405, PAGE],
    ['a page of a firewall on 200', 200, PAGE],
    ['an error of its own on 200', 200, { error: 'maintenance' }],
    ['words of a gateway', 403, { message: 'Forbidden' }],
    ['an outage', 503, { error: 'Service Unavailable' }],
    ['a missing page', 404, ''],
  ] as const) {
    it(`is not final with ${what}`, () => {
      assert.equal(isFinal(errorResponse(answer(status, body))), false);
    });
  }
});
