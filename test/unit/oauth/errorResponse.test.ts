import assert from 'node:assert/strict';

import { OAuthError, RequestError } from '../../../src/core/base/errors';
import type { Answer } from '../../../src/core/base/http';
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
    { errorCode: 'E0000022' },
    { message: 'Hello' },
    { code: 'x'.repeat(1000) },
  ]) {
    it(`is none in ${JSON.stringify(json)?.slice(0, 40)}`, () => {
      assert.equal(errorCodeIn(json), undefined);
    });
  }
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

  for (const [what, status, body, details] of [
    ['the phrase of its status', 400, { error: 'Bad Request', path: '/token' }, { status: 400, text: 'Bad Request' }],
    ['words of another kind', 403, { error: 'Forbidden', message: 'Not today' }, { status: 403, text: 'Not today' }],
    ['a page', 405, PAGE, { status: 405, text: '405', page: true }],
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
