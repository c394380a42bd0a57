import assert from 'node:assert/strict';

import { Lines } from '../../../src/core/base/lines';
import { processorMs } from '../../processorTime';

describe('the lines of a text', () => {
  for (const [end, name] of [
    ['\n', 'LF'],
    ['\r\n', 'CR LF'],
    ['\r', 'CR'],
  ] as const) {
    it(`end at ${name}`, () => {
      const lines = new Lines(['ab', '', 'c'].join(end));

      const places = [0, 2, 2 + end.length, 2 + 2 * end.length].map((offset) => lines.positionAt(offset));
      assert.deepEqual(
        places.map(({ line, character }) => [line, character]),
        [
          [0, 0],
          [0, 2],
          [1, 0],
          [2, 0],
        ],
      );
    });
  }

  it('are one where the text is empty', () => {
    assert.deepEqual(new Lines('').positionAt(0), { line: 0, character: 0 });
  });

  it('go on beyond the end with the last one', () => {
    assert.deepEqual(new Lines('a\nb').positionAt(9), { line: 1, character: 7 });
  });

  it('are found anywhere in a large text within a moment', () => {
    const text = '{ "id": "a" },\n'.repeat(70_000);
    const before = processorMs();
    const lines = new Lines(text);
    const found = Array.from({ length: 70_000 }, (_, index) => lines.positionAt(index * 15).line);

    assert.equal(found.at(-1), 69_999);
    assert.ok(processorMs() - before < 1000);
  });
});
