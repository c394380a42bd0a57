import assert from 'node:assert/strict';

import { EXPECTED, read, transcript } from '../unit/chat/recorded';

describe('a recorded stream, cut in two', () => {
  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`at any byte of ${name} says the same`, async () => {
      const bytes = transcript(name);
      for (let at = 1; at < bytes.length; at += 1)
        assert.deepEqual(await read([bytes.subarray(0, at), bytes.subarray(at)]), expected, `cut at byte ${at}`);
    });
  }
});
