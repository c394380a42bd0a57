import assert from 'node:assert/strict';

import { readDiscovered, saveDiscovered } from '../../../src/core/models/discovered';
import { readModels } from '../../../src/core/models/serverModels';
import { Secret } from '../../../src/core/secret';
import { createMemoryStateStore } from '../../fakes/memoryStateStore';

const KEY = 'sk-0123456789abcdef';
const read = (json: unknown) =>
  readModels({ host: 'x', status: 200, ok: true, text: '', json, retryAfterSeconds: undefined }, new Secret(KEY));

describe('models of a server', () => {
  for (const [what, json, ids] of [
    ['a list of OpenAI', { object: 'list', data: [{ id: 'a' }, { id: 'b' }] }, ['a', 'b']],
    ['a bare list', [{ id: 'a' }], ['a']],
    ['an empty list', { data: [] }, []],
    ['a name twice', [{ id: 'a' }, { id: 'a' }], ['a']],
    ['what is no model', [null, 7, 'a', {}, { id: 4 }, { id: '' }, { id: 'b' }], ['b']],
    ['names with control characters', [{ id: 'a\nb' }, { id: 'c\u001b[31m' }, { id: 'd' }], ['d']],
    ['a name that holds the key', [{ id: `echo-${KEY}` }, { id: 'd' }], ['d']],
    ['names that are too long', [{ id: 'x'.repeat(257) }, { id: 'd' }], ['d']],
  ] as const) {
    it(`are ${JSON.stringify(ids)} in ${what}`, () => {
      assert.deepEqual(read(json), ids);
    });
  }

  it('are a thousand at most', () => {
    assert.equal(read(Array.from({ length: 5000 }, (_, index) => ({ id: `m${index}` }))).length, 1000);
  });

  for (const json of [undefined, null, 'text', {}, { data: {} }, { models: [] }]) {
    it(`are not in ${JSON.stringify(json)}`, () => {
      assert.throws(() => read(json), { name: 'RequestError', failure: 'unreadable' });
    });
  }

  it('are remembered by account until forgotten', async () => {
    const state = createMemoryStateStore();
    await saveDiscovered(state, 'openai', ['a', 'b']);

    assert.deepEqual([readDiscovered(state, 'openai'), readDiscovered(state, 'azure')], [['a', 'b'], []]);
    await saveDiscovered(state, 'openai', undefined);
    assert.deepEqual(readDiscovered(state, 'openai'), []);
  });

  it('are not read from what is no list', async () => {
    const state = createMemoryStateStore();
    await state.set('models/openai', ['a', 7, null]);
    await state.set('models/azure', 'a');

    assert.deepEqual([readDiscovered(state, 'openai'), readDiscovered(state, 'azure')], [['a'], []]);
  });
});
