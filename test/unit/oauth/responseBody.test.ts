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
    '<!doctype html><p a=b>',
  ]) {
    it(`is none in ${JSON.stringify(text)}`, () => {
      assert.equal(readResponseBody(text), undefined);
    });
  }
});
