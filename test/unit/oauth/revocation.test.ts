import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { RequestError } from '../../../src/core/base/errors';
import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { revoke, revokeUnfinished } from '../../../src/core/oauth/revocation';
import type { TokenSet } from '../../../src/core/oauth/tokenSet';
import { holdLongTimers } from '../../fakes/longTimers';

const issuer = 'https://login.example.com';
const server = { revocationEndpoint: `${issuer}/revoke` };
const signal = new AbortController().signal;

/** Tokens without a shape that would give them away. */
const tokens: TokenSet = {
  accessToken: new Secret('Correct.Horse.Battery'),
  refreshToken: new Secret('Staple.Hunter.Tokens'),
  expiresAt: 0,
  resourceUrl: undefined,
};
const { refreshToken: _, ...rest } = tokens;
const withoutRefresh: TokenSet = { ...rest, refreshToken: undefined };

describe('the word that a sign-in is over', () => {
  let told: URLSearchParams[];

  beforeEach(() => {
    told = [];
  });

  /** A server that takes the word at this endpoint, if at any, and answers it so. */
  const serverWith =
    (
      answer: () => Response | Promise<Response>,
      endpoint: object = { revocation_endpoint: server.revocationEndpoint },
    ): Fetch =>
    async (url, { body }) => {
      if (url.includes('/.well-known/')) {
        const endpoints = { token_endpoint: `${issuer}/token`, device_authorization_endpoint: `${issuer}/device` };
        return Response.json({ issuer, ...endpoints, ...endpoint });
      }
      assert.equal(url, server.revocationEndpoint);
      told.push(new URLSearchParams(await new Response(body).text()));
      return await answer();
    };
  const fields = () => told.map((form) => Object.fromEntries(form));

  it('names the refresh token, whose end is that of all that came of it', async () => {
    await revoke(
      serverWith(() => new Response()),
      { issuer, clientId: 'us', tokens },
      signal,
    );

    assert.deepEqual(fields(), [{ token: 'Staple.Hunter.Tokens', token_type_hint: 'refresh_token', client_id: 'us' }]);
  });

  it('names the access token where there is no other', async () => {
    await revoke(
      serverWith(() => new Response()),
      { issuer, clientId: 'us', tokens: withoutRefresh },
      signal,
    );

    assert.deepEqual(fields(), [{ token: 'Correct.Horse.Battery', token_type_hint: 'access_token', client_id: 'us' }]);
  });

  it('is not said to a server that takes none', async () => {
    await revoke(
      serverWith(() => assert.fail('nothing is to be sent'), {}),
      { issuer, clientId: 'us', tokens },
      signal,
    );

    assert.deepEqual(told, []);
  });

  it('fails where the server does not take it, without what was sent', async () => {
    const echo = () =>
      Response.json(
        { error: 'invalid_request', error_description: String(told.at(-1)?.get('token')) },
        { status: 400 },
      );
    const error: unknown = await revoke(serverWith(echo), { issuer, clientId: 'us', tokens }, signal).catch(
      (one: unknown) => one,
    );

    assert.ok(error instanceof RequestError);
    assert.deepEqual([error.role, error.details.status], ['authorizationServer', 400]);
    assert.doesNotMatch(inspect(error), /Hunter/);
  });

  it('fails where the server is silent, in its name', async () => {
    const timers = holdLongTimers();
    try {
      const silent: Fetch = () => new Promise(() => undefined);
      const ending = revoke(silent, { issuer, clientId: 'us', tokens }, signal);
      timers.goOff(5000);

      await assert.rejects(ending, {
        name: 'RequestError',
        failure: 'timeout',
        host: 'login.example.com',
        role: 'authorizationServer',
      });
    } finally {
      timers.release();
    }
  });

  it('counts as called off where that came before the server was late', async () => {
    const timers = holdLongTimers();
    try {
      const calling = new AbortController();
      const silent: Fetch = () => new Promise(() => undefined);
      const ending = revoke(silent, { issuer, clientId: 'us', tokens }, calling.signal);
      calling.abort();
      timers.goOff(5000);

      await assert.rejects(ending, { name: 'Cancelled' });
    } finally {
      timers.release();
    }
  });

  it('is called off as it is wanted, and fails as the server does', async () => {
    const gone = serverWith(() => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })));

    await assert.rejects(revoke(gone, { issuer, clientId: 'us', tokens }, AbortSignal.abort()), { name: 'Cancelled' });
    await assert.rejects(revoke(gone, { issuer, clientId: 'us', tokens }, signal), {
      failure: 'refused',
      role: 'authorizationServer',
    });
  });

  it('keeps nobody from going on where a sign-in could not be finished', async () => {
    const refuses = serverWith(() => new Response('', { status: 500 }));
    await revokeUnfinished(refuses, server, { clientId: 'us', tokens });

    assert.equal(told.length, 1);
    await revokeUnfinished(refuses, { revocationEndpoint: undefined }, { clientId: 'us', tokens });
    assert.equal(told.length, 1);
  });
});
