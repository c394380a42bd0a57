import assert from 'node:assert/strict';

import { isIssuerOf, isSameIssuer, readIssuer } from '../../../src/core/oauth/issuer';

describe('issuer that a person wrote', () => {
  for (const [text, issuer] of [
    ['https://login.example.com', 'https://login.example.com'],
    [' https://login.example.com/ ', 'https://login.example.com'],
    ['"https://login.example.com"', 'https://login.example.com'],
    ['login.example.com', 'https://login.example.com'],
    ['login.example.com:8443/realms/a', 'https://login.example.com:8443/realms/a'],
    ['https://login.example.com/realms/a/.well-known/openid-configuration', 'https://login.example.com/realms/a'],
    ['https://login.example.com/.well-known/oauth-authorization-server/tenant', 'https://login.example.com/tenant'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['login.example.com/', 'https://login.example.com'],
    ['my-login.example.com:8443', 'https://my-login.example.com:8443'],
    ['https://login.example.com/a/.well-known/other', 'https://login.example.com/a/.well-known/other'],
    ['localhost:8080', 'localhost:8080'],
    ['me@login.example.com', 'me@login.example.com'],
    ['login.example.com:port', 'login.example.com:port'],
    ['nonsense', 'nonsense'],
    ['', ''],
  ] as const) {
    it(`is read from ${JSON.stringify(text)}`, () => {
      assert.equal(readIssuer(text), issuer);
    });
  }
});

describe('issuer', () => {
  for (const [one, other, isSame] of [
    ['https://a.example.com', 'https://a.example.com/', true],
    ['https://A.example.com:443/x', 'https://a.example.com/x/', true],
    ['https://a.example.com', 'https://a.example.com/x', false],
    ['https://a.example.com', 'http://a.example.com', false],
    ['', 'https://a.example.com', false],
    ['a', 'a/', true],
    ['a', 'b', false],
  ] as const) {
    it(`${isSame ? 'is' : 'is not'} the same as ${one} where it is ${other}`, () => {
      assert.equal(isSameIssuer(one, other), isSame);
    });
  }

  it('of a document may stand for any tenant', () => {
    const named = 'https://login.example.com/{tenantid}/v2.0';

    assert.equal(isIssuerOf(named, 'https://login.example.com/common/v2.0'), true);
    assert.equal(isIssuerOf(named, 'https://login.example.com/common/v1'), false);
    assert.equal(isIssuerOf(named, 'https://evil.example.com/common/v2.0'), false);
    assert.equal(isIssuerOf(named, 'https://login.example.com'), false);
    assert.equal(isIssuerOf('https://login.example.com/{tenantid}', 'https://login.example.com/'), false);
    assert.equal(isIssuerOf('{tenantid}', 'a'), false);
  });
});
