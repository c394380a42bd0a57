import assert from 'node:assert/strict';

import type { Dialect } from '../../../src/core/chat/dialect';
import { Dialects } from '../../../src/core/chat/dialects';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';

const HOUR_MS = 60 * 60_000;
const LEARNED: Dialect = { without: new Set(['tools', 'turns']), thoughts: 'all', strictIds: true, unsigned: true };
const PLAIN: Dialect = { without: new Set(), thoughts: 'none' };

describe('dialects of models', () => {
  let state: MemoryStateStore;
  let now: number;
  const window = () => new Dialects(state, { now: () => now });

  beforeEach(() => {
    state = createMemoryStateStore();
    now = Date.UTC(2026, 0, 1);
  });

  it('are known to the next window as they were learned', () => {
    window().set('a', LEARNED);
    window().set('b', PLAIN);
    window().set('c', { ...PLAIN, thoughts: 'known' });

    const known = ['a', 'b', 'c', 'd'].map((key) => window().get(key));
    assert.deepEqual(known, [LEARNED, PLAIN, { ...PLAIN, thoughts: 'known' }, undefined]);
  });

  it('are forgotten after a day', () => {
    window().set('a', LEARNED);
    now += 23 * HOUR_MS;
    assert.deepEqual(window().get('a'), LEARNED);
    now += HOUR_MS;

    assert.equal(window().get('a'), undefined);
  });

  it('are a hundred at most, the latest', () => {
    for (let at = 0; at < 150; at += 1) window().set(`${at}`, PLAIN);
    window().set('60', LEARNED);
    window().set('150', PLAIN);

    const known = ['50', '51', '60', '150'].map((key) => window().get(key));
    assert.deepEqual(known, [undefined, PLAIN, LEARNED, PLAIN]);
  });

  it('are kept where they were learned anew, however long they are known', () => {
    window().set('a', PLAIN);
    for (let at = 0; at < 50; at += 1) window().set(`${at}`, PLAIN);
    window().set('a', LEARNED);
    for (let at = 100; at < 199; at += 1) window().set(`${at}`, PLAIN);

    assert.deepEqual(window().get('a'), LEARNED);
  });

  for (const [what, changes, known] of [
    ['without what is left out', { without: undefined }, undefined],
    ['without a way to give thoughts back', { thoughts: 'some' }, undefined],
    ['of an unknown time', { at: 'today' }, undefined],
    [
      'with more than was known',
      { without: ['tools', 1], strictIds: 'yes', unsigned: 1 },
      { without: new Set(['tools']), thoughts: 'none' },
    ],
  ] as const) {
    it(`are not taken as another version kept them: ${what}`, async () => {
      window().set('a', PLAIN);
      const kept = Object.entries(Object(state.get('dialects'))).map(([key, one]) => [
        key,
        { ...Object(one), ...changes },
      ]);
      await state.set('dialects', Object.fromEntries(kept));

      assert.deepEqual(window().get('a'), known);
    });
  }

  it('do not tell which server they are of', () => {
    window().set('m\nhttps://models.example.com/v1?key=secret', LEARNED);

    assert.doesNotMatch(JSON.stringify([...state.entries]), /example|secret/);
  });

  for (const kept of [undefined, 'x', [], { a: 1 }, { a: { at: Infinity, without: 1, thoughts: 'all' } }]) {
    it(`are not read from ${JSON.stringify(kept)}`, async () => {
      await state.set('dialects', kept);

      assert.equal(window().get('a'), undefined);
    });
  }
});
