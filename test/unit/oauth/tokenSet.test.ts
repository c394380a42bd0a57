import assert from 'node:assert/strict';

import {
  isExpired,
  readStoredTokens,
  readTokenResponse,
  refreshed,
  storeTokens,
  type TokenSet,
  typeOfUnusable,
} from '../../../src/core/oauth/tokenSet';

const response = {
  access_token: 'access-1',
  refresh_token: 'refresh-1',
  token_type: 'Bearer',
  expires_in: 60,
  resource_url: 'portal.qwen.ai',
};

function read(json: unknown, now = 1000): TokenSet {
  const tokens = readTokenResponse(json, now);
  assert.ok(tokens);
  return tokens;
}

describe('token set', () => {
  it('names no API whose address has a token in it', () => {
    const tokens = { access_token: 'Correct.Horse.Battery', refresh_token: 'Staple.Hunter.Tokens' };
    for (const resource_url of ['https://api.example.com/Correct.Horse.Battery', 'Staple.Hunter.Tokens.example.com'])
      assert.equal(readTokenResponse({ ...tokens, resource_url }, 0)?.resourceUrl, undefined);
  });

  it('expires that many seconds after its arrival', () => {
    assert.equal(read(response).expiresAt, 61_000);
  });

  for (const [life, expiresAt] of [
    ['60', 61_000],
    [undefined, 3_601_000],
    [-5, 1000],
    ['soon', 3_601_000],
    [0, 1000],
    [1e12, 366 * 24 * 3_600_000 + 1000],
  ] as const) {
    it(`expires at ${expiresAt} where expires_in is ${JSON.stringify(life)}`, () => {
      assert.equal(read({ ...response, expires_in: life }).expiresAt, expiresAt);
    });
  }

  for (const [what, changes] of [
    ['lasts for ever at GitHub', {}],
    ['says that it lasts for 0 s', { expires_in: 0 }],
  ] as const) {
    it(`is used until it is refused where it cannot be refreshed and ${what}`, () => {
      const tokens = read({ access_token: 'access-1', ...changes });

      assert.equal(tokens.refreshToken, undefined);
      assert.equal(isExpired(tokens, 300 * 24 * 3_600_000, 60_000), false);
    });
  }

  it('expires when it says so where it cannot be refreshed', () => {
    assert.equal(read({ access_token: 'access-1', expires_in: 60 }).expiresAt, 61_000);
    assert.equal(read({ access_token: 'access-1', expires_in: -1 }).expiresAt, 366 * 24 * 3_600_000 + 1000);
  });

  it('expires after the seconds of drafts', () => {
    assert.equal(read({ ...response, expires_in: undefined, expires: '60' }).expiresAt, 61_000);
  });

  for (const type of [
    'Bearer',
    'bearer',
    'BEARER',
    'bearer ',
    'BearerToken',
    'jwt-bearer',
    'JWT',
    '',
    null,
    undefined,
  ]) {
    it(`is usable where token_type is ${JSON.stringify(type)}`, () => {
      assert.equal(typeOfUnusable({ ...response, token_type: type }), undefined);
      assert.ok(readTokenResponse({ ...response, token_type: type }, 0));
    });
  }

  for (const type of ['DPoP', 'mac', 'N_A']) {
    it(`is none of the type ${type}`, () => {
      assert.equal(typeOfUnusable({ ...response, token_type: type }), type);
      assert.equal(readTokenResponse({ ...response, token_type: type }, 0), undefined);
    });
  }

  it('has its tokens without blanks around them', () => {
    const padded = read({ ...response, access_token: ' access-1\n', refresh_token: ' refresh-1\n' });

    assert.deepEqual([padded.accessToken.reveal(), padded.refreshToken?.reveal()], ['access-1', 'refresh-1']);
  });

  for (const json of [
    undefined,
    null,
    [],
    'text',
    {},
    { access_token: null },
    { access_token: '' },
    { access_token: ' ' },
    { access_token: 'a b' },
    { access_token: 'b\u00e9' },
    { access_token: '\u00e9b' },
    { access_token: 'a', error: 'invalid_grant' },
  ]) {
    it(`is none in the answer ${JSON.stringify(json)}`, () => {
      assert.equal(readTokenResponse(json, 0), undefined);
    });
  }

  it('keeps what a refresh leaves out', () => {
    const after = refreshed(read(response), read({ access_token: 'access-2', expires_in: 120 }));

    assert.equal(after.accessToken.reveal(), 'access-2');
    assert.equal(after.refreshToken?.reveal(), 'refresh-1');
    assert.equal(after.resourceUrl, 'portal.qwen.ai');
    assert.equal(after.expiresAt, 121_000);
  });

  it('takes what a refresh sends anew', () => {
    const renewal = { access_token: 'access-2', refresh_token: 'refresh-2', resource_url: 'other.qwen.ai' };
    const after = refreshed(read(response), read(renewal));

    assert.equal(after.refreshToken?.reveal(), 'refresh-2');
    assert.equal(after.resourceUrl, 'other.qwen.ai');
  });

  it('is expired from the margin before its end', () => {
    const tokens = read(response);

    assert.deepEqual(
      [40_999, 41_000].map((now) => isExpired(tokens, now, 20_000)),
      [false, true],
    );
  });

  it('comes back from the keychain as it was', () => {
    const stored = readStoredTokens(JSON.parse(JSON.stringify(storeTokens(read(response)))));

    assert.ok(stored);
    assert.ok(stored.accessToken.equals(read(response).accessToken));
    assert.ok(stored.refreshToken?.equals(read(response).refreshToken));
    assert.deepEqual([stored.expiresAt, stored.receivedAt, stored.resourceUrl], [61_000, 1000, 'portal.qwen.ai']);
  });

  it('comes back from an older record, and with nothing that was not there', () => {
    const { accessToken, ...rest } = readStoredTokens({ accessToken: 'a', expiresAt: 5 }) ?? {};

    assert.equal(accessToken?.reveal(), 'a');
    assert.deepEqual(rest, { refreshToken: undefined, expiresAt: 5, resourceUrl: undefined });
  });

  it('is usable where nothing is granted', () => {
    assert.equal(typeOfUnusable({ token_type: 'DPoP' }), undefined);
    assert.equal(typeOfUnusable({ access_token: 'a', token_type: 'not-jwt' }), 'not-jwt');
    assert.equal(typeOfUnusable({ access_token: 'a', token_type: 'jwts' }), 'jwts');
  });

  for (const json of [null, 'text', {}, { accessToken: 'a' }, { expiresAt: 5 }, { accessToken: 7, expiresAt: 5 }]) {
    it(`is not read from the record ${JSON.stringify(json)}`, () => {
      assert.equal(readStoredTokens(json), undefined);
    });
  }
});
