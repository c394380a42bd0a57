// What providers say is left, each in its own words. `behavior.left` is the share of it.
import type { Behavior } from './behavior';
import { replyJson, type Handler, type Routes } from './http';

const HOUR_MS = 3_600_000;

/** The endpoints of DeepSeek, Moonshot, OpenRouter, Z.AI and MiniMax; `keys` has the right key of each endpoint. */
export function quotaRoutes(behavior: Behavior, keys: Readonly<Record<string, string>>): Routes {
  const forKey =
    (endpoint: string, scheme: 'Bearer ' | '', answer: (now: number) => object): Handler =>
    ({ headers, at }, response) =>
      headers.authorization === `${scheme}${keys[endpoint]}`
        ? replyJson(response, 200, answer(at))
        : replyJson(response, 401, { error: { message: 'Authentication failed.' } });
  const balance = () => 200 * behavior.left;
  const places = ['international', 'china'];
  return {
    'GET /user/balance': forKey('deepseek', 'Bearer ', () => ({
      is_available: balance() > 0,
      balance_infos: [
        {
          currency: 'CNY',
          total_balance: balance().toFixed(2),
          granted_balance: '0.00',
          topped_up_balance: balance().toFixed(2),
        },
      ],
    })),
    'GET /openrouter/v1/key': forKey('openrouter', 'Bearer ', () => ({
      data: {
        label: 'sk-or-v1-san...box',
        limit: 100,
        limit_remaining: 100 * behavior.left,
        limit_reset: 'monthly',
        usage: 1234.5,
        is_free_tier: false,
        rate_limit: { requests: -1, interval: '10s' },
      },
    })),
    'GET /api/monitor/usage/quota/limit': forKey('zai/coding-plan', '', (now) => ({
      code: 200,
      success: true,
      data: {
        limits: [
          { type: 'TIME_LIMIT', unit: 5, number: 1, usage: 100, currentValue: 0, remaining: 100, percentage: 0 },
          {
            type: 'TOKENS_LIMIT',
            unit: 3,
            number: 5,
            percentage: 100 * (1 - behavior.left),
            nextResetTime: now + 1.5 * HOUR_MS,
          },
          { type: 'TOKENS_LIMIT', unit: 6, number: 1, percentage: 12, nextResetTime: now + 60 * HOUR_MS },
        ],
        level: 'pro',
      },
    })),
    ...Object.fromEntries(
      places.flatMap((place) => [
        [
          `GET /moonshot/${place}/v1/users/me/balance`,
          forKey(`moonshot/${place}`, 'Bearer ', () => ({
            code: 0,
            data: { available_balance: balance(), voucher_balance: balance(), cash_balance: 0 },
            scode: '0x0',
            status: true,
          })),
        ],
        [
          `GET /minimax/${place}/v1/api/openplatform/coding_plan/remains`,
          forKey(`minimax/${place}`, 'Bearer ', (now) => ({
            base_resp: { status_code: 0, status_msg: 'success' },
            model_remains: [
              {
                model_name: 'MiniMax-M*',
                start_time: now - 3.5 * HOUR_MS,
                end_time: now + 1.5 * HOUR_MS,
                current_interval_total_count: 1500,
                current_interval_usage_count: Math.round(1500 * behavior.left),
              },
            ],
          })),
        ],
      ]),
    ),
  };
}
