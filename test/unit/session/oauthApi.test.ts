import assert from 'node:assert/strict';

import { isOAuthApi } from '../../../src/core/session/oauthApi';
import { keyAccount, oauthAccount } from '../../fakes/accounts';

const BASE_URL = 'https://portal.qwen.ai/v1';

describe('what counts as the OAuth sign-in', () => {
  const none = { kind: 'none' } as const;

  it('is what goes to the API of its account', () => {
    assert.ok(isOAuthApi({ accounts: [keyAccount(), oauthAccount()], signInAttempt: none }, BASE_URL));
    assert.ok(!isOAuthApi({ accounts: [keyAccount({ baseUrl: BASE_URL })], signInAttempt: none }, BASE_URL));
  });

  it('is what a new sign-in is checked with', () => {
    const step = { kind: 'checking', host: 'portal.qwen.ai' } as const;
    const request = { method: 'qwen-oauth' } as const;
    const signInAttempt = { kind: 'running', request, step, others: [], overdue: false } as const;

    assert.ok(isOAuthApi({ accounts: [], signInAttempt }, BASE_URL));
    assert.ok(
      !isOAuthApi({ accounts: [], signInAttempt: { ...signInAttempt, request: { method: 'api-key' } } }, BASE_URL),
    );
  });
});
