import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import util from 'node:util';

/** Only a failure takes this long: much more than the slowest machine needs for anything that is waited for. */
const TIME_LIMIT_MS = 20_000;

/**
 * Reads until the value equals the expected one, deeply and strictly, or matches where that is a regular expression.
 * Fails with what was read last where it does not come to that in 20 seconds. What it passes on may have been so from
 * the beginning: that nothing has happened can be read only after something that shows that all has been handled.
 */
export async function eventually(read: () => unknown, expected: unknown): Promise<void> {
  for (const deadline = Date.now() + TIME_LIMIT_MS; Date.now() < deadline; await setTimeout(20)) {
    const value = await Promise.resolve(read()).catch(() => undefined);
    if (isAs(value, expected)) return;
  }
  const last = await read();
  if (isAs(last, expected)) return;
  if (expected instanceof RegExp) assert.match(String(last), expected);
  else assert.deepEqual(last, expected);
}

const isAs = (value: unknown, expected: unknown): boolean =>
  expected instanceof RegExp ? expected.test(String(value)) : util.isDeepStrictEqual(value, expected);
