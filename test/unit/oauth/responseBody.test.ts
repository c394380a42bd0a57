import assert from 'node:assert/strict';

import { readResponseBody } from '../../../src/core/oauth/responseBody';

describe('body of an OAuth response', () => {
  for (const [what, text, members] of [
    ['a JSON object', '{"access_token":"a","expires_in":60}', { access_token: 'a', expires_in: 60 }],
    [
      'a form',
      'access_token=gho_1&scope=user%2Cgist&token_type=bearer\n',
      { access_token: 'gho_1', scope: 'user,gist', token_type: 'bearer' },
    ],
    ['a form with an error', 'error=invalid_grant', { error: 'invalid_grant' }],
    ['the name of an error', 'invalid_grant', { error: 'invalid_grant' }],
    ['access_denied alone', ' access_denied', { error: 'access_denied' }],
    ['expired_token alone', 'expired_token', { error: 'expired_token' }],
    ['unauthorized_client alone', 'unauthorized_client', { error: 'unauthorized_client' }],
    ['unsupported_grant_type alone', 'unsupported_grant_type', { error: 'unsupported_grant_type' }],
    ['an error beside data', '{"error":"a","data":{"access_token":"b"}}', { error: 'a', data: { access_token: 'b' } }],
    ['a device code beside data', '{"device_code":"a","data":{}}', { device_code: 'a', data: {} }],
    ['data that is no object', '{"data":[1]}', { data: [1] }],
    ['a form whose names have dots', 'a.b-c=1&d=', { 'a.b-c': '1', d: '' }],
    ['the name of an error in quotes', '"invalid_request"\n', { error: 'invalid_request' }],
    ['an object inside data', '{"code":0,"msg":"success","data":{"access_token":"a"}}', { access_token: 'a' }],
    ['data beside a token', '{"access_token":"a","data":{}}', { access_token: 'a', data: {} }],
  ] as const) {
    it(`is read from ${what}`, () => {
      assert.deepEqual({ ...readResponseBody(text) }, members);
    });
  }

  for (const text of [
    '',
    ' ',
    '[]',
    'null',
    '7',
    '"access_token"',
    '<a href=b>',
    'Not Found',
    'see invalid_grant',
    'invalid_grant!',
    'a form=b',
    'a=b c',
    'a=b<c',
    '?a=b',
    '<!doctype html><p a=b>',
  ]) {
    it(`is none in ${JSON.stringify(text)}`, () => {
      assert.equal(readResponseBody(text), undefined);
    });
  }
});
