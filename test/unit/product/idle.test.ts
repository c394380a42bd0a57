import assert from 'node:assert/strict';

import { eventually } from '../../eventually';
import { countCalls, openIdleWindow } from '../../fakes/idleWindow';

describe('an idle window', () => {
  it('waits for nothing and looks at nothing, where it has not the focus', async () => {
    const calls = countCalls();
    try {
      const opened = await openIdleWindow(false);
      // What it has just written itself is still told to it.
      await eventually(() => calls.waiting, 0);
      const { looks, timers } = calls;
      await new Promise(setImmediate);

      assert.deepEqual([calls.looks, calls.timers], [looks, timers]);
      opened.dispose();
    } finally {
      calls.dispose();
    }
  });

  it('looks at its files now and then, where it has the focus', async () => {
    const calls = countCalls();
    try {
      const opened = await openIdleWindow(true);

      assert.ok(calls.waiting > 0);
      opened.dispose();
    } finally {
      calls.dispose();
    }
  });
});
