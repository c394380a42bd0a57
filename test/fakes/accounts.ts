import type { KeyAccount, OAuthAccount } from '../../src/core/credentials/account';
import { Secret } from '../../src/core/base/secret';

/** An account of a key, verified, at the Coding Plan in China unless changed. */
export function keyAccount(changes: Partial<KeyAccount> = {}): KeyAccount {
  return {
    id: 'coding-plan/china',
    method: 'coding-plan',
    provider: 'coding-plan',
    region: 'china',
    status: 'verified',
    baseUrl: 'https://coding.dashscope.aliyuncs.com/v1',
    baseUrlFrom: 'catalogue',
    key: new Secret('sk-sp-0123456789-abcd'),
    keyHeader: 'authorization',
    ...changes,
  };
}

/** An account of Qwen OAuth, verified, whose access token ends at `expiresAt`, never unless given. */
export function oauthAccount(changes: Partial<OAuthAccount> = {}, expiresAt = Number.MAX_SAFE_INTEGER): OAuthAccount {
  return {
    id: 'qwen-oauth',
    method: 'qwen-oauth',
    status: 'verified',
    baseUrl: 'https://portal.qwen.ai/v1',
    issuer: 'https://chat.qwen.ai',
    tokenEndpoint: 'https://chat.qwen.ai/api/v1/oauth2/token',
    clientId: 'the-client',
    tokens: {
      accessToken: new Secret('access-token-0123456789'),
      refreshToken: new Secret('refresh-token-0123456789'),
      expiresAt,
      resourceUrl: 'portal.qwen.ai',
    },
    ...changes,
  };
}
