import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';

import { emptyBody, htmlWithStatus200, oauthError, truncatedJson } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';
import { recording } from '../../world/world';
import { eventually } from '../../eventually';

const clientId = 'qwen-auth-sandbox';
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const codeVerifier = 'a-code-verifier-of-at-least-forty-three-characters';
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');

describe('the sandbox', () => {
  let sandbox: Sandbox;
  let now: number;

  beforeEach(async () => {
    now = Date.now();
    sandbox = await startSandbox({ now: () => now, chunkGap: 0 });
  });
  afterEach(() => sandbox.stop());

  async function post(path: string, fields: Record<string, string>) {
    const response = await fetch(sandbox.origin + path, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: response.status, body: record(await response.json()) };
  }
  async function startDevice() {
    const fields = { client_id: clientId, code_challenge: codeChallenge, code_challenge_method: 'S256' };
    const { body } = await post('/api/v1/oauth2/device/code', { ...fields, scope: 'openid model.completion' });
    return body;
  }
  const token = (fields: Record<string, string>) => post('/api/v1/oauth2/token', { client_id: clientId, ...fields });
  const poll = (device: Record<string, unknown>, verifier = codeVerifier) =>
    token({ grant_type: deviceGrant, device_code: String(device['device_code']), code_verifier: verifier });
  const refresh = (refreshToken: unknown) =>
    token({ grant_type: 'refresh_token', refresh_token: String(refreshToken) });
  async function signIn() {
    const device = await startDevice();
    sandbox.approve(String(device['user_code']));
    return (await poll(device)).body;
  }
  const ask = (base: string, key: string, body: object) =>
    fetch(`${sandbox.origin}${base}/chat/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...bearer(key) },
      body: JSON.stringify(body),
    });
  const page = (path: string) => fetch(sandbox.origin + path);
  const press = (fields: Record<string, string>) =>
    fetch(`${sandbox.origin}/authorize`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const models = (base: string, headers: Record<string, string>) =>
    fetch(`${sandbox.origin}${base}/models`, { headers });

  describe('device authorization', () => {
    it('gives tokens once the person has approved, and only once', async () => {
      const device = await startDevice();
      const pending = await poll(device);
      sandbox.approve(String(device['user_code']));
      const approved = await poll(device);
      const again = await poll(device);

      assert.deepEqual([pending.status, pending.body['error']], [400, 'authorization_pending']);
      assert.equal(approved.body['resource_url'], `${sandbox.origin}/v1`);
      assert.equal(again.body['error'], 'invalid_grant');
    });

    it('says access_denied after Deny', async () => {
      const device = await startDevice();
      sandbox.deny(String(device['user_code']));

      assert.equal((await poll(device)).body['error'], 'access_denied');
    });

    it('says expired_token when the code has outlived its life', async () => {
      const device = await startDevice();
      now += 15 * 60 * 1000;

      assert.equal((await poll(device)).body['error'], 'expired_token');
    });

    it('asks a client that polls too fast to wait five seconds longer from then on', async () => {
      const device = await startDevice();
      const answers: unknown[] = [];
      for (const wait of [0, 500, 1000, 11_000]) {
        now += wait;
        answers.push((await poll(device)).body['error']);
      }

      assert.deepEqual(answers, ['authorization_pending', 'slow_down', 'slow_down', 'authorization_pending']);
    });

    it('says slow_down with 429, or with 400 where told so', async () => {
      const device = await startDevice();
      await poll(device);
      const asQwen = await poll(device);
      sandbox.behavior.slowDownStatus = 400;
      const asStandard = await poll(device);

      assert.deepEqual([asQwen.status, asStandard.status], [429, 400]);
    });

    it('refuses a code verifier that does not belong to the challenge', async () => {
      const device = await startDevice();
      sandbox.approve(String(device['user_code']));

      assert.equal((await poll(device, 'another')).body['error'], 'invalid_grant');
    });

    it('refuses a client that it does not know', async () => {
      const { status, body } = await post('/api/v1/oauth2/device/code', { client_id: 'toString' });

      assert.deepEqual([status, body['error']], [401, 'invalid_client']);
    });

    it('leaves the interval out where told so', async () => {
      sandbox.behavior.interval = undefined;

      assert.equal('interval' in (await startDevice()), false);
    });
  });

  describe('tokens', () => {
    it('rotates the refresh token', async () => {
      const first = await signIn();
      const second = await refresh(first['refresh_token']);

      assert.equal(second.status, 200);
      assert.notEqual(second.body['refresh_token'], first['refresh_token']);
    });

    it('revokes the whole family when a rotated refresh token comes back', async () => {
      const first = await signIn();
      const second = (await refresh(first['refresh_token'])).body;
      const reuse = await refresh(first['refresh_token']);
      const newest = await refresh(second['refresh_token']);
      const chat = await ask('/v1', String(second['access_token']), {});

      assert.deepEqual(
        [reuse.body['error'], newest.body['error'], chat.status],
        ['invalid_grant', 'invalid_grant', 401],
      );
    });

    it('keeps the refresh token where rotation is off', async () => {
      sandbox.behavior.rotation = false;
      const first = await signIn();
      const second = await refresh(first['refresh_token']);
      const third = await refresh(first['refresh_token']);

      assert.deepEqual([second.status, 'refresh_token' in second.body, third.status], [200, false, 200]);
    });

    it('leaves resource_url out at refresh where told so', async () => {
      sandbox.behavior.resourceUrlAtRefresh = false;
      const { body } = await refresh((await signIn())['refresh_token']);

      assert.equal('resource_url' in body, false);
    });

    it('lets an access token live as long as it said', async () => {
      sandbox.behavior.accessTokenLife = 60;
      const { access_token: accessToken, expires_in: expiresIn } = await signIn();
      const headers = bearer(String(accessToken));
      now += 59_999;
      const before = await models('/v1', headers);
      now += 1;
      const after = await models('/v1', headers);

      assert.deepEqual([expiresIn, before.status, after.status], [60, 200, 401]);
    });

    it('revokes a refresh token with everything that came of it', async () => {
      const granted = await signIn();
      const refreshToken = String(granted['refresh_token']);
      const revoked = await post('/api/v1/oauth2/revoke', { client_id: clientId, token: refreshToken });

      assert.equal(revoked.status, 200);
      assert.equal((await refresh(refreshToken)).body['error'], 'invalid_grant');
      assert.equal((await models('/v1', bearer(String(granted['access_token'])))).status, 401);
    });

    it('expires access tokens on demand and leaves refresh tokens good', async () => {
      const granted = await signIn();
      sandbox.expireAccessTokens();

      assert.equal((await models('/v1', bearer(String(granted['access_token'])))).status, 401);
      assert.equal((await refresh(granted['refresh_token'])).status, 200);
    });
  });

  describe('discovery', () => {
    for (const [metadata, oauth, openid] of [
      ['both', 200, 200],
      ['oauth', 200, 404],
      ['openid', 404, 200],
      ['none', 404, 404],
    ] as const) {
      it(`serves ${metadata} of the two documents`, async () => {
        sandbox.behavior.metadata = metadata;
        const statusOf = async (name: string) => (await fetch(`${sandbox.origin}/.well-known/${name}`)).status;

        assert.equal(await statusOf('oauth-authorization-server'), oauth);
        assert.equal(await statusOf('openid-configuration'), openid);
      });
    }

    it('names endpoints that are there', async () => {
      const document = record(await (await fetch(`${sandbox.origin}/.well-known/oauth-authorization-server`)).json());
      const endpoints = Object.entries(document).flatMap(([name, url]) => (name.endsWith('_endpoint') ? [url] : []));
      const statuses = await Promise.all(endpoints.map(async (url) => (await fetch(String(url))).status));

      assert.equal(endpoints.length, 4);
      assert.ok(!statuses.includes(404), statuses.join());
    });
  });

  describe('the sign-in page', () => {
    it('shows the code and approves it', async () => {
      const device = await startDevice();
      const userCode = String(device['user_code']);
      const shown = await (await fetch(String(device['verification_uri_complete']))).text();
      const pressed = await press({ user_code: userCode.toLowerCase().replace('-', ' '), decision: 'approve' });
      const result = await (await page(`/${pressed.headers.get('location')}`)).text();

      assert.match(shown, new RegExp(userCode));
      assert.match(result, /You are signed in.*You can close this page and go back to VS Code\./s);
      assert.equal((await poll(device)).status, 200);
    });

    it('denies the code', async () => {
      const device = await startDevice();
      await press({ user_code: String(device['user_code']), decision: 'deny' });

      assert.equal((await poll(device)).body['error'], 'access_denied');
    });

    it('asks for a code that is missing', async () => {
      assert.match(await (await page('/authorize')).text(), /Type the code.*<input[^>]*name="user_code"/s);
    });

    it('says what is the matter with a code that is of no use', async () => {
      const unknown = await (await page('/authorize?user_code=<b>&client=qwen-code')).text();
      const device = await startDevice();
      const path = `/authorize?user_code=${String(device['user_code'])}&client=qwen-code`;
      now += 15 * 60 * 1000;
      const expired = await (await page(path)).text();
      now -= 15 * 60 * 1000;
      sandbox.approve(String(device['user_code']));
      const used = await (await page(path)).text();

      assert.match(unknown, /This code is not known.*“&#60;b&#62;” is not a code of this sandbox/s);
      assert.match(expired, /This code has expired/);
      assert.match(used, /This code was used already/);
    });

    it('holds no absolute address, so that it works behind a reverse proxy', async () => {
      const device = await startDevice();
      const shown = await (await fetch(String(device['verification_uri_complete']))).text();
      const pressed = await press({ user_code: String(device['user_code']), decision: 'approve' });

      assert.doesNotMatch(shown, /(?:action|href|src)="(?:\/|http)/);
      assert.equal(pressed.headers.get('location'), 'authorize/approved');
    });
  });

  describe('the authorization code grant', () => {
    const redirectUri = 'vscode://qwen-auth.qwen-auth/callback?windowId=a%20b';
    const request = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      state: 'one',
    };
    const decide = async (changes: Record<string, string>) =>
      (await press({ ...request, ...changes })).headers.get('location') ?? '';
    const redeem = (code: string | null) =>
      token({
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
      });

    it('returns code, state and issuer behind the query of the redirect URI', async () => {
      const location = await decide({ decision: 'approve' });
      const answer = new URL(location).searchParams;

      assert.ok(location.startsWith(`${redirectUri}&code=`));
      assert.deepEqual([answer.get('state'), answer.get('iss')], ['one', sandbox.origin]);
      assert.equal((await redeem(answer.get('code'))).status, 200);
    });

    it('revokes what a code was spent for when the code comes back', async () => {
      const code = new URL(await decide({ decision: 'approve' })).searchParams.get('code');
      const granted = await redeem(code);
      const again = await redeem(code);

      assert.equal(again.body['error'], 'invalid_grant');
      assert.equal((await refresh(granted.body['refresh_token'])).body['error'], 'invalid_grant');
    });

    it('returns an error to the client when the person denies or the request is unsound', async () => {
      assert.match(await decide({ decision: 'deny' }), /&error=access_denied&state=one&iss=/);
      assert.match(await decide({ code_challenge: '' }), /&error=invalid_request&state=one&iss=/);
    });

    it('sends nobody to an address that is none', async () => {
      assert.equal(await decide({ redirect_uri: 'javascript:alert(1)', decision: 'approve' }), '');
    });
  });

  describe('the model services', () => {
    it('answer each to the key of their own endpoint', async () => {
      const endpoints = sandbox.settings['qwen.endpoints'];
      assert.ok(typeof endpoints === 'object');
      for (const [endpoint, url] of Object.entries(endpoints)) {
        const key = sandbox.keys[endpoint] ?? '';
        const headers = endpoint === 'azure' ? { 'api-key': key } : bearer(key);
        assert.equal((await fetch(`${url}/models`, { headers })).status, 200, endpoint);
      }
    });

    it('refuse a key of another region, and Azure a bearer token', async () => {
      assert.equal((await models('/coding/china/v1', bearer('sk-sp-sandbox-intl'))).status, 401);
      assert.equal((await models('/azure/openai/v1', bearer('azure-sandbox-key'))).status, 401);
    });

    it('echo a wrong key, as OpenAI does', async () => {
      const response = await models('/openai/v1', bearer('sk-wrong-key'));

      assert.match(await response.text(), /Incorrect API key provided: sk-wrong-key/);
    });

    it('list the models of OpenRouter to anybody, and chat only with a key', async () => {
      assert.equal((await models('/openrouter/v1', {})).status, 200);
      assert.equal((await ask('/openrouter/v1', 'nothing', {})).status, 401);
    });

    for (const [base, key, status, code] of [
      ['/bailian/beijing/v1', 'sk-sandbox-nobalance', 400, 'Arrearage'],
      ['/openai/v1', 'sk-sandbox-nobalance', 402, 'insufficient_credits'],
      ['/openai/v1', 'sk-sandbox-noaccess', 403, 'Model.AccessDenied'],
      ['/coding/china/v1', 'sk-sp-sandbox-429', 429, 'rate_limit_exceeded'],
      ['/coding/china/v1', 'sk-sp-sandbox-quota', 429, 'insufficient_quota'],
    ] as const) {
      it(`answer ${status} ${code} to ${key} at ${base}`, async () => {
        const response = await ask(base, key, {});
        const { error } = record(await response.json());

        assert.deepEqual([response.status, record(error)['code']], [status, code]);
        assert.equal(response.headers.get('retry-after'), key.endsWith('-429') ? '7' : null);
      });
    }
  });

  describe('chat completions', () => {
    const messages = [{ role: 'user', content: 'hi' }];
    const local = (body: object) => ask('/local/v1', '', { model: 'qwen3:8b', messages, ...body });
    const tools = [
      {
        type: 'function',
        function: {
          name: 'create_file',
          parameters: {
            type: 'object',
            properties: { path: { type: 'string' }, mode: { type: 'integer' } },
            required: ['path'],
          },
        },
      },
    ];

    it('answers in one document', async () => {
      const answer = record(await (await local({})).json());

      assert.deepEqual(answer['choices'], [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello from qwen3:8b in the sandbox. You said: hi' },
          finish_reason: 'stop',
          logprobs: null,
        },
      ]);
    });

    it('streams role, content, reason to finish, usage and [DONE] in this order', async () => {
      const events = await eventsOf(await local({ stream: true, stream_options: { include_usage: true } }));
      const kinds = events.map((event) => {
        if (event === '[DONE]') return 'done';
        const { choices, usage } = record(JSON.parse(event));
        const { delta, finish_reason: reason } = firstOf(choices);
        return usage ? 'usage' : (reason ?? ('role' in record(delta) ? 'role' : 'content'));
      });

      assert.deepEqual([...new Set(kinds)], ['role', 'content', 'stop', 'usage', 'done']);
      assert.ok(kinds.filter((kind) => kind === 'content').length > 1);
    });

    it('thinks aloud first when asked to', async () => {
      const [, first] = await deltasOf(await local({ stream: true, enable_thinking: true }));

      assert.deepEqual(Object.keys(first ?? {}), ['reasoning_content']);
    });

    it('stops after max_tokens', async () => {
      const answer = record(await (await local({ max_tokens: 1 })).json());

      assert.deepEqual(firstOf(answer['choices'])['finish_reason'], 'length');
      assert.equal(record(answer['usage'])['completion_tokens'], 1);
    });

    it('calls the tool with arguments in pieces when told to use it', async () => {
      const told = [{ role: 'user', content: 'Please use the tool now' }];
      const deltas = await deltasOf(await local({ stream: true, tools, messages: told }));
      const calls = deltas.flatMap((delta) =>
        'tool_calls' in delta ? [record(firstOf(delta['tool_calls'])['function'])] : [],
      );

      assert.equal(calls[0]?.['name'], 'create_file');
      assert.ok(calls.length > 2);
      assert.deepEqual(JSON.parse(calls.map((call) => call['arguments']).join('')), { path: 'hello.txt' });
    });

    it('tells what the tool answered', async () => {
      const round = [
        { role: 'user', content: 'use the tool' },
        { role: 'assistant', content: null, tool_calls: [] },
        { role: 'tool', tool_call_id: 'x', content: 'created' },
      ];
      const answer = record(await (await local({ tools, messages: round })).json());

      assert.equal(record(firstOf(answer['choices'])['message'])['content'], 'The tool answered: created');
    });

    it('does not know every model', async () => {
      const response = await local({ model: 'gpt-2' });

      assert.equal(response.status, 404);
      assert.match(await response.text(), /model_not_found/);
    });

    it('ends the stream when the client leaves', async () => {
      sandbox.behavior.chunkGap = 5;
      const leaving = new AbortController();
      const response = await fetch(`${sandbox.origin}/local/v1/chat/completions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          model: 'qwen3:8b',
          messages: [{ role: 'user', content: 'so '.repeat(90) }],
          stream: true,
        }),
        signal: leaving.signal,
      });
      await response.body?.getReader().read();
      leaving.abort();

      await eventually(() => sandbox.requests[0]?.outcome, 'aborted');
    });
  });

  it('plays what servers were seen to answer, by the id of the model', async () => {
    const answer = await ask('/world/v1', '', { model: 'answers/deepseek-keep-alive' });

    assert.equal(answer.headers.get('content-type'), 'text/event-stream');
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), recording('answers/deepseek-keep-alive').body);
  });

  describe('faults', () => {
    const path = '/local/v1/models';
    const get = () => fetch(sandbox.origin + path);

    it('strike as often as they were told to, in their order', async () => {
      sandbox.faults.add({ on: path, times: 2, reply: { status: 503, headers: { 'Retry-After': '1' } } });
      sandbox.faults.add({ on: ({ method }) => method === 'GET', reply: oauthError('slow_down', 429) });
      const statuses: number[] = [];
      for (let count = 0; count < 4; count += 1) statuses.push((await get()).status);

      assert.deepEqual(statuses, [503, 503, 429, 200]);
    });

    for (const [name, reply, text] of [
      ['HTML with status 200', htmlWithStatus200, /^<!doctype html>/],
      ['an empty body', emptyBody, /^$/],
      ['truncated JSON', truncatedJson, /^\{"access_token":"[^"]*$/],
    ] as const) {
      it(`answer with ${name}`, async () => {
        sandbox.faults.add({ on: path, reply });
        const response = await get();

        assert.equal(response.status, 200);
        assert.match(await response.text(), text);
      });
    }

    it('reset the connection before any header', async () => {
      sandbox.faults.add({ on: path, reply: 'reset' });

      assert.equal(await fateOf(sandbox.origin + path), 'ECONNRESET before headers');
    });

    it('reset the connection in mid-body', async () => {
      sandbox.faults.add({ on: path, reply: { body: '{"data":[', ending: 'reset' } });

      assert.equal(await fateOf(sandbox.origin + path), 'ECONNRESET after {"data":[');
    });

    it('hang until the client gives up', async () => {
      sandbox.faults.add({ on: path, reply: 'hang' });
      const patience = new AbortController();
      const given = assert.rejects(fetch(sandbox.origin + path, { signal: patience.signal }), { name: 'AbortError' });
      await eventually(() => sandbox.requests.length, 1);
      patience.abort();
      await given;
      await eventually(() => sandbox.requests[0]?.outcome, 'aborted');

      assert.equal(sandbox.requests[0]?.status, undefined);
    });

    it('delay the real answer', async () => {
      sandbox.faults.add({ on: path, delay: 50 });
      const before = performance.now();

      assert.equal((await get()).status, 200);
      assert.ok(performance.now() - before >= 45);
    });
  });

  it('records every request with nothing hidden', async () => {
    await ask('/local/v1', 'a-key', { model: 'qwen3:8b' });
    const [request] = sandbox.requests;

    assert.equal(request?.headers.authorization, 'Bearer a-key');
    assert.deepEqual(request?.json, { model: 'qwen3:8b' });
    await eventually(() => request?.outcome, 'answered');
  });
});

function record(value: unknown): Record<string, unknown> {
  assert.ok(typeof value === 'object' && value !== null);
  return Object.fromEntries(Object.entries(value));
}

function firstOf(list: unknown): Record<string, unknown> {
  return Array.isArray(list) && list.length > 0 ? record(list[0]) : {};
}

async function eventsOf(response: Response): Promise<string[]> {
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  return (await response.text()).split('\n\n').flatMap((event) => (event === '' ? [] : [event.replace(/^data: /, '')]));
}

async function deltasOf(response: Response): Promise<Record<string, unknown>[]> {
  const events = await eventsOf(response);
  return events.slice(0, -1).map((event) => record(firstOf(record(JSON.parse(event))['choices'])['delta']));
}

/** How a connection ended, seen from as near as Node allows. */
function fateOf(url: string): Promise<string> {
  return new Promise((resolve) => {
    let seen = 'before headers';
    const end = (error: NodeJS.ErrnoException) => resolve(`${error.code} ${seen}`);
    httpRequest(url, (response) => {
      seen = 'after ';
      response.on('data', (chunk: Buffer) => (seen += chunk.toString())).on('error', end);
    })
      .on('error', end)
      .end();
  });
}
