import assert from 'node:assert/strict';

import { limitToWarnOf } from '../../../src/core/limits/limitWarnings';
import { createMemoryStateStore, type MemoryStateStore } from '../../fakes/memoryStateStore';

describe('warnings of limits', () => {
  let state: MemoryStateStore;

  beforeEach(() => {
    state = createMemoryStateStore();
  });

  /** The share of the limit that is warned of, where the limits of a server are used up so far. */
  const warned = async (...percents: readonly number[]): Promise<number | undefined> =>
    (await limitToWarnOf(state, limitsOf(percents)))?.usedPercent;
  const limitsOf = (percents: readonly number[], host = 'server') => ({
    host,
    rows: percents.map((usedPercent, index) => ({ id: `limit ${index}`, usedPercent })),
  });

  it('come once at 80 % and once at 95 %', async () => {
    const all: (number | undefined)[] = [];
    for (const percent of [0, 79, 80, 81, 94, 95, 99, 100, 100]) all.push(await warned(percent));

    assert.deepEqual(
      all.filter((percent) => percent !== undefined),
      [80, 95],
    );
  });

  it('come once where both shares are passed at a time', async () => {
    assert.deepEqual([await warned(97), await warned(98)], [97, undefined]);
  });

  it('do not come again where a share goes up and down around it', async () => {
    assert.deepEqual(
      [await warned(80), await warned(79), await warned(60), await warned(85)],
      [80, undefined, undefined, undefined],
    );
  });

  it('come again once the limit has begun anew', async () => {
    assert.deepEqual([await warned(95), await warned(3), await warned(82)], [95, undefined, 82]);
  });

  it('are of each limit by itself', async () => {
    assert.deepEqual([await warned(80, 10), await warned(80, 96)], [80, 96]);
    assert.equal((await limitToWarnOf(state, limitsOf([80], 'elsewhere')))?.usedPercent, 80);
  });

  it('come one after the other where several are due', async () => {
    assert.deepEqual([await warned(82, 81), await warned(82, 81), await warned(82, 81)], [82, 81, undefined]);
  });

  it('wait while something is used up, and are none of what has no name or share', async () => {
    const full = { ...limitsOf([100, 80]), full: {} };
    assert.equal(await limitToWarnOf(state, full), undefined);
    assert.equal(await warned(10, 80), 80);

    const rows = [{ usedPercent: 99 }, { id: 'limit 2' }];
    assert.equal(await limitToWarnOf(state, { host: 'server', rows }), undefined);
  });

  it('write nothing where nothing is new, and survive what was stored otherwise', async () => {
    await warned(10);
    assert.equal(state.get('limits/warned'), undefined);
    for (const stored of ['x', [1], { 'server limit 0': 'often' }]) {
      await state.set('limits/warned', stored);
      assert.equal(await warned(80), 80);
    }
  });
});
