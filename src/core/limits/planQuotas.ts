import { ConfigurationError } from '../base/errors';
import { monthAround, weekAround, ZONES } from '../base/calendar';
import type { OwnPlan, Settings } from '../config/settings';
import { findProvider, PROVIDERS } from '../providers/catalogue';
import type { Provider, Region } from '../providers/provider';
import type { CountedQuota, PlanName, Quota } from '../providers/quota';
import type { Limits } from './limits';

/** What was counted here. */
export type RequestCounts = Pick<Limits, 'countSince' | 'firstSince'>;

/** How the requests to a provider are counted here; undefined where they are not. */
export function countedQuotaOf(provider: string | undefined): CountedQuota | undefined {
  const quota = findProvider(provider)?.quota;
  return quota?.kind === 'counted' ? quota : undefined;
}

const FIVE_HOURS_MS = 5 * 3_600_000;

/**
 * The windows of a plan as far as they were counted here, beside the limits of the person's edition: the last five
 * hours, the week from Monday and, where the day is known on which it begins anew, the month, both at 00:00 in China.
 */
export function planQuotas(
  counts: RequestCounts,
  baseUrl: string,
  { editions }: CountedQuota,
  { edition, startDay }: OwnPlan,
  now: number,
): readonly Quota[] {
  const limits = edition && editions?.[edition];
  const week = weekAround(now, ZONES.china);
  const month = startDay === undefined ? undefined : monthAround(now, startDay, ZONES.china);
  const fiveHours = now - FIVE_HOURS_MS + 1;
  const first = counts.firstSince(baseUrl, fiveHours);
  const windows = [
    // Each request is forgotten after five hours: a full window goes on with the first.
    { window: 'fiveHours', start: fiveHours, resetsAt: first === undefined ? undefined : first + FIVE_HOURS_MS },
    { window: 'week', start: week.start, resetsAt: week.end },
    ...(month ? [{ window: 'month', start: month.start, resetsAt: month.end } as const] : []),
  ] as const;
  return windows.flatMap(({ window, start, resetsAt }): readonly Quota[] => {
    const used = counts.countSince(baseUrl, start);
    if (used === undefined) return [];
    const limit = limits?.[window];
    const isFull = limit !== undefined && used >= limit;
    const goesOn = window === 'fiveHours' && !isFull ? undefined : resetsAt;
    return [
      { kind: 'requests', window, used, ...(limit !== undefined && { limit }), ...(goesOn && { resetsAt: goesOn }) },
    ];
  });
}

/** The plan whose requests go to a base URL, be it that of a gateway in the place of the plan's server. */
export function planAt(baseUrl: string, settings: Pick<Settings, 'endpoint'>): PlanName | undefined {
  const isThere = (provider: Provider, region: Region): boolean =>
    region.baseUrl === baseUrl || ownAddress(provider, region, settings) === baseUrl;
  for (const provider of PROVIDERS) {
    const { quota, regions } = provider;
    if (quota?.kind === 'counted' && regions.some((region) => isThere(provider, region))) return quota.plan;
  }
  return undefined;
}

/** Undefined where what the person has written is no address: that is told elsewhere. */
function ownAddress(provider: Provider, region: Region, settings: Pick<Settings, 'endpoint'>): string | undefined {
  try {
    return settings.endpoint(provider, region).baseUrl;
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}
