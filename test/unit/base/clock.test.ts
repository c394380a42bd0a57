import assert from 'node:assert/strict';

import { systemClock } from '../../../src/core/base/clock';

describe('system clock', () => {
  it('sleeps as long as it is told', async () => {
    const before = performance.now();
    await systemClock.sleep(20, new AbortController().signal);

    assert.ok(performance.now() - before >= 19);
  });

  it('wakes with Cancelled as soon as called off', async () => {
    const caller = new AbortController();
    const sleeping = systemClock.sleep(60_000, caller.signal);
    caller.abort();

    await assert.rejects(sleeping, { name: 'Cancelled' });
  });

  it('does not fall asleep when called off before', async () => {
    await assert.rejects(systemClock.sleep(60_000, AbortSignal.abort()), { name: 'Cancelled' });
  });
});
