import assert from 'node:assert/strict';

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
  });
});
