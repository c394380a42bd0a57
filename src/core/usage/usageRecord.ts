import { isRecord, parseJson, stringIn } from '../base/json';
import type { ModelIdentity } from '../providers/model';
import { hostOf } from '../base/origin';
import type { ChatOutcome } from '../chat/authorizedChat';

/** A request that has ended, as far as it is noted. */
export type EndedRequest = Omit<ChatOutcome, 'model' | 'access'> & { readonly model: ModelIdentity };

/** The sums of requests; those that failed or were cancelled count in `requests`. */
export interface Sums {
  readonly requests: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** How many of the requests have tokens that no server counted. */
  readonly estimated: number;
}

/** What one initiator has used of one model. Nothing of what was asked or answered is in it. */
export interface UsageRecord extends Sums {
  readonly model: string;
  readonly host: string;
  readonly initiator: string;
}

/** Names come from servers; a longer one is cut. */
const LONGEST_NAME = 200;
/** Counts come from servers too: no request has more tokens than this, and sums stay exact. */
const MOST_TOKENS = 1_000_000_000;

/** The usage record of one request. */
export function usageRecordOf(request: EndedRequest): UsageRecord {
  const { model, initiator, outcome, estimated } = request;
  const inputTokens = countOf(request.inputTokens);
  const outputTokens = countOf(request.outputTokens);
  return {
    model: model.id.slice(0, LONGEST_NAME),
    host: hostOf(model.baseUrl),
    initiator: initiator.slice(0, LONGEST_NAME),
    requests: 1,
    failed: outcome === 'failed' ? 1 : 0,
    cancelled: outcome === 'cancelled' ? 1 : 0,
    inputTokens,
    outputTokens,
    estimated: estimated && inputTokens + outputTokens > 0 ? 1 : 0,
  };
}

/** The sums of all of these. */
export function totalOf(all: readonly Sums[]): Sums {
  return sums((name) => all.reduce((sum, one) => sum + one[name], 0));
}

/** The same usage, with one record for each initiator of each model. */
export function mergeByInitiator(records: readonly UsageRecord[]): readonly UsageRecord[] {
  return mergeBy(records, ({ model, host, initiator }) => JSON.stringify([model, host, initiator]));
}

/** One record for each name: the first of that name, with the sums of all. */
export function mergeBy(records: readonly UsageRecord[], nameOf: (use: UsageRecord) => string): readonly UsageRecord[] {
  const byName = new Map<string, UsageRecord>();
  for (const use of records) {
    const before = byName.get(nameOf(use));
    byName.set(nameOf(use), before ? { ...before, ...totalOf([before, use]) } : use);
  }
  return [...byName.values()];
}

/** The record in a line of the log; undefined for a damaged line. */
export function readUsageRecord(line: string): UsageRecord | undefined {
  const value = parseJson(line);
  const [model, host, initiator] = ['model', 'host', 'initiator'].map((name) => stringIn(value, name));
  const figures = sums((name) => countIn(value, name));
  if (!model || !host || !initiator || Object.values(figures).some(Number.isNaN)) return undefined;
  return { model, host, initiator, ...figures };
}

function countOf(tokens = 0): number {
  return Math.min(Math.max(0, Math.round(tokens)), MOST_TOKENS);
}

function sums(figure: (name: keyof Sums) => number): Sums {
  return {
    requests: figure('requests'),
    failed: figure('failed'),
    cancelled: figure('cancelled'),
    inputTokens: figure('inputTokens'),
    outputTokens: figure('outputTokens'),
    estimated: figure('estimated'),
  };
}

function countIn(value: unknown, name: string): number {
  const count = isRecord(value) ? value[name] : undefined;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : NaN;
}
