import assert from 'node:assert/strict';
import type { Account } from '../../../src/core/credentials/account';
import { Secret } from '../../../src/core/base/secret';
import {
  authenticationSession,
  authenticationSessions,
  hasScopes,
  sessionChanges,
  signInAgain,
  signInForScopes,
} from '../../../src/core/views/authenticationSessions';
import { keyAccount, oauthAccount } from '../../fakes/accounts';

const custom = (baseUrl: string, provider = 'custom') =>
  keyAccount({
    id: `${provider}@${baseUrl}`,
    method: 'api-key',
    provider,
    region: '',
    baseUrl,
    baseUrlFrom: 'typed',
  });
const labelOf = (account: Account): string => authenticationSession(account).account.label;

describe('the accounts as authentication sessions', () => {
  it('are the OAuth sign-in and every key, each with its secret as the access token', () => {
    const sessions = authenticationSessions([oauthAccount(), keyAccount()]);

    assert.deepEqual(
      sessions.map(({ id, account, scopes, accessToken }) => [id, account, scopes, accessToken?.reveal()]),
      [
        [
          'qwen-oauth',
          { id: 'qwen-oauth', label: 'Qwen OAuth' },
          ['qwen-oauth', 'https://portal.qwen.ai/v1'],
          'access-token-0123456789',
        ],
        [
          'coding-plan/china',
          { id: 'coding-plan/china', label: 'Coding Plan · China (Beijing)' },
          ['coding-plan', 'https://coding.dashscope.aliyuncs.com/v1'],
          'sk-sp-0123456789-abcd',
        ],
      ],
    );
  });

  for (const [status, count] of [
    ['verified', 1],
    ['unverified', 1],
    ['offline', 1],
    ['ended', 0],
    ['refused', 0],
  ] as const) {
    it(`are ${count} where one is ${status}`, () => {
      assert.equal(authenticationSessions([oauthAccount({ status })]).length, count);
    });
  }

  it('have no access token where the server needs none', () => {
    assert.equal(authenticationSession(keyAccount({ key: undefined })).accessToken, undefined);
  });

  it('have labels that differ, whoever else is there', () => {
    const labels = [
      oauthAccount(),
      oauthAccount({ issuer: 'https://id.example.com' }),
      keyAccount(),
      custom('https://api.example.com/v1'),
      custom('https://api.example.com/v1', 'ollama'),
      custom('https://api.example.com/other/v1'),
      custom('http://api.example.com/v1'),
      custom('http://localhost:11434/v1', 'vllm'),
      keyAccount({ provider: 'openai', baseUrl: 'https://gateway.example.com/v1', baseUrlFrom: 'settings' }),
      keyAccount({ name: 'Work' }),
      { ...custom('https://api.example.com/v1'), name: 'Work' },
    ].map(labelOf);

    assert.deepEqual(labels, [
      'Qwen OAuth',
      'Qwen OAuth · id.example.com',
      'Coding Plan · China (Beijing)',
      'api.example.com/v1',
      'Ollama · api.example.com/v1',
      'api.example.com/other/v1',
      'api.example.com/v1 (http)',
      'vLLM · localhost:11434/v1 (http)',
      'OpenAI · gateway.example.com/v1',
      'Work · Coding Plan · China (Beijing)',
      'Work · api.example.com/v1',
    ]);
  });

  it('show no secret but the access token, which does not print itself', () => {
    const text = JSON.stringify(authenticationSessions([oauthAccount(), keyAccount()]));

    assert.ok(!/0123456789/.test(text), text);
  });

  it('are found by method, provider and base URL, and without any', () => {
    const session = authenticationSession(custom('https://api.example.com/v1'));

    assert.ok(hasScopes(session, []));
    assert.ok(hasScopes(session, ['custom', 'api-key']));
    assert.ok(hasScopes(session, ['https://api.example.com/v1']));
    assert.ok(!hasScopes(session, ['api-key', 'openai']));
  });
});

describe('the changes of authentication sessions', () => {
  const before = authenticationSessions([oauthAccount(), keyAccount()]);

  it('are none where nothing has changed', () => {
    assert.equal(sessionChanges(before, authenticationSessions([oauthAccount(), keyAccount()])), undefined);
  });

  it('name what came, what went and whose access token is another', () => {
    const tokens = { ...oauthAccount().tokens, accessToken: new Secret('another-token') };
    const after = authenticationSessions([oauthAccount({ tokens }), custom('https://api.example.com/v1')]);

    const { added, removed, changed } = sessionChanges(before, after) ?? {};

    assert.deepEqual(
      [added, removed, changed].map((sessions) => sessions?.map(({ id }) => id)),
      [['custom@https://api.example.com/v1'], ['coding-plan/china'], ['qwen-oauth']],
    );
  });

  it('name one whose key is not needed any more', () => {
    const after = authenticationSessions([oauthAccount(), keyAccount({ key: undefined })]);

    assert.deepEqual(
      sessionChanges(before, after)?.changed.map(({ id }) => id),
      ['coding-plan/china'],
    );
  });
});

describe('a sign-in for another extension', () => {
  for (const [scopes, expected] of [
    [[], {}],
    [['qwen-oauth'], { method: 'qwen-oauth' }],
    [['openai'], { method: 'api-key', provider: 'openai' }],
    [['coding-plan'], { method: 'coding-plan', provider: 'coding-plan' }],
    [
      ['api-key', 'custom', 'https://api.example.com/v1'],
      { method: 'api-key', provider: 'custom', baseUrl: 'https://api.example.com/v1' },
    ],
  ] as const) {
    it(`asks for what [${scopes.join(', ')}] leaves open`, () => {
      assert.deepEqual(signInForScopes(scopes), expected);
    });
  }

  it('is refused in a sentence where no session could have the scope', () => {
    assert.throws(() => signInForScopes(['openid']), {
      name: 'ConfigurationError',
      message:
        '"openid" is no scope of Qwen. Ask for a method (qwen-oauth, coding-plan, api-key), a provider, or a base URL.',
    });
    assert.throws(() => signInForScopes(['sk-0123456789abcdef']), { message: /^This is no scope of Qwen\./ });
  });

  it('begins where the account that it is for began', () => {
    assert.deepEqual(signInAgain(oauthAccount()), { method: 'qwen-oauth' });
    assert.deepEqual(signInAgain(keyAccount()), {
      method: 'coding-plan',
      provider: 'coding-plan',
      region: 'china',
    });
    assert.deepEqual(signInAgain(custom('https://api.example.com/v1')), {
      method: 'api-key',
      provider: 'custom',
      baseUrl: 'https://api.example.com/v1',
    });
  });
});
