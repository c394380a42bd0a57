import assert from 'node:assert/strict';

import type { Fetch } from '../../../src/core/base/ports';
import { Secret } from '../../../src/core/base/secret';
import { createSettings } from '../../../src/core/config/settings';
import { readRedirect } from '../../../src/core/oauth/redirect';
import type { Grant } from '../../../src/core/signIn/grant';
import { openRouterGrant } from '../../../src/core/signIn/openRouterGrant';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySettings } from '../../fakes/memorySettings';

const REQUEST = { method: 'api-key', provider: 'openrouter' } as const;
const HOST = 'openrouter.ai';
const { signal } = new AbortController();

describe('the sign-in on the page of OpenRouter', () => {
  let sent: string[];
  let steps: string[];

  beforeEach(() => {
    [sent, steps] = [[], []];
  });

  /** OpenRouter, which makes a key that its chat then answers with this status. */
  const serverWith =
    (status: number, key: string): Fetch =>
    async (url) => {
      const { pathname, host } = new URL(url);
      sent.push(`${host}${pathname}`);
      if (pathname.endsWith('/keys')) return Response.json({ key });
      return pathname.endsWith('/models') ? Response.json({ data: [{ id: 'a' }] }) : Response.json({}, { status });
    };
  const grantWith = async (status: number, key = 'sk-or-v1-0123456789'): Promise<Grant> => {
    const ports = {
      fetch: serverWith(status, key),
      loadOpenAI: () => import('openai'),
      userAgent: 'test',
      clock: new ManualClock(),
      settings: createSettings(createMemorySettings()),
    };
    const progress = {
      onStep: (step: { readonly kind: string }) => void steps.push(step.kind),
      onFlows: () => undefined,
    };
    return await openRouterGrant(ports, REQUEST, progress, signal);
  };
  const exchange = async (grant: Grant, query = 'code=a-code') =>
    await grant.exchangeCode({
      redirect: readRedirect(query),
      redirectUri: 'http://127.0.0.1:1/',
      codeVerifier: new Secret('the-verifier'),
    });

  it('comes back to an address of this machine that nobody can guess', async () => {
    const [one, other] = await Promise.all([grantWith(200), grantWith(200)]);

    assert.match(one.request.loopbackUri, /^http:\/\/127\.0\.0\.1\/[0-9a-f]{32}$/);
    assert.notEqual(one.request.loopbackUri, other.request.loopbackUri);
    assert.deepEqual(
      [one.request.host, one.request.issuer, one.target],
      [HOST, `https://${HOST}`, `https://${HOST}/api/v1`],
    );
    assert.deepEqual([one.abilities, one.narrower], [{ device: false, code: true, redirectUri: undefined }, []]);
    assert.deepEqual(sent, []);
  });

  it('says that the key which was just made is refused', async () => {
    await assert.rejects(exchange(await grantWith(401)), {
      name: 'SignInRequired',
      about: { reason: 'refused', method: 'api-key', host: HOST, made: true },
    });
    assert.deepEqual(steps, ['checking', 'checking']);
    assert.ok(sent[0]?.endsWith('/auth/keys'));
  });

  it('says what else is wrong with it in the words for any key', async () => {
    const { account } = await exchange(await grantWith(402));
    assert.equal(account.status, 'unverified');

    await assert.rejects(exchange(await grantWith(418)), { name: 'RequestError', failure: 'status' });
  });

  it('goes on with a key that a company’s gateway has made, whatever it looks like', async () => {
    const { account } = await exchange(await grantWith(402, 'sk-proj-0123456789'));

    assert.equal(account.status, 'unverified');
  });

  for (const [query, error] of [
    ['code=a-code&iss=https://evil.example.com', 'wrong_issuer'],
    ['error=access_denied', 'access_denied'],
    ['state=a', 'invalid_request'],
  ] as const) {
    it(`makes no key of ${query}`, async () => {
      await assert.rejects(exchange(await grantWith(200), query), { name: 'OAuthError', error });
      assert.deepEqual(sent, []);
    });
  }

  it('needs no name of its issuer, and takes the right one', async () => {
    for (const query of ['code=a-code', `code=a-code&iss=https://${HOST}`])
      await assert.rejects(exchange(await grantWith(401), query), { reason: 'refused' });
  });
});
