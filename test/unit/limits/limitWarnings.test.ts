import assert from 'node:assert/strict';

import { limitsToWarnOf } from '../../../src/core/limits/limitWarnings';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';

describe('warnings of limits', () => {
  let state: MemoryStateStore;

  beforeEach(() => {
    state = createMemoryStateStore();
  });

  const warned = async (...percents: readonly number[]): Promise<readonly number[]> => {
    const limits = percents.map((usedPercent, index) => ({ id: `limit ${index}`, usedPercent }));
    return (await limitsToWarnOf(state, limits)).map(({ usedPercent }) => usedPercent);
  };

  it('come once at 80 % and once at 95 %', async () => {
    const all: number[] = [];
    for (const percent of [0, 79, 80, 81, 94, 95, 99, 100, 100]) all.push(...(await warned(percent)));

    assert.deepEqual(all, [80, 95]);
  });

  it('come once where both shares are passed at a time', async () => {
    assert.deepEqual([await warned(97), await warned(98)], [[97], []]);
  });

  it('do not come again where a share goes up and down around it', async () => {
    assert.deepEqual([await warned(80), await warned(79), await warned(60), await warned(85)], [[80], [], [], []]);
  });

  it('come again once the limit has begun anew', async () => {
    assert.deepEqual([await warned(95), await warned(3), await warned(82)], [[95], [], [82]]);
  });

  it('are of each limit by itself', async () => {
    assert.deepEqual([await warned(80, 10), await warned(80, 96)], [[80], [96]]);
  });

  it('write nothing where nothing is new, and survive what was stored otherwise', async () => {
    await warned(10);
    assert.equal(state.get('limits/warned'), undefined);
    for (const stored of ['x', [1], { 'limit 0': 'often' }]) {
      await state.set('limits/warned', stored);
      assert.deepEqual(await warned(80), [80]);
    }
  });
});
