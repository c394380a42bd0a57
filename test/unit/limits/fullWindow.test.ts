import assert from 'node:assert/strict';

import { RequestError } from '../../../src/core/base/errors';
import { readRefusal } from '../../../src/core/base/refusal';
import { credentialOf } from '../../../src/core/credentials/resolve';
import { type FullWindow, fullWindowOf } from '../../../src/core/limits/fullWindow';
import { keyAccount } from '../../fakes/accounts';

// A Wednesday.
const NOW = Date.parse('2026-06-03T10:00:00Z');
const HOUR = 3_600_000;
const BASE_URL = 'https://coding.dashscope.aliyuncs.com/v1';
const CREDENTIAL = credentialOf(keyAccount({ baseUrl: BASE_URL }));
const REQUEST = { model: { id: 'qwen3.5-plus', baseUrl: BASE_URL }, credential: CREDENTIAL };

/** What a refusal with that body tells, its time in UTC. */
function told(body: object, retryAfterSeconds?: number, startDay?: number) {
  const { status: _, ...words } = readRefusal(body, NOW);
  const details = { status: 429, ...words, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  const full = fullWindowOf(new RequestError('host', 'status', details), REQUEST, NOW, startDay);
  return full && inShort(full);
}

function inShort({ model = 'all models', window, resumesAt, isLatest }: FullWindow): string {
  const until = new Date(resumesAt).toISOString().slice(0, 16);
  return `${window ?? 'some window'} of ${model} ${isLatest ? 'by' : 'until'} ${until}`;
}

const message = (text: string, code = 'insufficient_quota') => ({ error: { code, message: text } });

describe('a window that a refusal tells of', () => {
  for (const [body, expected] of [
    [message('hour allocated quota exceeded.'), 'fiveHours of all models by 2026-06-03T15:00'],
    [message('Week allocated quota exceeded, please wait.'), 'week of all models until 2026-06-07T16:00'],
    [message('month allocated quota exceeded'), 'month of all models by 2026-07-04T10:00'],
    [message('Usage limit reached for 5 hour.', '1308'), 'fiveHours of all models by 2026-06-03T15:00'],
    [message('Rate limit exceeded: free-models-per-day.', '429'), 'day of qwen3.5-plus by 2026-06-04T10:00'],
    [message("You have exceeded today's quota for model X, try tomorrow."), 'day of qwen3.5-plus by 2026-06-04T10:00'],
  ] as const) {
    it(`is known from the words: ${body.error.message}`, () => assert.equal(told(body), expected));
  }

  it('ends when a server says so', () => {
    const body = message('Usage limit reached for 5 hour.', '1308');

    assert.equal(told(body, 1.5 * 3600), 'fiveHours of all models until 2026-06-03T11:30');
    assert.equal(
      told(message('Usage limit reached.', '1308'), 3600),
      'some window of all models until 2026-06-03T11:00',
    );
  });

  it('of a month ends on the day on which the plan begins anew in China', () => {
    const month = message('month allocated quota exceeded');

    assert.equal(told(month, undefined, 3), 'month of all models until 2026-07-02T16:00');
    assert.equal(told(month, undefined, 4), 'month of all models until 2026-06-03T16:00');
    assert.equal(told(month, undefined, 31), 'month of all models until 2026-06-29T16:00');
  });

  it('is none where neither words nor headers tell when it goes on', () => {
    assert.equal(told(message('Usage limit reached.', '1308')), undefined);
  });

  it('is none of a server that is asked too fast, or wants to be paid', () => {
    for (const body of [
      message('Requests rate limit exceeded, please try again later.', 'Throttling.RateQuota'),
      message('Allocated quota exceeded, please increase your quota limit. #token-limit', 'Throttling.AllocationQuota'),
      message('Free allocated quota exceeded.'),
      message('Insufficient Balance', 'invalid_request_error'),
    ])
      assert.equal(told(body, 3600), undefined, JSON.stringify(body));
    const noAnswer = new RequestError('host', 'timeout');
    assert.equal(fullWindowOf(noAnswer, REQUEST, NOW + HOUR, undefined), undefined);
  });
});
