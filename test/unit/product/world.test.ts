import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { type Cut, readCase } from '../../world/read';
import { FOLDER, KINDS, WORLD } from '../../world/world';

/** Every byte is the first of a piece once in so many runs; `npm run test:transcripts` cuts at each byte alone. */
const STRIDE = 7;

describe('the world', () => {
  it('has a recorded answer for each case, and the other way round', () => {
    const recorded = Object.keys(KINDS).flatMap((kind) =>
      readdirSync(path.join(FOLDER, kind)).map((file) => `${kind}/${file.replace(/\.(sse|http)$/, '')}`),
    );

    assert.deepEqual(recorded.sort(), Object.keys(WORLD).sort());
  });

  for (const [kind, cases] of Object.entries(KINDS)) {
    describe(`of ${kind}`, () => {
      for (const [name, { says }] of Object.entries(cases)) {
        it(`${name} says the same in one piece, byte by byte, and cut at any byte`, async () => {
          const id = `${kind}/${name}`;

          assert.deepEqual(await readCase(id, (body) => [body]), says);
          assert.deepEqual(await readCase(id, byteByByte), says, 'byte by byte');
          for (let first = 1; first <= STRIDE; first += 1)
            assert.deepEqual(await readCase(id, from(first)), says, `cut at byte ${first} and so on`);
        });
      }
    });
  }
});

const byteByByte: Cut = (body) => [...body].map((byte) => Uint8Array.of(byte));

function from(first: number): Cut {
  return (body) => {
    const pieces = [body.subarray(0, first)];
    for (let at = first; at < body.length; at += STRIDE) pieces.push(body.subarray(at, at + STRIDE));
    return pieces;
  };
}
