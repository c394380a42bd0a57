import { dayAround, monthAround, weekAround, ZONES } from '../base/calendar';
import { isRecord, numberIn, stringIn } from '../base/json';
import type { PlanWindow } from '../base/calendar';
import { isTime } from '../base/serverTimes';
import type { Quota, QuotaReader } from './quota';

/** DeepSeek's `/user/balance`: a balance in each currency, as a text. */
export const readDeepSeekBalance: QuotaReader = (json) =>
  listIn(json, 'balance_infos').flatMap((info): readonly Quota[] => {
    const currency = stringIn(info, 'currency');
    const amount = numberIn(info, 'total_balance');
    if ((currency !== 'CNY' && currency !== 'USD') || amount === undefined) return [];
    return [{ kind: 'balance', amount, currency }];
  });

/** Moonshot's `/users/me/balance`. Its currency is that of the place, which the answer does not name. */
export const readMoonshotBalance: QuotaReader = (json, { region }) => {
  const amount = numberIn(memberIn(json, 'data'), 'available_balance');
  const isGood = numberIn(json, 'code') === 0 && memberIn(json, 'status') === true;
  if (!isGood || amount === undefined) return [];
  return [{ kind: 'balance', amount, currency: region === 'china' ? 'CNY' : 'USD' }];
};

/** When the limit of a key at OpenRouter begins anew, all in UTC, by its `limit_reset`. */
const RESETS = {
  daily: { window: 'day', endAfter: (now: number) => dayAround(now, ZONES.utc).end },
  weekly: { window: 'week', endAfter: (now: number) => weekAround(now, ZONES.utc).end },
  monthly: { window: 'month', endAfter: (now: number) => monthAround(now, 1, ZONES.utc).end },
} as const;

/**
 * OpenRouter's `/key`, in USD. `usage` is of all time, and what the limit is compared with is
 * what `limit_remaining` leaves.
 */
export const readOpenRouterKey: QuotaReader = (json, { now }) => {
  const data = memberIn(json, 'data');
  const limit = numberIn(data, 'limit');
  const remaining = numberIn(data, 'limit_remaining');
  const usage = numberIn(data, 'usage');
  if (limit !== undefined && limit > 0 && remaining !== undefined) {
    const every = stringIn(data, 'limit_reset');
    const reset = every === 'daily' || every === 'weekly' || every === 'monthly' ? RESETS[every] : undefined;
    const until = reset && { window: reset.window, resetsAt: reset.endAfter(now) };
    return [{ kind: 'spending', spent: Math.max(0, limit - remaining), limit, currency: 'USD', ...until }];
  }
  // A limit of null is none; any other is not understood.
  if (usage === undefined || usage < 0 || (memberIn(data, 'limit') ?? null) !== null) return [];
  return [{ kind: 'spending', spent: usage, currency: 'USD' }];
};

/**
 * The windows of tokens at Z.AI and Zhipu, by `unit` and `number`: 5 hours, 1 week. Those of tools are not a model's.
 */
export const readZaiLimits: QuotaReader = (json, { now }) =>
  listIn(memberIn(json, 'data'), 'limits').flatMap((limit) => {
    if (stringIn(limit, 'type')?.toUpperCase() !== 'TOKENS_LIMIT') return [];
    const window = ZAI_WINDOWS.get(`${numberIn(limit, 'unit') ?? ''} ${numberIn(limit, 'number') ?? ''}`.trim());
    return window ? share(window, numberIn(limit, 'percentage'), timeIn(limit, 'nextResetTime', now)) : [];
  });

const ZAI_WINDOWS: ReadonlyMap<string, PlanWindow> = new Map([
  ['3 5', 'fiveHours'],
  ['3', 'fiveHours'],
  ['6 1', 'week'],
  ['6', 'week'],
]);

/** The models of a MiniMax plan that write, by the names that they were seen under; others make videos or speech. */
const MINIMAX_MODELS = ['general', 'MiniMax-M*'];

/**
 * MiniMax's `coding_plan/remains`. What it calls `…_usage_count` is what remains (MiniMax-AI/MiniMax-M2#99); later
 * plans tell percents instead, and by a status other than 1 that they have no limit for a week.
 */
export const readMiniMaxRemains: QuotaReader = (json, { now }) => {
  const status = numberIn(memberIn(json, 'base_resp'), 'status_code');
  if (status !== 0) return [];
  const models = listIn(json, 'model_remains');
  const named = MINIMAX_MODELS.map((name) => models.find((one) => memberIn(one, 'model_name') === name));
  const model = named.find((one) => one !== undefined) ?? (models.length === 1 ? models[0] : undefined);
  const hasWeek = [undefined, 1].includes(numberIn(model, 'current_weekly_status'));
  return [
    ...share('fiveHours', usedPercent(model, 'current_interval'), timeIn(model, 'end_time', now)),
    ...(hasWeek ? share('week', usedPercent(model, 'current_weekly'), timeIn(model, 'weekly_end_time', now)) : []),
  ];
};

function usedPercent(model: unknown, name: string): number | undefined {
  const percent = numberIn(model, `${name}_remaining_percent`);
  if (percent !== undefined) return percent <= 100 ? 100 - percent : undefined;
  const total = numberIn(model, `${name}_total_count`) ?? 0;
  const remaining = numberIn(model, `${name}_usage_count`) ?? NaN;
  return total > 0 && remaining >= 0 && remaining <= total ? (100 * (total - remaining)) / total : undefined;
}

function share(window: PlanWindow, used: number | undefined, resetsAt: number | undefined): readonly Quota[] {
  if (used === undefined || used < 0) return [];
  return [{ kind: 'share', window, usedPercent: Math.min(100, used), ...(resetsAt && { resetsAt }) }];
}

/** A time that is still to come, in seconds or milliseconds since the epoch. */
function timeIn(record: unknown, name: string, now: number): number | undefined {
  const number = numberIn(record, name) ?? 0;
  const at = number < 1e11 ? number * 1000 : number;
  return at > now && isTime(at) ? at : undefined;
}

function memberIn(record: unknown, name: string): unknown {
  return isRecord(record) ? record[name] : undefined;
}

function listIn(record: unknown, name: string): readonly unknown[] {
  const list = memberIn(record, name);
  return Array.isArray(list) ? list : [];
}
