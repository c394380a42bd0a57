import assert from 'node:assert/strict';

import { QWEN_CLIENT, QWEN_SERVER } from '../../../src/core/oauth/authorizationServer';
import { OAuthError } from '../../../src/core/base/errors';
import { isScopeRefusal, scopeError, scopesFor, scopesInTurn } from '../../../src/core/oauth/scopes';

const server = (scopesSupported: readonly string[] | undefined) => ({
  ...QWEN_SERVER,
  issuer: 'https://login.example.com',
  scopesSupported,
});

describe('scopes', () => {
  it('are those of Qwen at Qwen', () => {
    assert.deepEqual(scopesFor(QWEN_CLIENT, QWEN_SERVER), ['openid', 'profile', 'email', 'model.completion']);
  });

  for (const [supported, asked] of [
    [
      ['openid', 'address', 'offline_access', 'groups'],
      ['openid', 'offline_access'],
    ],
    [['api'], []],
    [undefined, []],
  ] as const) {
    it(`are [${asked.join(' ')}] where the server has ${supported?.join(' ') ?? 'no list'}`, () => {
      assert.deepEqual(scopesFor(QWEN_CLIENT, server(supported)), asked);
    });
  }

  it('are those that the person names, known or not', () => {
    assert.deepEqual(scopesFor({ clientId: 'me', scopes: ['api'] }, server(['openid'])), ['api']);
  });
});

describe('scopes in turn', () => {
  for (const [what, named, supported, turns] of [
    ['the usual ones, openid and none', undefined, ['openid', 'email'], [['openid', 'email'], ['openid'], []]],
    [
      'the usual ones and none where openid is none of them',
      undefined,
      ['email', 'profile'],
      [['profile', 'email'], []],
    ],
    ['none at once after openid', undefined, ['openid'], [['openid'], []]],
    ['none alone where none are known', undefined, ['api'], [[]]],
    ['those alone that the person named', ['api'], ['openid'], [['api']]],
  ] as const) {
    it(`are ${what}`, () => {
      assert.deepEqual(scopesInTurn({ clientId: 'me', scopes: named }, server(supported)), turns);
    });
  }
});

describe('error of the scopes', () => {
  it('is a server that minds them, and no other', () => {
    assert.equal(isScopeRefusal(new OAuthError('invalid_scope', 'login.example.com', 400)), true);
    assert.equal(isScopeRefusal(new OAuthError('access_denied', 'login.example.com', 400)), false);
    assert.equal(isScopeRefusal(Object.assign(new Error(), { error: 'invalid_scope' })), false);
  });

  it('names a dozen of those that the server has', () => {
    const scopes = Array.from({ length: 13 }, (_, index) => `s${index + 1}`);

    assert.match(scopeError(['api'], server(scopes)).message, / It has: s1 s2 .* s11 s12\. /);
  });

  for (const [what, asked, supported, said, text] of [
    [
      'those that were asked for',
      ['api'],
      ['openid', 'email'],
      'no',
      /grant the scopes "api"\. It has: openid email\. /,
    ],
    ['none with what is invisible', ['api'], ['open\u202eid', 'a\r\nb'], undefined, /It has: openid a b\. /],
    ['what the server says where it has no list', ['api'], undefined, 'Ask Eve.', /"api"\. It says: Ask Eve\. Name/],
    [
      'nothing where nothing is known',
      ['a', 'b'],
      undefined,
      undefined,
      /the scopes "a b"\. Name others in qwen\.oauth/,
    ],
    ['that some must be named', [], ['openid'], undefined, /wants its scopes to be named\. It has: openid\./],
  ] as const) {
    it(`names ${what}`, () => {
      const error = scopeError(asked, server(supported), said);

      assert.match(error.message, text);
      assert.deepEqual(error.where, { setting: 'qwen.oauth.scopes' });
    });
  }
});
