import assert from 'node:assert/strict';

import { resumesAtIn } from '../../../src/core/base/waitWords';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('time of going on in the words of a server', () => {
  for (const [text, wait] of [
    ['Please try again in 43m12s. Need more tokens? Upgrade.', 43 * MINUTE + 12 * SECOND],
    ['Please try again in 6m0s.', 6 * MINUTE],
    ['Please try again in 1h2m3.5s', HOUR + 2 * MINUTE + 3.5 * SECOND],
    ['Limit 200000, Used 195000. Please try again in 120ms.', 120],
    ['You exceeded your quota, limit: 20\nPlease retry in 34.074824224s.', 34_074.824224],
    ['Rate limit is exceeded. Try again in 26 seconds.', 26 * SECOND],
    ['Please retry after 20 seconds.', 20 * SECOND],
    ['Rate limit of 150 per 86400s exceeded. Please wait 3541 seconds before retrying.', 3541 * SECOND],
    ['Your limit resets in 2 hours and 5 minutes', 2 * HOUR + 5 * MINUTE],
    ['It will be available again in 1 day, 3 hours.', 27 * HOUR],
    ['Resets at 10:30 UTC. Top up for unlimited access.', 30 * MINUTE],
    ['Resets at 9:00 UTC', 23 * HOUR],
    ['5-hour usage limit reached (0/0 used), resets at 2026-11-20T15:00:00Z (2056)', 5 * HOUR],
    ['Limit resets at: 2026-11-20 10:01:00 UTC', MINUTE],
    ['Try again after 2026-11-20T12:00:00+01:00', HOUR],
    ['Usage limit reached for 5 hour. Your limit will reset at 2026-11-20 20:00:00', 2 * HOUR],
    ['已达到 5 小时的使用上限。您的限额将在 2026-11-20 20:00:00 重置。', 2 * HOUR],
    ['请求过于频繁，请在 30 秒后重试', 30 * SECOND],
    ['请 5 分钟后再试', 5 * MINUTE],
    ['请等待 2 小时 10 分钟', 2 * HOUR + 10 * MINUTE],
  ] as const) {
    it(`is read from "${text}"`, () => {
      const at = resumesAtIn(text, NOW) ?? NaN;

      assert.equal(Math.round(at - NOW), Math.round(wait));
    });
  }

  for (const text of [
    'Rate limit reached: 100 requests per 5 hours.',
    'Try again in a few minutes.',
    'Please try again tomorrow.',
    'Your limit resets at 2026-11-20 20:00:00',
    'Resets at 2026-11-19T00:00:00Z',
    'Retry in 9999999 days',
    'Used 5 h of 5 h.',
  ]) {
    it(`is not guessed from "${text}"`, () => {
      assert.equal(resumesAtIn(text, NOW), undefined);
    });
  }
});
