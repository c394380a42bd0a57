import assert from 'node:assert/strict';

import { Secret } from '../../../src/core/base/secret';
import { createSettings } from '../../../src/core/config/settings';
import { readRedirect } from '../../../src/core/oauth/redirect';
import { createPkce } from '../../../src/core/oauth/pkce';
import type { Grant } from '../../../src/core/signIn/grant';
import { oauthGrant } from '../../../src/core/signIn/oauthGrant';
import type { PendingSignIn } from '../../../src/core/signIn/pendingSignIns';
import { Redirects, TERMINAL } from '../../../src/core/signIn/redirects';
import type { SignInStep } from '../../../src/core/signIn/signIn';
import { ManualClock } from '../../fakes/manualClock';
import { createMemorySettings } from '../../fakes/memorySettings';
import { createRecordingBrowser } from '../../fakes/recordingBrowser';

const ISSUER = 'https://id.example.com';
const HOST = 'id.example.com';
const DOCUMENT = {
  issuer: ISSUER,
  token_endpoint: `${ISSUER}/token`,
  device_authorization_endpoint: `${ISSUER}/device`,
  authorization_endpoint: `${ISSUER}/authorize`,
  revocation_endpoint: `${ISSUER}/revoke`,
  scopes_supported: ['openid', 'profile'],
};
const GRANTED = { access_token: 'an-access-token', refresh_token: 'a-refresh-token', expires_in: 3600 };
const SETTINGS = {
  'oauth.issuer': ISSUER,
  'oauth.clientId': 'the-client',
  endpoints: { 'qwen-oauth': 'https://api.example.com/v1' },
};
const REQUEST = { method: 'qwen-oauth' } as const;
const ABOUT = { request: REQUEST, target: ISSUER, others: [] };
const { signal } = new AbortController();

type Reply = (form: URLSearchParams) => Response;

const oauthError =
  (error: string): Reply =>
  () =>
    Response.json({ error, error_description: 'No.' }, { status: 400 });

describe('the sign-in at the authorization server of the settings', () => {
  let sent: { readonly path: string; readonly form: Readonly<Record<string, string>> }[];
  let steps: SignInStep[];
  let clock: ManualClock;
  /** What is stored. */
  let signedInAt: { readonly issuer: string; readonly clientId: string } | undefined;

  beforeEach(() => {
    [sent, steps, clock, signedInAt] = [[], [], new ManualClock(), undefined];
  });

  /** The grant of a server whose endpoints answer so, by their paths. */
  const grantOf = async (
    replies: Readonly<Record<string, Reply>> = {},
    settings: object = {},
    document: object = {},
  ): Promise<Grant> => {
    const usual: Readonly<Record<string, Reply>> = {
      '/.well-known/oauth-authorization-server': () => Response.json({ ...DOCUMENT, ...document }),
      '/token': () => Response.json(GRANTED),
      '/device': () =>
        Response.json({ device_code: 'd', user_code: 'CODE', verification_uri: `${ISSUER}/activate`, expires_in: 600 }),
      '/revoke': () => new Response(),
      '/v1/models': () => Response.json({ data: [{ id: 'a' }] }),
      '/v1/chat/completions': () => Response.json({}, { status: 402 }),
    };
    const ports = {
      fetch: async (url: string, { body }: RequestInit) => {
        const path = new URL(url).pathname;
        const form = new URLSearchParams(body instanceof URLSearchParams || typeof body === 'string' ? body : '');
        sent.push({ path, form: Object.fromEntries(form) });
        return (replies[path] ?? usual[path] ?? (() => new Response(null, { status: 404 })))(form);
      },
      loadOpenAI: () => import('openai'),
      userAgent: 'test',
      clock,
      settings: createSettings(createMemorySettings({ ...SETTINGS, ...settings })),
      isSignedIn: async (at: { readonly issuer: string; readonly clientId: string }) =>
        signedInAt?.issuer === at.issuer && signedInAt.clientId === at.clientId,
    };
    const progress = { onStep: (step: SignInStep) => void steps.push(step), onFlows: () => undefined };
    return await oauthGrant(ports, REQUEST, progress, signal);
  };
  const scopeOf = (request: Grant['request']): string | null => {
    const url = request.url({ redirectUri: 'http://127.0.0.1/callback', pkce: createPkce() }, new Secret('s'));
    return new URL(url).searchParams.get('scope');
  };
  const exchange = (grant: Grant, query = 'code=a-code&state=s') =>
    grant.exchangeCode({
      redirect: readRedirect(query),
      redirectUri: 'http://127.0.0.1:1/callback',
      codeVerifier: new Secret('the-verifier'),
    });
  const formsTo = (path: string) => sent.filter((one) => one.path === path).map(({ form }) => form);
  const stepKinds = () => steps.map(({ kind }) => kind);

  it('can do what the server can', async () => {
    const grant = await grantOf();

    assert.deepEqual(grant.abilities, { device: true, code: true, redirectUri: undefined });
    assert.deepEqual([grant.target, grant.request.host, grant.request.issuer], [ISSUER, HOST, ISSUER]);
    assert.equal(grant.request.loopbackUri, 'http://127.0.0.1/callback');
    assert.equal(
      grant.request.redirectUri('http://127.0.0.1:1/callback', new Secret('s')),
      'http://127.0.0.1:1/callback',
    );
    assert.deepEqual(steps, [{ kind: 'contacting', host: HOST }]);
  });

  for (const [what, document, abilities] of [
    ['codes', { device_authorization_endpoint: undefined }, { device: false, code: true }],
    ['device codes', { authorization_endpoint: undefined }, { device: true, code: false }],
  ] as const) {
    it(`can do no more than ${what} where the server has no more`, async () => {
      const registered = 'https://login.example.com/done';
      const grant = await grantOf({}, { 'oauth.redirectUri': registered }, document);

      assert.deepEqual(grant.abilities, { ...abilities, redirectUri: registered });
      assert.equal(grant.request.loopbackUri, registered);
    });
  }

  it('asks for fewer scopes in turn, and never for others than the person has named', async () => {
    const grant = await grantOf();
    assert.deepEqual([grant.request, ...grant.narrower].map(scopeOf), ['openid profile', 'openid', null]);
    const own = await grantOf({}, { 'oauth.scopes': ['api'] });

    assert.deepEqual([own.request, ...own.narrower].map(scopeOf), ['api']);
  });

  it('asks for its API before anybody approves anything', async () => {
    await assert.rejects(grantOf({}, { endpoints: {} }), { name: 'ConfigurationError' });
    assert.deepEqual(formsTo('/device'), []);
  });

  it('exchanges the code together with what proves that it was asked for here', async () => {
    const { account } = await exchange(await grantOf());

    assert.deepEqual([account.status, account.baseUrl], ['unverified', 'https://api.example.com/v1']);
    assert.deepEqual(formsTo('/token'), [
      {
        grant_type: 'authorization_code',
        code: 'a-code',
        redirect_uri: 'http://127.0.0.1:1/callback',
        client_id: 'the-client',
        code_verifier: 'the-verifier',
      },
    ]);
    assert.deepEqual(stepKinds(), ['contacting', 'checking', 'checking']);
    assert.deepEqual(formsTo('/revoke'), []);
  });

  it('signs in at an API that lists no model, without one', async () => {
    const { account } = await exchange(await grantOf({ '/v1/models': () => Response.json({ data: [] }) }));

    assert.equal(account.status, 'unverified');
    assert.ok(!('model' in account));
  });

  it('leaves no tokens at the server where the API refuses them', async () => {
    const grant = await grantOf({ '/v1/chat/completions': () => Response.json({}, { status: 401 }) });
    await assert.rejects(exchange(grant), { name: 'SignInRequired', reason: 'refused' });
    await new Promise(setImmediate);

    assert.deepEqual(formsTo('/revoke'), [
      { token: 'a-refresh-token', token_type_hint: 'refresh_token', client_id: 'the-client' },
    ]);
  });

  it('leaves the tokens where their end may be that of the sign-in which is stored', async () => {
    const grant = await grantOf({ '/v1/chat/completions': () => Response.json({}, { status: 401 }) });
    signedInAt = { issuer: ISSUER, clientId: 'the-client' };
    await assert.rejects(exchange(grant), { name: 'SignInRequired', reason: 'refused' });

    assert.deepEqual(formsTo('/revoke'), []);
  });

  it('names the scopes that are not granted, where the server says that it is them', async () => {
    const expected = {
      name: 'ConfigurationError',
      where: { setting: 'qwen.oauth.scopes' },
      message: /"openid profile"/,
    };
    await assert.rejects(exchange(await grantOf({ '/token': oauthError('invalid_scope') })), expected);
    await assert.rejects(exchange(await grantOf(), 'error=invalid_scope&state=s'), expected);

    await assert.rejects(exchange(await grantOf({ '/token': oauthError('invalid_grant') })), {
      error: 'invalid_grant',
    });
  });

  describe('with a code that is approved', () => {
    let kept: PendingSignIn[];

    beforeEach(() => {
      kept = [];
    });

    const authorize = async (grant: Grant) => {
      const pending = {
        owner: 1,
        save: async (one: PendingSignIn) => void kept.push(one),
        list: async () => [],
        claim: async () => true,
        watch: () => ({ dispose: () => undefined }),
        isWaitedFor: () => false,
      };
      const redirects = new Redirects({
        ...TERMINAL,
        pending,
        clock,
        browser: createRecordingBrowser(),
      });
      return await grant.authorizeDevice?.(redirects, ABOUT);
    };
    const deviceScopes = () => formsTo('/device').map(({ scope }) => scope);

    it('keeps what tells of it after a reload, and nothing that a redirect could use', async () => {
      const createdAt = clock.now();
      const authorizing = authorize(await grantOf({ '/token': oauthError('access_denied') }));
      await clock.passUntil(authorizing);
      await assert.rejects(authorizing, { error: 'access_denied' });
      const [{ id, codeVerifier, ...rest } = { id: '', codeVerifier: new Secret('') }] = kept;

      assert.match(id, /^[\w-]{43}$/);
      assert.match(codeVerifier.reveal(), /^[\w-]{43}$/);
      assert.deepEqual(rest, { ...ABOUT, redirectUri: '', createdAt, owner: 1 });
      assert.deepEqual(stepKinds(), ['contacting', 'userCode']);
    });

    it('asks for fewer scopes as long as the server refuses them', async () => {
      const device: Reply = (form) =>
        form.has('scope') ? oauthError('invalid_scope')(form) : oauthError('server_error')(form);
      await assert.rejects(authorize(await grantOf({ '/device': device })), { error: 'server_error' });

      assert.deepEqual(deviceScopes(), ['openid profile', 'openid', undefined]);
    });

    it('asks no more once it is refused for anything else', async () => {
      await assert.rejects(authorize(await grantOf({ '/device': oauthError('unauthorized_client') })), {
        error: 'unauthorized_client',
      });

      assert.deepEqual(deviceScopes(), ['openid profile']);
    });

    it('names the scopes of the person where those are refused', async () => {
      const settings = { 'oauth.scopes': ['api'] };
      await assert.rejects(authorize(await grantOf({ '/device': oauthError('invalid_scope') }, settings)), {
        name: 'ConfigurationError',
        message: /does not grant the scopes "api"/,
      });

      assert.deepEqual(deviceScopes(), ['api']);
    });
  });
});
