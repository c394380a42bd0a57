import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { EXPECTED, FOLDER, read, transcript } from './recorded';

/** Every byte is the first of a piece once in so many runs; `npm run test:transcripts` cuts at each byte alone. */
const STRIDE = 13;

describe('a recorded stream', () => {
  it('is there for each that is expected, and the other way round', () => {
    const recorded = readdirSync(FOLDER).map((file) => path.basename(file, '.sse'));

    assert.deepEqual(recorded.sort(), Object.keys(EXPECTED).sort());
  });

  for (const [name, expected] of Object.entries(EXPECTED)) {
    it(`of ${name} says the same in one piece, byte by byte, and cut at any byte`, async () => {
      const bytes = transcript(name);

      assert.deepEqual(await read([bytes]), expected);
      assert.deepEqual(await read([...bytes].map((byte) => Uint8Array.of(byte))), expected, 'byte by byte');
      for (let first = 1; first <= STRIDE; first += 1)
        assert.deepEqual(await read(cut(bytes, first)), expected, `cut at byte ${first} and so on`);
    });
  }
});

function cut(bytes: Uint8Array, first: number): readonly Uint8Array[] {
  const pieces = [bytes.subarray(0, first)];
  for (let at = first; at < bytes.length; at += STRIDE) pieces.push(bytes.subarray(at, at + STRIDE));
  return pieces;
}
