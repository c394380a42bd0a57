import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
import { postForm } from '../../../src/core/oauth/endpoint';

const ENDPOINT = 'https://login.example.com/token';

describe('form of an OAuth request', () => {
  it('is encoded as RFC 6749 wants it', async () => {
    let sent: RequestInit = {};
    const fetch = async (_: string, init: RequestInit) => {
      sent = init;
      return Response.json({});
    };
    const members = { scope: 'openid profile', code: 'a+b&c=ü', nonce: undefined };
    await postForm(fetch, ENDPOINT, members, new AbortController().signal);

    assert.equal(sent.body, 'scope=openid+profile&code=a%2Bb%26c%3D%C3%BC');
    assert.equal(sent.method, 'POST');
    assert.deepEqual(sent.headers, {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
  });

  it('fails as one to an authorization server, and only where it has failed', async () => {
    const cause = Object.assign(new Error(), { code: 'ECONNREFUSED' });
    const failing = async () => Promise.reject(cause);

    await assert.rejects(
      postForm(failing, ENDPOINT, {}, new AbortController().signal),
      (error) =>
        error instanceof RequestError &&
        error.host === 'login.example.com' &&
        error.failure === 'refused' &&
        error.role === 'authorizationServer' &&
        error.cause instanceof Error,
    );
    await assert.rejects(postForm(failing, ENDPOINT, {}, AbortSignal.abort()), { name: 'Cancelled' });
  });
});
