import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { codeChallengeOf, createPkce } from '../../../src/core/oauth/pkce';
import { Secret } from '../../../src/core/base/secret';

describe('proof key', () => {
  it('derives the challenge of RFC 7636 appendix B', () => {
    const codeVerifier = new Secret('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');

    assert.equal(codeChallengeOf(codeVerifier), 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('has a verifier of 43 unreserved characters', () => {
    assert.match(createPkce().codeVerifier.reveal(), /^[\w-]{43}$/);
  });

  it('sends the hash of its own verifier', () => {
    const { codeVerifier, codeChallenge, codeChallengeMethod } = createPkce();

    assert.equal(codeChallenge, createHash('sha256').update(codeVerifier.reveal()).digest('base64url'));
    assert.equal(codeChallengeMethod, 'S256');
  });

  it('is another one at every sign-in', () => {
    assert.notEqual(createPkce().codeChallenge, createPkce().codeChallenge);
  });
});
