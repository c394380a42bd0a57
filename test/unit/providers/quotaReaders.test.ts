import assert from 'node:assert/strict';

import type { Quota, QuotaReader } from '../../../src/core/providers/quota';
import {
  readDeepSeekBalance,
  readMiniMaxRemains,
  readMoonshotBalance,
  readOpenRouterKey,
  readZaiLimits,
} from '../../../src/core/providers/quotaReaders';

// A Monday.
const NOW = Date.parse('2026-06-01T10:00:00Z');
const IN_AN_HOUR = NOW + 3_600_000;
const read = (reader: QuotaReader, json: unknown, region = ''): readonly Quota[] => reader(json, { now: NOW, region });

/** What no reader may take for an answer. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  '',
  'unavailable',
  7,
  true,
  [],
  [[]],
  {},
  { data: null },
  { data: [] },
  { data: 'x' },
  { error: { message: 'no such address', code: 404 } },
  { code: 401, msg: 'token expired or incorrect', success: false },
];

describe('what a provider says is left', () => {
  for (const reader of [
    readDeepSeekBalance,
    readMoonshotBalance,
    readOpenRouterKey,
    readZaiLimits,
    readMiniMaxRemains,
  ]) {
    it(`is nothing where the answer is another one (${reader.name})`, () => {
      for (const json of ODD) assert.deepEqual(read(reader, json), [], JSON.stringify(json));
    });
  }

  describe('at DeepSeek', () => {
    const info = { currency: 'CNY', total_balance: '110.00', granted_balance: '10.00', topped_up_balance: '100.00' };
    const answer = (...infos: readonly unknown[]) => ({ is_available: true, balance_infos: infos });

    it('is a balance in each currency', () => {
      assert.deepEqual(read(readDeepSeekBalance, answer(info, { ...info, currency: 'USD', total_balance: '0.50' })), [
        { kind: 'balance', amount: 110, currency: 'CNY' },
        { kind: 'balance', amount: 0.5, currency: 'USD' },
      ]);
    });

    it('is a debt where the account owes', () => {
      assert.deepEqual(read(readDeepSeekBalance, answer({ ...info, total_balance: '-0.02' })), [
        { kind: 'balance', amount: -0.02, currency: 'CNY' },
      ]);
    });

    it('is left out where it has another form', () => {
      const odd = [
        { ...info, total_balance: 'plenty' },
        { ...info, total_balance: null },
        { ...info, total_balance: '' },
        { ...info, currency: '¥' },
        { total_balance: '1.00' },
        'CNY 110',
        null,
      ];

      assert.deepEqual(read(readDeepSeekBalance, answer(...odd)), []);
      assert.deepEqual(read(readDeepSeekBalance, { is_available: false, balance_infos: null }), []);
    });
  });

  describe('at Moonshot', () => {
    const data = { available_balance: 49.58894, voucher_balance: 46.58893, cash_balance: 3.00001 };
    const answer = { code: 0, data, scode: '0x0', status: true };

    it('is a balance in the currency of the place', () => {
      assert.deepEqual(read(readMoonshotBalance, answer, 'china'), [
        { kind: 'balance', amount: 49.58894, currency: 'CNY' },
      ]);
      assert.deepEqual(read(readMoonshotBalance, answer, 'international'), [
        { kind: 'balance', amount: 49.58894, currency: 'USD' },
      ]);
    });

    it('is no balance where the answer itself says that it failed', () => {
      assert.deepEqual(read(readMoonshotBalance, { ...answer, code: 1001, status: false }), []);
      assert.deepEqual(read(readMoonshotBalance, { ...answer, status: undefined }), []);
      assert.deepEqual(read(readMoonshotBalance, { ...answer, data: { cash_balance: 3 } }), []);
    });
  });

  describe('at OpenRouter', () => {
    const data = { label: 'sk-or-v1-au7...890', limit: 100, limit_remaining: 74.5, usage: 225.5, is_free_tier: false };

    it('is what was spent of the limit of the key, which may begin anew', () => {
      const spending = { kind: 'spending', spent: 25.5, limit: 100, currency: 'USD' };
      const until = (time: string) => Date.parse(`${time}T00:00:00Z`);

      assert.deepEqual(read(readOpenRouterKey, { data }), [spending]);
      for (const [limit_reset, more] of [
        ['daily', { window: 'day', resetsAt: until('2026-06-02') }],
        ['weekly', { window: 'week', resetsAt: until('2026-06-08') }],
        ['monthly', { window: 'month', resetsAt: until('2026-07-01') }],
        [null, {}],
        ['yearly', {}],
      ] as const)
        assert.deepEqual(read(readOpenRouterKey, { data: { ...data, limit_reset } }), [{ ...spending, ...more }]);
    });

    it('is more than the limit allows where that was lowered', () => {
      assert.deepEqual(read(readOpenRouterKey, { data: { ...data, limit: 10, limit_remaining: -2 } }), [
        { kind: 'spending', spent: 12, limit: 10, currency: 'USD' },
      ]);
    });

    it('is what was spent alone where the key has no limit', () => {
      assert.deepEqual(read(readOpenRouterKey, { data: { ...data, limit: null, limit_remaining: null } }), [
        { kind: 'spending', spent: 225.5, currency: 'USD' },
      ]);
    });

    it('never has the label, which is a part of the key', () => {
      assert.doesNotMatch(JSON.stringify(read(readOpenRouterKey, { data })), /sk-or|au7/);
    });

    it('is nothing where limit or spending have another form', () => {
      assert.deepEqual(read(readOpenRouterKey, { data: { ...data, limit: {} } }), []);
      assert.deepEqual(read(readOpenRouterKey, { data: { ...data, limit: 100, limit_remaining: null } }), []);
      assert.deepEqual(read(readOpenRouterKey, { data: { limit: null, usage: -1 } }), []);
    });
  });

  describe('at Z.AI', () => {
    const hours = { type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage: 73, nextResetTime: IN_AN_HOUR };
    const week = { type: 'TOKENS_LIMIT', unit: 6, number: 1, percentage: 12.5, nextResetTime: IN_AN_HOUR + 1 };
    const tools = {
      type: 'TIME_LIMIT',
      unit: 5,
      number: 1,
      usage: 100,
      currentValue: 28,
      remaining: 72,
      percentage: 28,
    };
    const answer = (...limits: readonly unknown[]) => ({ code: 200, success: true, data: { limits, level: 'lite' } });

    it('is a share of each window of tokens that is there', () => {
      assert.deepEqual(read(readZaiLimits, answer(tools, hours, week)), [
        { kind: 'share', window: 'fiveHours', usedPercent: 73, resetsAt: IN_AN_HOUR },
        { kind: 'share', window: 'week', usedPercent: 12.5, resetsAt: IN_AN_HOUR + 1 },
      ]);
      assert.deepEqual(read(readZaiLimits, answer(week)).length, 1);
    });

    it('says no time that is over, or that no calendar has', () => {
      for (const nextResetTime of [undefined, null, 'soon', 0, -1, NOW - 1, 1e300])
        assert.deepEqual(read(readZaiLimits, answer({ ...hours, nextResetTime })), [
          { kind: 'share', window: 'fiveHours', usedPercent: 73 },
        ]);
    });

    it('is at most all', () => {
      assert.deepEqual(read(readZaiLimits, answer({ type: 'tokens_limit', unit: 3, percentage: 104 })), [
        { kind: 'share', window: 'fiveHours', usedPercent: 100 },
      ]);
    });

    it('is nothing where the window or its share have another form', () => {
      const odd = [
        { ...hours, unit: 9 },
        { ...hours, number: 24 },
        { ...hours, percentage: 'half' },
        { ...hours, percentage: -3 },
        { ...hours, percentage: null },
        { unit: 3 },
        null,
        'TOKENS_LIMIT',
      ];

      assert.deepEqual(read(readZaiLimits, answer(...odd)), []);
    });
  });

  describe('at MiniMax', () => {
    const counted = {
      model_name: 'MiniMax-M*',
      current_interval_total_count: 1500,
      current_interval_usage_count: 1200,
      start_time: NOW - 1,
      end_time: IN_AN_HOUR,
    };
    const percents = {
      model_name: 'general',
      current_interval_remaining_percent: 35,
      end_time: IN_AN_HOUR,
      current_weekly_status: 1,
      current_weekly_remaining_percent: 80,
      weekly_end_time: IN_AN_HOUR / 1000,
    };
    const video = { model_name: 'video', current_interval_remaining_percent: 1, current_weekly_remaining_percent: 1 };
    const answer = (...models: readonly unknown[]) => ({ base_resp: { status_code: 0 }, model_remains: models });

    it('is what the count that is called usage does not leave', () => {
      assert.deepEqual(read(readMiniMaxRemains, answer(video, counted)), [
        { kind: 'share', window: 'fiveHours', usedPercent: 20, resetsAt: IN_AN_HOUR },
      ]);
    });

    it('is a share of five hours and of the week, where it is told in percents', () => {
      assert.deepEqual(read(readMiniMaxRemains, answer(video, percents)), [
        { kind: 'share', window: 'fiveHours', usedPercent: 65, resetsAt: IN_AN_HOUR },
        { kind: 'share', window: 'week', usedPercent: 20, resetsAt: IN_AN_HOUR },
      ]);
    });

    it('has no week where the plan has none', () => {
      const quotas = read(readMiniMaxRemains, answer({ ...percents, current_weekly_status: 3 }));

      assert.deepEqual(
        quotas.map((quota) => 'window' in quota && quota.window),
        ['fiveHours'],
      );
    });

    it('is nothing of a failure, of models that do not write, and of counts that make no sense', () => {
      for (const odd of [
        { ...answer(counted), base_resp: { status_code: 1004, status_msg: 'login fail' } },
        { model_remains: [counted] },
        answer(video, { ...video, model_name: 'speech' }),
        answer({ ...counted, current_interval_usage_count: 1501 }),
        answer({ ...counted, current_interval_usage_count: -1 }),
        answer({ ...counted, current_interval_total_count: 0, current_interval_usage_count: 0 }),
        answer({ ...counted, current_interval_usage_count: null }),
        answer({ ...percents, current_interval_remaining_percent: 180, current_weekly_remaining_percent: 'all' }),
        answer(),
      ])
        assert.deepEqual(read(readMiniMaxRemains, odd), [], JSON.stringify(odd));
    });
  });
});
