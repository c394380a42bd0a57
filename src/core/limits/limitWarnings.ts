import { isRecord } from '../base/json';
import type { StateStore } from '../base/ports';

/** A limit, by a name that stays the same, and how much of it is used, from 0 to 100 percent. */
interface UsedLimit {
  readonly id: string;
  readonly usedPercent: number;
}

/** The shares, in percent, that are warned of, each once. */
const LEVELS = [80, 95] as const;
/** Below this share a limit has begun anew, and is warned of again. */
const ANEW_PERCENT = 50;
const STORED = 'limits/warned';

/** The limits that have reached a share that was not warned of yet. They are noted, so that each is named once. */
export async function limitsToWarnOf<T extends UsedLimit>(
  state: StateStore,
  limits: readonly T[],
): Promise<readonly T[]> {
  const stored = state.get(STORED);
  const warned = isRecord(stored) ? stored : {};
  const levels = limits.map((limit) => ({ limit, before: levelIn(warned, limit.id), now: levelOf(limit.usedPercent) }));
  const news = levels.filter(({ before, now }) => now > before);
  const isAnew = ({ limit, before }: (typeof levels)[number]): boolean =>
    before > 0 && limit.usedPercent < ANEW_PERCENT;
  const changed = [
    ...news.map(({ limit, now }) => [limit.id, now]),
    ...levels.filter(isAnew).map(({ limit }) => [limit.id, 0]),
  ];
  if (changed.length > 0) await state.set(STORED, { ...warned, ...Object.fromEntries(changed) });
  return news.map(({ limit }) => limit);
}

function levelOf(percent: number): number {
  return LEVELS.findLast((level) => percent >= level) ?? 0;
}

function levelIn(warned: Readonly<Record<string, unknown>>, id: string): number {
  const level = warned[id];
  return typeof level === 'number' ? level : 0;
}
