import assert from 'node:assert/strict';

import {
  forgetDiscovered,
  isDue,
  listOwner,
  noteFailure,
  readDiscovered,
  saveDiscovered,
} from '../../../src/core/models/discovered';
import { Secret } from '../../../src/core/base/secret';
import { keyAccount, oauthAccount } from '../../fakes/accounts';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';
import { credentialOf } from '../../../src/core/credentials/resolve';

const KEY = 'sk-sp-0123456789abcdef';
const MODELS = [{ id: 'a', contextWindowSize: 8192, maxOutputTokens: 1024, vision: true }, { id: 'b' }];
const HOUR = 60 * 60_000;

describe('the kept list of a server', () => {
  const owner = (key = KEY, baseUrl = 'https://llm.example.com/v1') =>
    listOwner('vllm', baseUrl, credentialOf(keyAccount({ key: new Secret(key) })));
  let state: MemoryStateStore;
  beforeEach(async () => {
    state = createMemoryStateStore();
    await saveDiscovered(state, owner(), { models: MODELS }, 1000);
  });

  it('is as it was told, with its time', () => {
    assert.deepEqual(readDiscovered(state, owner()), { models: MODELS, askedAt: 1000, failedAt: undefined });
  });

  for (const leftOut of [240, 'more'] as const) {
    it(`says that it was cut (${leftOut}), also where its server was asked in vain since`, async () => {
      await saveDiscovered(state, owner(), { models: MODELS, leftOut }, 1000);
      await noteFailure(state, owner(), 2000);

      assert.equal(readDiscovered(state, owner())?.leftOut, leftOut);
    });
  }

  for (const [what, other] of [
    ['another key', owner('sk-another-0123456789')],
    ['no key', owner('')],
    ['another address', owner(KEY, 'https://llm.example.com/v2')],
    ['another place', { ...owner(), place: 'ollama' }],
  ] as const) {
    it(`is not there for ${what}`, () => {
      assert.equal(readDiscovered(state, other), undefined);
    });
  }

  it('holds nothing of the key', () => {
    assert.ok(!JSON.stringify([...state.entries]).includes(KEY.slice(-6)));
  });

  it('is the same for a sign-in whose tokens are renewed', () => {
    const [one, other] = ['one', 'other'].map((token) => {
      const account = oauthAccount();
      const tokens = { ...account.tokens, accessToken: new Secret(token) };
      return listOwner('qwen-oauth', account.baseUrl, credentialOf({ ...account, tokens }));
    });

    assert.deepEqual(one, other);
  });

  it('stays where its server was asked in vain, and says when that was', async () => {
    await noteFailure(state, owner(), 2000);

    assert.deepEqual(readDiscovered(state, owner()), { models: MODELS, askedAt: 1000, failedAt: 2000 });
    await saveDiscovered(state, owner(), { models: [] }, 3000);
    assert.deepEqual(readDiscovered(state, owner()), { models: [], askedAt: 3000, failedAt: undefined });
  });

  it('does not stay for a credential that did not bring it', async () => {
    await noteFailure(state, owner('sk-another-0123456789'), 2000);

    assert.equal(readDiscovered(state, owner()), undefined);
  });

  it('goes when thirty others were kept since', async () => {
    const other = (count: number) => ({ ...owner(), place: `https://${count}.example.com/v1` });
    for (let count = 1; count < 30; count += 1) await saveDiscovered(state, other(count), { models: MODELS }, count);
    await saveDiscovered(state, owner(), { models: MODELS }, 2000);
    await noteFailure(state, other(30), 30);

    assert.equal(readDiscovered(state, owner())?.askedAt, 2000);
    assert.equal(readDiscovered(state, other(1)), undefined);
    assert.equal(readDiscovered(state, other(30))?.failedAt, 30);
    assert.equal([...state.entries.keys()].filter((key) => key.startsWith('models/')).length, 30);
  });

  it('is gone once forgotten', async () => {
    await forgetDiscovered(state, 'vllm');

    assert.equal(state.entries.size, 0);
  });

  it('is not read from what is no list', async () => {
    const kept = state.entries.get('models/vllm');
    await state.set('models/vllm', { ...Object(kept), models: ['a', null, { id: 'c', vision: 'yes' }], askedAt: 'x' });
    assert.deepEqual(readDiscovered(state, owner())?.models, [{ id: 'c' }]);

    await state.set('models/vllm', ['a', 'b']);
    assert.equal(readDiscovered(state, owner()), undefined);
  });

  for (const [what, askedAt, failedAt, due] of [
    ['nobody asked yet', undefined, undefined, true],
    ['it is younger than a day', 100 * HOUR - 24 * HOUR + 1, undefined, false],
    ['it is a day old', 100 * HOUR - 24 * HOUR, undefined, true],
    ['it was asked for in vain just now', 0, 100 * HOUR - 1, false],
    ['it was asked for in vain an hour ago', 0, 99 * HOUR, true],
  ] as const) {
    it(`is ${due ? '' : 'not '}asked for when ${what}`, () => {
      assert.equal(isDue({ models: [], askedAt, failedAt }, 100 * HOUR), due);
    });
  }
});
