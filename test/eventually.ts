import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Only a failure takes this long: much more than the slowest machine needs for anything that is waited for. */
const TIME_LIMIT_MS = 20_000;

/**
 * Reads until the value equals the expected one, deeply and strictly, or matches where that is a regular expression.
 * Fails with what was read last where it does not come to that in 20 seconds. What it passes on may have been so from
 * the beginning: that nothing has happened can be read only after something that shows that all has been handled.
 */
export async function eventually(read: () => unknown, expected: unknown): Promise<void> {
  for (const deadline = Date.now() + TIME_LIMIT_MS; ; await setTimeout(20)) {
    try {
      const value = await read();
      if (expected instanceof RegExp) assert.match(String(value), expected);
      else assert.deepEqual(value, expected);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
