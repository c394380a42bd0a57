import assert from 'node:assert/strict';

import { timeLimit } from '../../../src/core/chat/timeLimit';
import { readGenerationConfig } from '../../../src/core/providers/generationConfig';

/** A longer timer would go off at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

describe('the time that a server may send nothing', () => {
  for (const [what, timeout, setting, limit] of [
    ['a quarter of an hour unless somebody sets it', undefined, undefined, { ms: 900_000, from: 'setting' }],
    ['what the setting says', undefined, 5000, { ms: 5000, from: 'setting' }],
    ['without limit where the setting is 0', undefined, 0, { ms: LONGEST_TIMER_MS, from: 'setting' }],
    ["what the model's entry says", 60_000, 5000, { ms: 60_000, from: 'entry' }],
    ["without limit where the model's entry says 0", 0, 5000, { ms: LONGEST_TIMER_MS, from: 'entry' }],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(timeLimit(readGenerationConfig({ timeout }), setting), limit);
    });
  }
});
