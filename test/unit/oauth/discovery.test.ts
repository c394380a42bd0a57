import assert from 'node:assert/strict';

import { discoverServer } from '../../../src/core/oauth/discovery';
import { platformFetch } from '../../fakes/bench';
import { htmlWithStatus200 } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const { signal } = new AbortController();
const OAUTH = '/.well-known/oauth-authorization-server';
const OPENID = '/.well-known/openid-configuration';

describe('discovery of an authorization server', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const find = (issuer = sandbox.origin) => discoverServer(platformFetch, issuer, signal);
  const asked = () => sandbox.requests.map(({ path }) => path);
  const document = (changes: object = {}) =>
    JSON.stringify({
      issuer: sandbox.origin,
      token_endpoint: `${sandbox.origin}/token`,
      device_authorization_endpoint: `${sandbox.origin}/device`,
      ...changes,
    });
  const answerWith = (changes: object) => sandbox.faults.add({ on: OAUTH, reply: { body: document(changes) } });

  it('reads the document of RFC 8414', async () => {
    const server = await find();

    assert.deepEqual(server, {
      issuer: sandbox.origin,
      tokenEndpoint: `${sandbox.origin}/api/v1/oauth2/token`,
      deviceAuthorizationEndpoint: `${sandbox.origin}/api/v1/oauth2/device/code`,
      authorizationEndpoint: `${sandbox.origin}/authorize`,
      revocationEndpoint: `${sandbox.origin}/api/v1/oauth2/revoke`,
      namesIssuer: true,
      scopesSupported: ['openid', 'profile', 'email', 'model.completion', 'offline_access'],
    });
    assert.deepEqual(asked(), [OAUTH]);
    assert.equal(sandbox.requests[0]?.headers.accept, 'application/json');
  });

  it('falls back to the document of OpenID Connect', async () => {
    sandbox.behavior.metadata = 'openid';

    assert.equal((await find()).tokenEndpoint, `${sandbox.origin}/api/v1/oauth2/token`);
    assert.deepEqual(asked(), [OAUTH, OPENID]);
  });

  it('looks before and behind the path of an issuer', async () => {
    const issuer = `${sandbox.origin}/tenant`;
    const reply = { body: document({ issuer }) };
    sandbox.faults.add({ on: '/tenant/.well-known/openid-configuration', reply });

    assert.equal((await find(issuer)).issuer, issuer);
    assert.deepEqual(asked(), [`${OAUTH}/tenant`, '/tenant/.well-known/openid-configuration']);
  });

  it('looks where Okta has the document of RFC 8414', async () => {
    const issuer = `${sandbox.origin}/oauth2/default`;
    sandbox.faults.add({
      on: '/oauth2/default/.well-known/oauth-authorization-server',
      reply: { body: document({ issuer }) },
    });

    assert.equal((await find(issuer)).issuer, issuer);
  });

  it('looks further nowhere where nobody is there', async () => {
    const looked: string[] = [];
    const fetch = async (url: string) => {
      looked.push(url);
      return Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
    };

    await assert.rejects(discoverServer(fetch, 'https://login.example.com', signal), {
      name: 'RequestError',
      failure: 'refused',
      role: 'authorizationServer',
    });
    assert.deepEqual(looked, [`https://login.example.com${OAUTH}`]);
  });

  it('tells of the document that cannot be used, whichever page was none', async () => {
    const page = { status: 500, body: '' };
    const other = { body: document({ issuer: 'https://other.example.com' }) };
    for (const [first, second] of [
      [page, other],
      [other, page],
    ] as const) {
      sandbox.faults.add({ on: OAUTH, reply: first });
      sandbox.faults.add({ on: OPENID, reply: second });

      await assert.rejects(find(), { name: 'ConfigurationError', message: /says that it is other\.example\.com/ });
    }
  });

  it('tells of the first page that was no document', async () => {
    sandbox.faults.add({ on: OAUTH, reply: { status: 500, body: '' } });
    sandbox.faults.add({ on: OPENID, reply: htmlWithStatus200 });

    await assert.rejects(find(), { failure: 'status', role: 'authorizationServer', details: { status: 500 } });
  });

  for (const [what, reply] of [
    ['a page', htmlWithStatus200],
    ['a redirect to a page', { status: 302, headers: { Location: '/login' } }],
    ['an error of its own', { status: 500, body: '{}' }],
    ['the document of another issuer', { body: '{"issuer":"https://other.example.com"}' }],
  ] as const) {
    it(`looks on where an unknown path is answered with ${what}`, async () => {
      sandbox.faults.add({ on: OAUTH, reply });

      assert.equal((await find()).tokenEndpoint, `${sandbox.origin}/api/v1/oauth2/token`);
      assert.deepEqual(asked(), [OAUTH, OPENID]);
    });
  }

  it('looks no further where the server wants to be left alone', async () => {
    sandbox.faults.add({ on: OAUTH, reply: { status: 429, body: '{}' } });

    await assert.rejects(find(), {
      name: 'RequestError',
      role: 'authorizationServer',
      details: { status: 429 },
    });
    assert.deepEqual(asked(), [OAUTH]);
  });

  it('tells of the page that a firewall answers with, and not of a document that is missing', async () => {
    const page = { ...htmlWithStatus200, status: 403 };
    sandbox.faults.add({ on: OAUTH, reply: page });
    sandbox.faults.add({ on: OPENID, reply: page });

    await assert.rejects(find(), {
      role: 'authorizationServer',
      details: { status: 403, text: 'Attention · Please verify that you are a human.', page: true },
    });
    assert.deepEqual(asked(), [OAUTH, OPENID]);
  });

  it('does not tell of the page of a path that is not there', async () => {
    const page = { ...htmlWithStatus200, status: 404 };
    sandbox.faults.add({ on: OAUTH, reply: page });
    sandbox.faults.add({ on: OPENID, reply: page });

    await assert.rejects(find(), { message: /has no discovery document/ });
  });

  it('names the whole address of an issuer that differs in its scheme alone', async () => {
    const fetch = async () => Response.json({ issuer: 'http://login.example.com/realms/a' });

    await assert.rejects(discoverServer(fetch, 'https://login.example.com/realms/a', signal), {
      message: /^The server at login\.example\.com says that it is http:\/\/login\.example\.com\/realms\/a\. Ask/,
    });
  });

  it('names the issuer that the server has at the same host', async () => {
    sandbox.faults.add({
      on: () => true,
      times: 2,
      reply: { body: document({ issuer: `${sandbox.origin}/realms/a` }) },
    });

    await assert.rejects(find(), { message: new RegExp(`is ${sandbox.origin}/realms/a\\. Use that address`) });
  });

  it('names no issuer without end, and none with a secret in it', async () => {
    const fetch = async () => Response.json({ issuer: `https://login.example.com/sk-0123456789/${'x/'.repeat(5000)}` });

    await assert.rejects(discoverServer(fetch, 'https://login.example.com', signal), ({ message }: Error) => {
      return message.length < 700 && message.includes('https://login.example.com/[redacted]/x/');
    });
  });

  it('knows a document for any tenant', async () => {
    const issuer = 'https://login.example.com/common/v2.0';
    const json = {
      issuer: 'https://login.example.com/{tenantid}/v2.0',
      token_endpoint: `${issuer}/token`,
      device_authorization_endpoint: `${issuer}/devicecode`,
    };

    assert.equal((await discoverServer(async () => Response.json(json), issuer, signal)).issuer, issuer);
  });

  it('has no lists but of words, and no other endpoint that is not on https', async () => {
    answerWith({
      scopes_supported: ['openid', 7, null],
      revocation_endpoint: 'http://example.com/revoke',
      authorization_response_iss_parameter_supported: 'true',
      grant_types_supported: 'refresh_token',
      authorization_endpoint: `${sandbox.origin}/authorize`,
    });
    const { scopesSupported, revocationEndpoint, namesIssuer, authorizationEndpoint } = await find();

    assert.deepEqual(
      [scopesSupported, revocationEndpoint, namesIssuer, authorizationEndpoint],
      [['openid'], undefined, false, `${sandbox.origin}/authorize`],
    );
  });

  it('knows no other address of Qwen', async () => {
    const looked: string[] = [];
    const fetch = async (url: string) => {
      looked.push(url);
      return Response.json({}, { status: 429 });
    };

    await assert.rejects(discoverServer(fetch, 'https://chat.qwen.ai/other', signal));
    assert.deepEqual(looked, [`https://chat.qwen.ai${OAUTH}/other`]);
  });

  it('knows the endpoints of Qwen without asking', async () => {
    const server = await discoverServer(() => assert.fail('nothing is to be asked'), 'https://chat.qwen.ai/', signal);

    assert.equal(server.deviceAuthorizationEndpoint, 'https://chat.qwen.ai/api/v1/oauth2/device/code');
    assert.equal(server.tokenEndpoint, 'https://chat.qwen.ai/api/v1/oauth2/token');
  });

  it('does not mind a slash behind the issuer', async () => {
    answerWith({ issuer: `${sandbox.origin}/` });

    assert.equal((await find()).tokenEndpoint, `${sandbox.origin}/token`);
  });

  for (const [what, changes, said] of [
    ['of another issuer', { issuer: 'https://other.example.com' }, /says that it is other\.example\.com/],
    ['of an issuer that is no line', { issuer: 'ab\r\n\u202ecd' }, /says that it is ab cd\. Ask/],
    ['without an issuer', { issuer: undefined }, /says that it is nobody/],
    ['without a token endpoint', { token_endpoint: undefined }, /names no token endpoint/],
    ['with a token endpoint on http', { token_endpoint: 'http://example.com/token' }, /names no token endpoint/],
    ['without a way to sign in', { device_authorization_endpoint: undefined }, /offers no way to sign in/],
  ] as const) {
    it(`refuses a document ${what}`, async () => {
      sandbox.faults.add({ on: () => true, times: Infinity, reply: { body: document(changes) } });

      await assert.rejects(find(), {
        name: 'ConfigurationError',
        where: { setting: 'qwen.oauth.issuer' },
        message: said,
      });
    });
  }

  for (const [what, changes, offered] of [
    ['codes where it says nothing of grants', {}, true],
    ['codes where it lists them', { grant_types_supported: ['authorization_code'] }, true],
    ['no codes where its list has none', { grant_types_supported: ['refresh_token'] }, false],
    ['no codes without S256', { code_challenge_methods_supported: ['plain'] }, false],
    ['no codes from an endpoint on http', { authorization_endpoint: 'http://example.com/authorize' }, false],
  ] as const) {
    it(`offers ${what}`, async () => {
      answerWith({ authorization_endpoint: `${sandbox.origin}/authorize`, ...changes });

      assert.equal((await find()).authorizationEndpoint !== undefined, offered);
    });
  }

  for (const [what, token_endpoint] of [
    ['what only begins like an address', 'https://'],
    ['an address of this machine', 'http://127.0.0.1:8080/token'],
    ['an address with a user name', 'https://me@login.example.com/token'],
  ] as const) {
    it(`takes ${what} for no endpoint of a server elsewhere`, async () => {
      const issuer = 'https://login.example.com';
      const json = { issuer, token_endpoint, device_authorization_endpoint: `${issuer}/device` };
      const fetch = async () => new Response(JSON.stringify(json));

      await assert.rejects(discoverServer(fetch, issuer, signal), { message: /names no token endpoint/ });
    });
  }

  it('takes a server that has codes alone', async () => {
    const authorization_endpoint = `${sandbox.origin}/authorize`;
    answerWith({ authorization_endpoint, device_authorization_endpoint: undefined });

    const { authorizationEndpoint, deviceAuthorizationEndpoint, namesIssuer } = await find();
    assert.deepEqual(
      [authorizationEndpoint, deviceAuthorizationEndpoint, namesIssuer],
      [authorization_endpoint, undefined, false],
    );
  });

  it('says that there is no document at all', async () => {
    sandbox.behavior.metadata = 'none';

    await assert.rejects(find(), { name: 'ConfigurationError', message: /has no discovery document/ });
    assert.deepEqual(asked(), [OAUTH, OPENID]);
  });

  it('does not blame the address for an outage', async () => {
    sandbox.faults.add({ on: () => true, times: Infinity, reply: { status: 503, body: '' } });

    await assert.rejects(find(), { name: 'RequestError', details: { status: 503 } });
  });

  for (const issuer of [
    'http://login.example.com',
    'ftp://login.example.com',
    'https://me@login.example.com',
    'https://:secret@login.example.com',
    'login.example.com',
    'nonsense',
  ]) {
    it(`refuses the issuer ${issuer} unasked`, async () => {
      const refused = discoverServer(() => assert.fail('nothing is to be asked'), issuer, signal);

      await assert.rejects(refused, {
        name: 'ConfigurationError',
        message: /cannot be used as an authorization server/,
      });
    });
  }

  it('does not repeat a key that stands in the place of an issuer', async () => {
    const refused = discoverServer(() => assert.fail('nothing is to be asked'), 'sk-0123456789abcdef', signal);

    await assert.rejects(refused, { message: /^"\[redacted\]" cannot be used/ });
  });
});
