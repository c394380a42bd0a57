import { isRecord } from '../base/json';
import type { StateStore } from '../base/ports';

/** A limit, by a name that stays the same where it is to be warned of, and how much of it is used, in percent. */
interface UsedLimit {
  readonly id?: string;
  readonly usedPercent?: number;
}

/** The limits of a server, and what is used up there. */
interface UsedLimits<Limit> {
  readonly host: string;
  readonly rows: readonly Limit[];
  readonly full?: unknown;
}

/** The shares, in percent, that are warned of, each once. */
const LEVELS = [80, 95] as const;
/** Below this share a limit has begun anew, and is warned of again. */
const ANEW_PERCENT = 50;
const STORED = 'limits/warned';

/**
 * The first limit that has reached a share that was not warned of yet. It alone is noted, so that each is named once,
 * and the next one the next time. None where something is used up: who was refused already knows.
 */
export async function limitToWarnOf<Limit extends UsedLimit>(
  state: StateStore,
  { host, rows, full }: UsedLimits<Limit>,
): Promise<Limit | undefined> {
  if (full !== undefined) return undefined;
  const stored = state.get(STORED);
  const warned = isRecord(stored) ? stored : {};
  const levels = rows.flatMap((limit) => {
    const { id, usedPercent } = limit;
    if (id === undefined || usedPercent === undefined) return [];
    const name = `${host} ${id}`;
    return [{ limit, name, usedPercent, before: levelIn(warned, name), now: levelOf(usedPercent) }];
  });
  const first = levels.find(({ before, now }) => now > before);
  const anew = levels.filter(({ before, usedPercent }) => before > 0 && usedPercent < ANEW_PERCENT);
  const changed = [...(first ? [[first.name, first.now]] : []), ...anew.map(({ name }) => [name, 0])];
  if (changed.length > 0) await state.set(STORED, { ...warned, ...Object.fromEntries(changed) });
  return first?.limit;
}

function levelOf(percent: number): number {
  return LEVELS.findLast((level) => percent >= level) ?? 0;
}

function levelIn(warned: Readonly<Record<string, unknown>>, id: string): number {
  const level = warned[id];
  return typeof level === 'number' ? level : 0;
}
