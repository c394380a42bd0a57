import assert from 'node:assert/strict';

import * as fc from 'fast-check';

import { exhaustedSeconds, type RateLimit, readRateLimits } from '../../../src/core/base/rateLimitHeaders';

const NOW = Date.UTC(2026, 5, 1);
const requests = 'requests';

describe('the headers of a limit', () => {
  const rows: readonly [string, Readonly<Record<string, string>>, readonly RateLimit[]][] = [
    ['nothing', {}, []],
    [
      "OpenAI's requests and tokens",
      {
        'x-ratelimit-limit-requests': '60',
        'x-ratelimit-remaining-requests': '59',
        'x-ratelimit-reset-requests': '1s',
        'x-ratelimit-limit-tokens': '150000',
        'x-ratelimit-remaining-tokens': '149984',
        'x-ratelimit-reset-tokens': '6m0s',
      },
      [
        { unit: requests, limit: 60, remaining: 59, resetsAt: NOW + 1000 },
        { unit: 'tokens', limit: 150_000, remaining: 149_984, resetsAt: NOW + 360_000 },
      ],
    ],
    [
      'a policy and a state of the draft',
      {
        'ratelimit-policy': '"burst";q=100;w=60,"daily";q=1000;w=86400',
        ratelimit: '"daily";r=50;t=30',
      },
      [
        { unit: requests, limit: 100, windowSeconds: 60 },
        { unit: requests, limit: 1000, remaining: 50, resetsAt: NOW + 30_000, windowSeconds: 86_400 },
      ],
    ],
    ['a policy in bytes', { 'ratelimit-policy': '"bytes";q=65535;qu="content-bytes";w=10' }, []],
    [
      'the draft of one field',
      { ratelimit: 'limit=100, remaining=50, reset=5' },
      [{ unit: requests, limit: 100, remaining: 50, resetsAt: NOW + 5000 }],
    ],
    [
      'the draft of three fields',
      { 'ratelimit-limit': '10, 10;w=1', 'ratelimit-remaining': '9', 'ratelimit-reset': '1' },
      [{ unit: undefined, limit: 10, remaining: 9, resetsAt: NOW + 1000 }],
    ],
    [
      'a reset in seconds since 1970',
      { 'x-ratelimit-limit': '5', 'x-ratelimit-reset': '1780272000' },
      [{ unit: undefined, limit: 5, resetsAt: 1_780_272_000_000 }],
    ],
    [
      'a reset in milliseconds since 1970',
      { 'x-ratelimit-limit': '5', 'x-ratelimit-reset': '1780272000000' },
      [{ unit: undefined, limit: 5, resetsAt: 1_780_272_000_000 }],
    ],
    [
      'a reset as a date',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-06-01T00:01:00Z' },
      [{ unit: undefined, remaining: 0, resetsAt: NOW + 60_000 }],
    ],
    [
      'a reset as a date of HTTP',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'Mon, 01 Jun 2026 00:01:00 GMT' },
      [{ unit: undefined, remaining: 0, resetsAt: NOW + 60_000 }],
    ],
    [
      'values that two have set',
      { 'x-ratelimit-remaining-requests': '0, 0', 'x-ratelimit-reset-requests': '12, 12' },
      [{ unit: requests, remaining: 0, resetsAt: NOW + 12_000 }],
    ],
    [
      'a time in their names',
      {
        'x-ratelimit-limit-requests-day': '100',
        'x-ratelimit-remaining-requests-day': '0',
        'x-ratelimit-reset-requests-day': '33011.382867',
        'x-ratelimit-limit-tokens-minute': '60000',
      },
      [
        { unit: requests, limit: 100, remaining: 0, resetsAt: NOW + 33_011_382.867, windowSeconds: 86_400 },
        { unit: 'tokens', limit: 60_000, windowSeconds: 60 },
      ],
    ],
    [
      "Anthropic's requests and tokens",
      {
        'anthropic-ratelimit-requests-limit': '50',
        'anthropic-ratelimit-requests-remaining': '0',
        'anthropic-ratelimit-requests-reset': '2026-06-01T00:01:00Z',
        'anthropic-ratelimit-tokens-remaining': '9000',
      },
      [
        { unit: requests, limit: 50, remaining: 0, resetsAt: NOW + 60_000 },
        { unit: 'tokens', remaining: 9000 },
      ],
    ],
    ['no number', { 'x-ratelimit-limit': 'plenty', 'x-ratelimit-remaining': '-1' }, []],
    [
      'a reset that is none',
      { 'x-ratelimit-limit': '5', 'x-ratelimit-reset': 'soon' },
      [{ unit: undefined, limit: 5 }],
    ],
  ];
  for (const [what, headers, expected] of rows) {
    it(`tell of ${what}`, () => {
      assert.deepEqual(readRateLimits(new Headers(headers), NOW), expected);
    });
  }

  it('tell how long nothing remains', () => {
    const headers = new Headers({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m30s' });

    assert.equal(exhaustedSeconds(headers, NOW), 90);
  });

  it('tell nothing of waiting while something remains', () => {
    const headers = new Headers({ 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': '1m30s' });

    assert.equal(exhaustedSeconds(headers, NOW), undefined);
  });

  it('are read whatever they say, as numbers that are none below zero', () => {
    const names = ['ratelimit', 'ratelimit-policy', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];
    const text = fc.string({ unit: fc.constantFrom(...'0123456789;=,".rtqw smhd-eE+'.split('')) });

    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), text)), (entries) => {
        for (const { unit: _, ...figures } of readRateLimits(new Headers(entries), NOW))
          for (const figure of Object.values(figures)) assert.ok(Number.isFinite(figure) && figure >= 0);
      }),
    );
  });
});
