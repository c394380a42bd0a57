import assert from 'node:assert/strict';

import { Cancelled, RequestError, SignInRequired } from '../../../src/core/base/errors';
import { QWEN_ISSUER } from '../../../src/core/oauth/authorizationServer';
import { heedRefusal } from '../../../src/core/signIn/earlierRefusal';
import type { SignedIn } from '../../../src/core/signIn/signIn';
import { oauthAccount } from '../../fakes/accounts';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';

const OAUTH = { method: 'qwen-oauth' } as const;
const HOST = 'portal.qwen.ai';
const refused = new SignInRequired({ reason: 'refused', ...OAUTH, host: HOST });
const taken: SignedIn = { account: oauthAccount(), check: { kind: 'accepted', models: [] }, model: undefined };
const unverified = (status: number): SignedIn => ({
  ...taken,
  check: { kind: 'unverified', models: [], error: new RequestError(HOST, 'status', { status }) },
});

describe('a sign-in after the API refused the last one', () => {
  let state: MemoryStateStore;
  let asked: number;

  beforeEach(() => {
    state = createMemoryStateStore();
    asked = 0;
  });

  const signIn = (
    result: SignedIn | Error,
    request: Parameters<typeof heedRefusal>[2] = OAUTH,
    issuer = QWEN_ISSUER,
  ): Promise<SignedIn> =>
    heedRefusal(state, issuer, request, async () => {
      asked += 1;
      if (result instanceof Error) throw result;
      return result;
    });
  const earlier = { about: { reason: 'refused', ...OAUTH, host: HOST, earlier: true } };

  it('asks nobody, unless the person wants it anyway', async () => {
    await assert.rejects(signIn(refused), refused);
    await assert.rejects(signIn(taken), earlier);
    assert.equal(asked, 1);
    assert.equal(await signIn(taken, { ...OAUTH, anyway: true }), taken);

    assert.equal(await signIn(taken), taken);
    assert.equal(asked, 3);
  });

  it('asks nobody either where the last one was kept without an answer for it', async () => {
    const doubtful = unverified(403);
    assert.equal(await signIn(doubtful), doubtful);

    await assert.rejects(signIn(taken), earlier);
  });

  for (const [what, result] of [
    ['called off', new Cancelled()],
    ['not answered', unverified(503)],
  ] as const) {
    it(`asks again where the last one was ${what}`, async () => {
      await signIn(result).catch(() => undefined);

      assert.equal(await signIn(taken), taken);
    });
  }

  for (const [what, request, issuer] of [
    ['a key', { method: 'api-key' }, QWEN_ISSUER],
    ['another server', OAUTH, 'https://id.example.com'],
  ] as const) {
    it(`is none of the business of ${what}`, async () => {
      await assert.rejects(signIn(refused, request, issuer), refused);
      assert.equal(state.entries.size, 0);
      await assert.rejects(signIn(refused), refused);

      assert.equal(await signIn(taken, request, issuer), taken);
      await assert.rejects(signIn(taken), earlier);
    });
  }
});
