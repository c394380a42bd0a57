import assert from 'node:assert/strict';

import { untilAborted } from '../../../src/core/base/untilAborted';

describe('waiting until the signal', () => {
  const { signal } = new AbortController();

  it('gives what the work gives', async () => {
    assert.equal(await untilAborted(Promise.resolve(7), signal), 7);
    await assert.rejects(untilAborted(Promise.reject(new RangeError()), signal), { name: 'RangeError' });
  });

  it('ends with the signal, and leaves the work to itself', async () => {
    const calling = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), calling.signal);
    calling.abort();

    await assert.rejects(waiting, { name: 'Cancelled' });
    await assert.rejects(untilAborted(Promise.resolve(7), calling.signal), { name: 'Cancelled' });
  });
});
