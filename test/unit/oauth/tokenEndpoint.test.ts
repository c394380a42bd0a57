import assert from 'node:assert/strict';

import { platformFetch } from '../../fakes/bench';
import { refreshTokens } from '../../../src/core/oauth/tokenEndpoint';
import { ManualClock } from '../../fakes/manualClock';
import { Secret } from '../../../src/core/base/secret';
import { htmlWithStatus200, oauthError, truncatedJson, type Reply } from '../../sandbox/faults';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox';

const TOKEN = '/api/v1/oauth2/token';
const { signal } = new AbortController();
const refreshToken = new Secret('refresh-token-that-nobody-may-read');
const accessToken = new Secret('Correct.Horse.Battery');
const before = { accessToken, refreshToken, expiresAt: 0, resourceUrl: 'portal.qwen.ai' };

describe('refresh', () => {
  const clock = new ManualClock();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.stop());

  const run = (reply: Reply) => {
    sandbox.faults.add({ on: TOKEN, reply });
    const server = { tokenEndpoint: sandbox.origin + TOKEN };
    return refreshTokens({ fetch: platformFetch, clock }, server, 'the-client', before, signal);
  };
  const granted = (changes: object) => ({ body: JSON.stringify({ access_token: 'new', expires_in: 60, ...changes }) });

  it('sends the form of RFC 6749 section 6', async () => {
    await run(granted({}));

    const [request] = sandbox.requests;
    assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(request.form, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken.reveal(),
      client_id: 'the-client',
    });
  });

  it('keeps refresh token and resource_url where left out', async () => {
    const tokens = await run(granted({}));

    assert.equal(tokens.accessToken.reveal(), 'new');
    assert.ok(tokens.refreshToken?.equals(refreshToken));
    assert.equal(tokens.resourceUrl, 'portal.qwen.ai');
    assert.equal(tokens.expiresAt, clock.now() + 60_000);
  });

  for (const [what, reply, expected] of [
    ['invalid_grant on 400', oauthError('invalid_grant'), { name: 'OAuthError', error: 'invalid_grant', status: 400 }],
    [
      'an error on 401',
      oauthError('invalid_client', 401),
      { name: 'OAuthError', error: 'invalid_client', status: 401 },
    ],
    ['an error on 200', { body: '{"error":"invalid_grant"}' }, { name: 'OAuthError', error: 'invalid_grant' }],
    ['a page on 200', htmlWithStatus200, { name: 'RequestError', failure: 'unreadable' }],
    [
      'a page on 403',
      { ...htmlWithStatus200, status: 403 },
      {
        name: 'RequestError',
        details: { status: 403, text: 'Attention · Please verify that you are a human.', page: true },
      },
    ],
    ['JSON that ends early', truncatedJson, { name: 'RequestError', failure: 'unreadable' }],
    ['a body that is empty', { body: '' }, { name: 'RequestError', failure: 'unreadable' }],
    ['a list in place of an object', { body: '[]' }, { name: 'RequestError', failure: 'unreadable' }],
    ['an error of the server', { status: 500, body: 'oops' }, { name: 'RequestError', failure: 'status' }],
  ] as const) {
    it(`understands ${what}`, async () => {
      await assert.rejects(run(reply), expected);
    });
  }

  it('says of which type the tokens are that it cannot use, without what was sent', async () => {
    const refused = (token_type: string) => run(granted({ token_type }));

    await assert.rejects(refused('DPoP'), {
      name: 'RequestError',
      failure: 'unusable',
      role: 'authorizationServer',
      details: { text: 'it grants tokens of the type "DPoP", which cannot be used here' },
    });
    await assert.rejects(refused('x'.repeat(41)), { message: /"x{40}"/ });
    await assert.rejects(refused(`of ${refreshToken.reveal()}`), { message: /"of \[redacted\]"/ });
    await assert.rejects(run(granted({ access_token: 'a-token-of-theirs', token_type: 'a-token-of-theirs' })), {
      message: /"\[redacted\]"/,
    });
  });

  it('does not mind the type beside an error', async () => {
    await assert.rejects(run({ ...granted({ token_type: 'DPoP' }), status: 500 }), { details: { status: 500 } });
  });

  it('takes the tokens out of what the server says', async () => {
    const echo = {
      error: 'invalid_grant',
      error_description: `No ${refreshToken.reveal()} for ${accessToken.reveal()}`,
    };

    await assert.rejects(run({ status: 400, body: JSON.stringify(echo) }), {
      message: 'invalid_grant: No [redacted] for [redacted]',
    });
  });
});
