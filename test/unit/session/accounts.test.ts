import assert from 'node:assert/strict';

import { systemClock } from '../../../src/core/base/clock';
import { Accounts } from '../../../src/core/session/accounts';
import { keyAccount } from '../../fakes/accounts';
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
});
