import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';

import { isRecord, stringIn } from '../../../src/core/base/json';
import { EXPECTED, FOLDER, read, transcript } from './recorded';

/** Every byte is the first of a piece once in so many runs; `npm run test:transcripts` cuts at each byte alone. */
const STRIDE = 7;

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

describe('a stream beyond all measure', () => {
  const bytes = (chunk: object): Uint8Array => Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
  const said = (content: string, reason: string | null = null): Uint8Array =>
    bytes({ choices: [{ delta: { content }, finish_reason: reason }] });

  it('may be of 10 MiB, event by event', async () => {
    const piece = 'x'.repeat(512 * 1024);

    const [answer] = await read([...Array.from({ length: 20 }, () => said(piece)), said('', 'stop')]);
    assert.equal(isRecord(answer) && stringIn(answer, 'text')?.length, 10 * 1024 * 1024);
  });

  it('may not be so in one event', async () => {
    const [error] = await read([said('x'.repeat(10 * 1024 * 1024), 'stop')]);

    assert.deepEqual(error, { failure: 'unreadable', details: { text: 'the answer is larger than 1 MiB' } });
  });

  it('may not be so in the arguments of a call', async () => {
    const piece = { function: { name: 'f', arguments: 'x'.repeat(512 * 1024) }, index: 0 };
    const pieces = Array.from({ length: 10 }, () => bytes({ choices: [{ delta: { tool_calls: [piece] } }] }));

    assert.deepEqual(await read(pieces), [
      { failure: 'unusable', details: { text: 'it asks for a tool without end' } },
    ]);
  });
});

function cut(bytes: Uint8Array, first: number): readonly Uint8Array[] {
  const pieces = [bytes.subarray(0, first)];
  for (let at = first; at < bytes.length; at += STRIDE) pieces.push(bytes.subarray(at, at + STRIDE));
  return pieces;
}
