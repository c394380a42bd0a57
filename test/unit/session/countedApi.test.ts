import assert from 'node:assert/strict';

import { isCountedApi } from '../../../src/core/session/countedApi';
import { keyAccount, oauthAccount } from '../../fakes/accounts';

const BASE_URL = 'https://portal.qwen.ai/v1';

describe('what is counted here', () => {
  const none = { kind: 'none' } as const;
  const isCounted = (accounts: Parameters<typeof isCountedApi>[0]['accounts'], baseUrl = BASE_URL) =>
    isCountedApi({ accounts, signInAttempt: none }, baseUrl);

  it('is what goes to the API of the OAuth sign-in', () => {
    assert.ok(isCounted([keyAccount(), oauthAccount()]));
    assert.ok(!isCounted([oauthAccount()], 'https://api.example.com/v1'));
  });

  it('is what goes to a plan that tells nobody what is left', () => {
    for (const provider of ['coding-plan', 'token-plan'])
      assert.ok(isCounted([keyAccount({ provider, baseUrl: BASE_URL })]), provider);
    for (const provider of ['bailian', 'deepseek', 'openai', 'gone'])
      assert.ok(!isCounted([keyAccount({ provider, baseUrl: BASE_URL })]), provider);
  });

  it('is what a new sign-in is checked with', () => {
    const step = { kind: 'checking', host: 'portal.qwen.ai' } as const;
    for (const [method, expected] of [
      ['qwen-oauth', true],
      ['coding-plan', true],
      ['api-key', false],
    ] as const) {
      const signInAttempt = { kind: 'running', request: { method }, step, others: [], overdue: false } as const;

      assert.equal(isCountedApi({ accounts: [], signInAttempt }, BASE_URL), expected, method);
    }
  });
});
