import assert from 'node:assert/strict';

import { isRecord, stringIn } from '../../../src/core/base/json';
import { readPieces } from '../../world/read';

describe('a stream beyond all measure', () => {
  const bytes = (chunk: object): Uint8Array => Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
  const said = (content: string, reason: string | null = null): Uint8Array =>
    bytes({ choices: [{ delta: { content }, finish_reason: reason }] });

  it('may be of 10 MiB, event by event', async () => {
    const piece = 'x'.repeat(512 * 1024);

    const [answer] = await readPieces([...Array.from({ length: 20 }, () => said(piece)), said('', 'stop')]);
    assert.equal(isRecord(answer) && stringIn(answer, 'text')?.length, 10 * 1024 * 1024);
  });

  it('may not be so in one event', async () => {
    const event = said('x'.repeat(10 * 1024 * 1024), 'stop');
    const pieces = Array.from({ length: 160 }, (_, at) => event.subarray(at * 65_536, (at + 1) * 65_536));
    const [error] = await readPieces(pieces);

    assert.deepEqual(error, { failure: 'unreadable', details: { text: 'the answer is larger than 1 MiB' } });
  });

  it('may not be so in the arguments of a call', async () => {
    const piece = { function: { name: 'f', arguments: 'x'.repeat(512 * 1024) }, index: 0 };
    const pieces = Array.from({ length: 10 }, () => bytes({ choices: [{ delta: { tool_calls: [piece] } }] }));

    assert.deepEqual(await readPieces(pieces), [
      { failure: 'unusable', details: { text: 'it asks for a tool without end' } },
    ]);
  });
});
