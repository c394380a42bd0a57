import assert from 'node:assert/strict';

import { authorizationRequestUrl, exchangeCode, withQuery } from '../../../src/core/oauth/authorizationCode';
import { QWEN_SERVER } from '../../../src/core/oauth/authorizationServer';
import { nonceOf } from '../../../src/core/oauth/idToken';
import { createPkce } from '../../../src/core/oauth/pkce';
import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { ManualClock } from '../../fakes/manualClock';

const CLIENT = { clientId: 'me', scopes: ['openid', 'offline_access'] };
const SERVER = { ...QWEN_SERVER, authorizationEndpoint: 'https://login.example.com/authorize?tenant=a%20b' };
const REDIRECT_URI = 'https://editor.example.com/callback?reqid=1&path=%2Fcallback';

describe('request for an authorization code', () => {
  const pkce = createPkce();
  const urlFor = (scopes = CLIENT.scopes) =>
    authorizationRequestUrl(SERVER, { ...CLIENT, scopes }, { redirectUri: REDIRECT_URI, pkce }, new Secret('s+t=a te'));

  it('keeps the endpoint’s own query, and loses nothing of ours', () => {
    const { origin, pathname, searchParams } = new URL(urlFor());

    assert.equal(origin + pathname, 'https://login.example.com/authorize');
    assert.deepEqual(Object.fromEntries(searchParams), {
      tenant: 'a b',
      response_type: 'code',
      client_id: 'me',
      redirect_uri: REDIRECT_URI,
      scope: 'openid offline_access',
      state: 's+t=a te',
      code_challenge: pkce.codeChallenge,
      code_challenge_method: 'S256',
      nonce: nonceOf(pkce.codeVerifier),
      prompt: 'consent',
    });
  });

  it('has no plus sign that could be read as one', () => {
    assert.ok(!urlFor().includes('+'));
  });

  it('asks for consent only where access is to last', () => {
    assert.equal(new URL(urlFor(['openid'])).searchParams.get('prompt'), null);
  });

  it('has a nonce only with openid', () => {
    assert.equal(new URL(urlFor(['api'])).searchParams.get('nonce'), null);
  });

  it('names no scopes where none are asked for', () => {
    assert.equal(new URL(urlFor([])).searchParams.get('scope'), null);
  });

  it('is refused for a server that has no codes', () => {
    const request = { redirectUri: REDIRECT_URI, pkce };

    assert.throws(() => authorizationRequestUrl(QWEN_SERVER, CLIENT, request, new Secret('s')), {
      name: 'ConfigurationError',
      message: 'The server at chat.qwen.ai does not offer sign-in by redirect.',
    });
  });

  it('puts parameters behind those that are there', () => {
    assert.equal(withQuery('https://a.example.com/?x=1', { y: '2' }), 'https://a.example.com/?x=1&y=2');
    assert.equal(
      withQuery('vscode://qwen-auth.qwen-auth/callback', { y: '2' }),
      'vscode://qwen-auth.qwen-auth/callback?y=2',
    );
  });
});

describe('exchange of an authorization code', () => {
  const proof = { code: new Secret('the-code-0123456789'), codeVerifier: new Secret('the-verifier-0123456789') };
  const exchange = (response: () => Response) =>
    exchangeCode(
      { fetch: async () => response(), clock: new ManualClock() },
      SERVER,
      CLIENT,
      { ...proof, redirectUri: REDIRECT_URI },
      new AbortController().signal,
    );

  it('proves that the code was asked for here', async () => {
    let sent: unknown;
    const fetch: Fetch = async (_, { body }) => {
      sent = Object.fromEntries(new URLSearchParams(await new Response(body).text()));
      return Response.json({ access_token: 'a-token' });
    };
    const { signal } = new AbortController();
    const ports = { fetch, clock: new ManualClock() };
    const tokens = await exchangeCode(ports, SERVER, CLIENT, { ...proof, redirectUri: REDIRECT_URI }, signal);

    assert.equal(tokens.accessToken.reveal(), 'a-token');
    assert.deepEqual(sent, {
      grant_type: 'authorization_code',
      code: 'the-code-0123456789',
      redirect_uri: REDIRECT_URI,
      client_id: 'me',
      code_verifier: 'the-verifier-0123456789',
    });
  });

  it('throws what the server says, without what it was sent', async () => {
    const said = {
      error: 'invalid_grant',
      error_description: `no ${proof.code.reveal()} ${proof.codeVerifier.reveal()}`,
    };

    await assert.rejects(
      exchange(() => Response.json(said, { status: 400 })),
      { name: 'OAuthError', error: 'invalid_grant', description: 'no [redacted] [redacted]' },
    );
  });

  for (const [what, claims, error] of [
    ['of another issuer', { iss: 'https://evil.example.com' }, 'wrong_issuer'],
    ['of another sign-in', { nonce: 'another' }, 'wrong_nonce'],
  ] as const) {
    it(`takes no token beside an ID token ${what}`, async () => {
      const id_token = `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

      await assert.rejects(
        exchange(() => Response.json({ access_token: 'a-token', id_token })),
        { name: 'OAuthError', error },
      );
    });
  }

  it('takes no token from an answer that is an error', async () => {
    await assert.rejects(
      exchange(() => Response.json({ access_token: 'a-token' }, { status: 500 })),
      { name: 'RequestError' },
    );
  });
});
