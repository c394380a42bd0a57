import assert from 'node:assert/strict';

import { endingOf } from '../../../src/core/chat/finishReason';

describe('the reason why an answer ends', () => {
  for (const [reason, ending] of [
    ['stop', 'whole'],
    ['STOP', 'whole'],
    [' stop\n', 'whole'],
    ['end-turn', 'whole'],
    ['endTurn', 'whole'],
    ['End of turn', 'whole'],
    ['FINISH_REASON_STOP', 'whole'],
    ['finish_reason.stop', 'whole'],
    ['tool_calls: read', 'whole'],
    ['maxTokens', 'cut'],
    ['MAX_TOKENS', 'cut'],
    ['content_filter: violence', 'filtered'],
    ['PROHIBITED CONTENT', 'filtered'],
    ['unstoppable', 'failed'],
    ['no finish_reason.stop', 'failed'],
    ['error: stop', 'failed'],
    ['', 'failed'],
  ] as const) {
    it(`means ${ending} where it is "${reason}"`, () => {
      assert.equal(endingOf(reason), ending);
    });
  }
});
