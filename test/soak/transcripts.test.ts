import assert from 'node:assert/strict';

import { readCase } from '../world/read';
import { recording, WORLD } from '../world/world';

describe('a recorded answer, cut in two', () => {
  for (const [id, { says }] of Object.entries(WORLD)) {
    it(`at any byte of ${id} says the same`, async () => {
      const { length } = recording(id).body;
      for (let at = 1; at < length; at += 1) {
        const said = await readCase(id, (body) => [body.subarray(0, at), body.subarray(at)]);
        assert.deepEqual(said, says, `cut at byte ${at}`);
      }
    });
  }
});
