import assert from 'node:assert/strict';

import { checkIdToken, nonceOf } from '../../../src/core/oauth/idToken';
import { codeChallengeOf } from '../../../src/core/oauth/pkce';
import { Secret } from '../../../src/core/base/secret';

const SERVER = { issuer: 'https://login.example.com/realms/a' };
const NONCE = nonceOf(new Secret('the-verifier'));

function response(claims: unknown): unknown {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return { access_token: 'a', id_token: `eyJhbGciOiJSUzI1NiJ9.${payload}.signature` };
}

describe('ID token', () => {
  it('has a nonce that only the code verifier leads to', () => {
    assert.match(NONCE, /^[\w-]{43}$/);
    assert.notEqual(NONCE, nonceOf(new Secret('another-verifier')));
    assert.notEqual(NONCE, codeChallengeOf(new Secret('the-verifier')));
  });

  for (const [what, json] of [
    ['answers this sign-in', response({ iss: SERVER.issuer, nonce: NONCE })],
    ['has no nonce', response({ iss: SERVER.issuer })],
    ['names its host alone, as at Google', response({ iss: 'login.example.com', nonce: NONCE })],
    ['names a tenant, as at Entra', response({ iss: 'https://login.example.com/tenant/v2.0', nonce: NONCE })],
    ['cannot be read', { id_token: 'no token' }],
    ['is encrypted', { id_token: 'a.b.c.d.e' }],
    ['is not there', {}],
  ] as const) {
    it(`is good where it ${what}`, () => {
      checkIdToken(json, SERVER, NONCE);
    });
  }

  for (const [what, claims, error] of [
    ['another issuer', { iss: 'https://evil.example.com', nonce: NONCE }, 'wrong_issuer'],
    ['the nonce of another sign-in', { iss: SERVER.issuer, nonce: 'another' }, 'wrong_nonce'],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => checkIdToken(response(claims), SERVER, NONCE), {
        name: 'OAuthError',
        error,
        host: 'login.example.com',
        status: 400,
      });
    });
  }
});
