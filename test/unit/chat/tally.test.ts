import assert from 'node:assert/strict';
import type { ChatPart } from '../../../src/core/chat/parts';
import { type ChatRequest, prompt } from '../../../src/core/chat/request';
import { Tally } from '../../../src/core/chat/tally';

describe('what a request has cost', () => {
  const tallied = (...parts: readonly ChatPart[]) => {
    const tally = new Tally((what) => (typeof what === 'string' ? Math.ceil(what.length / 10) : 7), prompt('Hi'));
    for (const part of parts) tally.add(part);
    return tally.cost;
  };
  const text = { kind: 'text', text: 'Hello' } as const;
  const usage = { kind: 'usage', inputTokens: 3, outputTokens: 4 } as const;

  for (const [what, parts, cost] of [
    ['nothing where nothing came', [], { estimated: true }],
    ['nothing where no image was seen', [{ kind: 'unseen' }], { estimated: true }],
    ['about what was seen', [{ kind: 'unseen' }, text], { inputTokens: 7, outputTokens: 1, estimated: true }],
    [
      'about as many as its pieces are together',
      [text, text, text],
      { inputTokens: 7, outputTokens: 2, estimated: true },
    ],
    [
      'about what a call is, its name with it',
      [{ kind: 'toolCall', id: 'a', name: 'read', input: { path: 'a' } }],
      { inputTokens: 7, outputTokens: 2, estimated: true },
    ],
    ['what the server counted', [text, usage], { inputTokens: 3, outputTokens: 4, estimated: false }],
    [
      'what the server counted, where it said nothing else',
      [usage],
      { inputTokens: 3, outputTokens: 4, estimated: false },
    ],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(tallied(...parts), cost);
    });
  }

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
