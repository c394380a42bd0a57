import assert from 'node:assert/strict';
import { inspect } from 'node:util';

import { parseJson } from '../../../src/core/base/json';
import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { exchangeForKey, openRouterCallback, openRouterUrl } from '../../../src/core/oauth/openRouter';
import { createPkce } from '../../../src/core/oauth/pkce';

const base = 'https://openrouter.ai/api/v1';
const proof = { code: new Secret('Correct.Horse.Battery'), codeVerifier: new Secret('Staple.Hunter.Verifier') };
const signal = new AbortController().signal;

describe("the exchange of OpenRouter's code for a key", () => {
  const exchange = (fetch: Fetch) => exchangeForKey(fetch, base, proof, signal);

  it('proves at the origin of the API that the code was asked for here', async () => {
    const sent: unknown[] = [];
    const key = await exchange(async (url, { method, headers, body }) => {
      sent.push(url, method, headers, parseJson(await new Response(body).text()));
      return Response.json({ key: 'sk-or-v1-0123456789' });
    });

    assert.equal(key.reveal(), 'sk-or-v1-0123456789');
    const verifier = { code_verifier: 'Staple.Hunter.Verifier', code_challenge_method: 'S256' };
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    assert.deepEqual(sent, [`${base}/auth/keys`, 'POST', headers, { code: 'Correct.Horse.Battery', ...verifier }]);
  });

  for (const key of ['12345678', '!'.repeat(512), '~~~~~~~~'])
    it(`takes a key of what a header can hold: ${key.slice(0, 20)}`, async () => {
      assert.equal((await exchange(async () => Response.json({ key }))).reveal(), key);
    });

  it('is called off as it is wanted', async () => {
    const refused = exchangeForKey(async () => Promise.reject(new Error()), base, proof, AbortSignal.abort());

    await assert.rejects(refused, { name: 'Cancelled' });
  });

  it('begins on the page where a person allows it', () => {
    const pkce = createPkce();
    const url = new URL(openRouterUrl(base, { redirectUri: 'http://127.0.0.1:5000/?state=x', pkce }));

    assert.equal(url.origin + url.pathname, 'https://openrouter.ai/auth');
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      callback_url: 'http://127.0.0.1:5000/?state=x',
      code_challenge: pkce.codeChallenge,
      code_challenge_method: 'S256',
    });
  });

  for (const key of [undefined, '', 'short', 'with a blank', 'with\r\nnewline', 'ключ-ключ-ключ', 'x'.repeat(513)]) {
    it(`takes no ${JSON.stringify(key)?.slice(0, 20)} for a key`, async () => {
      await assert.rejects(
        exchange(async () => Response.json({ key })),
        { name: 'RequestError', failure: 'unreadable', role: 'keyProvider' },
      );
    });
  }

  it('fails as the server says, without what was sent', async () => {
    const message = `no ${proof.code.reveal()} for ${proof.codeVerifier.reveal()}`;
    const error: unknown = await exchange(async () => Response.json({ error: { message } }, { status: 403 })).catch(
      (one: unknown) => one,
    );

    assert.ok(error instanceof Error && error.name === 'RequestError');
    assert.match(inspect(error), /keyProvider/);
    assert.match(error.message, /no \[redacted\] for \[redacted\]/);
    assert.doesNotMatch(inspect(error), /Horse|Hunter/);
  });

  it('has the state in the address that the browser comes back to, as there is no other place for it', () => {
    assert.equal(
      openRouterCallback('http://127.0.0.1:5000/callback?a=b', new Secret('x&y')),
      'http://127.0.0.1:5000/callback?a=b&state=x%26y',
    );
  });
});
