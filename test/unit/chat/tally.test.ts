import assert from 'node:assert/strict';
import { type ChatRequest, prompt } from '../../../src/core/chat/request';
import { Tally } from '../../../src/core/chat/tally';

describe('what a request has cost', () => {
  it('is counted piece by piece, so that an answer without end is not kept', () => {
    let longest = 0;
    const count = (what: string | ChatRequest): number => {
      if (typeof what !== 'string') return 1;
      longest = Math.max(longest, what.length);
      return what.length;
    };
    const tally = new Tally(count, prompt('Hi'));

    for (let at = 0; at < 1000; at += 1) tally.add({ kind: 'thinking', text: 'x'.repeat(1000) });

    assert.deepEqual(tally.cost, { inputTokens: 1, outputTokens: 1_000_000, estimated: true });
    assert.ok(longest < 100_000, `${longest} characters at once`);
  });
});
