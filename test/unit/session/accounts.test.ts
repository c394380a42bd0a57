import assert from 'node:assert/strict';

import { systemClock } from '../../../src/core/base/clock';
import { Secret } from '../../../src/core/base/secret';
import { saveAccount } from '../../../src/core/credentials/accountStore';
import { Accounts } from '../../../src/core/session/accounts';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemorySecretStore } from '../../fakes/memorySecretStore';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';

describe('accounts', () => {
  it('tell why one cannot be kept, be what was noted of its models past bringing back', async () => {
    const [secrets, state] = [createMemorySecretStore(), createMemoryStateStore()];
    const accounts = new Accounts({
      clock: systemClock,
      fetch: async () => new Response('{}'),
      secrets,
      state: {
        ...state,
        set: async (key, value) => {
          if (secrets.mood === 'locked' || value === undefined) throw new Error('The disk is full.');
          await state.set(key, value);
        },
      },
      undoMs: 0,
      changed: () => undefined,
    });
    await accounts.load();
    secrets.mood = 'forgetful';
    const kept = accounts.keep(
      { account: keyAccount(), check: { kind: 'accepted', models: [{ id: 'qwen3-max' }] } },
      new AbortController().signal,
    );

    await assert.rejects(kept, { name: 'ConfigurationError' });
    accounts.dispose();
  });

  const ISSUER = 'https://id.example.com';
  const RUN_OUT = { ...oauthAccount().tokens, refreshToken: undefined, expiresAt: 0 };
  for (const [what, changes, revoked] of [
    ['leave the tokens of a sign-in that is called off beside one of the same client', {}, []],
    ['revoke them beside one of another client', { clientId: 'another' }, ['the-new-one']],
    ['revoke them beside one at another server', { issuer: 'https://elsewhere.example.com' }, ['the-new-one']],
    ['revoke them beside one that has ended', { status: 'ended' }, ['the-new-one']],
    ['revoke them beside one that has run out, and that nothing renews', { tokens: RUN_OUT }, ['the-new-one']],
  ] as const) {
    it(what, async () => {
      const secrets = createMemorySecretStore();
      const told: (string | null)[] = [];
      const accounts = new Accounts({
        clock: systemClock,
        fetch: async (url, { body }) => {
          if (url.endsWith('/revoke'))
            told.push(new URLSearchParams(typeof body === 'string' ? body : '').get('token'));
          const endpoints = { token_endpoint: `${ISSUER}/token`, device_authorization_endpoint: `${ISSUER}/device` };
          return Response.json({ issuer: ISSUER, ...endpoints, revocation_endpoint: `${ISSUER}/revoke` });
        },
        secrets,
        state: createMemoryStateStore(),
        undoMs: 0,
        changed: () => undefined,
      });
      const stored = oauthAccount({ issuer: ISSUER });
      await saveAccount(secrets, { ...stored, ...changes });
      const tokens = { ...stored.tokens, accessToken: new Secret('new'), refreshToken: new Secret('the-new-one') };
      const calledOff = AbortSignal.abort();
      const kept = accounts.keep(
        { account: { ...stored, tokens }, check: { kind: 'accepted', models: [] } },
        calledOff,
      );

      await assert.rejects(kept, { name: 'Cancelled' });
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      assert.deepEqual(told, revoked);
      accounts.dispose();
    });
  }
});
