import assert from 'node:assert/strict';

import { readUsage } from '../../../src/core/chat/chatUsage';

const BEFORE = { inputTokens: 8, outputTokens: 9, cachedTokens: 7 };

describe('what a server has counted', () => {
  for (const [usage, counts] of [
    [
      { prompt_tokens: 1, completion_tokens: 2 },
      { inputTokens: 1, outputTokens: 2 },
    ],
    [
      { input_tokens: 1, output_tokens: 2 },
      { inputTokens: 1, outputTokens: 2 },
    ],
    [
      { prompt_tokens: 0, input_tokens: 5, completion_tokens: 0 },
      { inputTokens: 0, outputTokens: 0 },
    ],
    [{ prompt_tokens: 1 }, { inputTokens: 1, outputTokens: 0 }],
    [{ output_tokens: '2' }, { inputTokens: 0, outputTokens: 2 }],
    [
      {
        prompt_tokens: 1,
        completion_tokens: 2,
        prompt_tokens_details: { cached_tokens: 3 },
        prompt_cache_hit_tokens: 5,
        completion_tokens_details: { reasoning_tokens: 4 },
      },
      { inputTokens: 1, outputTokens: 2, cachedTokens: 3, thinkingTokens: 4 },
    ],
    [
      { prompt_tokens: 1, prompt_tokens_details: null, prompt_cache_hit_tokens: 0, completion_tokens_details: 'x' },
      { inputTokens: 1, outputTokens: 0, cachedTokens: 0 },
    ],
    [
      { prompt_tokens: 4, completion_tokens: 2, cached_tokens: 3 },
      { inputTokens: 4, outputTokens: 2, cachedTokens: 3 },
    ],
    [
      {
        input_tokens: 4,
        output_tokens: 2,
        input_tokens_details: { cached_tokens: 3 },
        output_tokens_details: { reasoning_tokens: 1 },
      },
      { inputTokens: 4, outputTokens: 2, cachedTokens: 3, thinkingTokens: 1 },
    ],
    [{ prompt_cache_hit_tokens: 5 }, undefined],
    [{}, undefined],
    [null, undefined],
    ['x', undefined],
  ] as const) {
    it(`is ${JSON.stringify(counts)} of ${JSON.stringify(usage)}`, () => {
      assert.deepEqual(readUsage({ usage }), counts);
    });
  }

  it('is as it was before where nothing is counted behind it', () => {
    assert.equal(readUsage({ usage: { prompt_tokens: 0, completion_tokens: 0 } }, BEFORE), BEFORE);
  });

  it('is as it was before where it is not said again', () => {
    assert.deepEqual(readUsage({ usage: { prompt_tokens: 1 } }, BEFORE), { inputTokens: 1, outputTokens: 9 });
    assert.deepEqual(readUsage({ usage: { completion_tokens: 2 } }, BEFORE), { inputTokens: 8, outputTokens: 2 });
    assert.equal(readUsage('x', BEFORE), undefined);
    assert.equal(readUsage(undefined), undefined);
  });
});
