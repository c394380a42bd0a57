import type { GenerationConfig } from '../providers/generationConfig';

/** How long a server may send nothing, in milliseconds, and what says so: the model's entry, or the setting. */
interface TimeLimit {
  readonly ms: number;
  readonly from: 'entry' | 'setting';
}

/** How long that is unless somebody sets it: some models think for ten minutes before they say a word. */
const USUAL_TIMEOUT_MS = 900_000;
/** The longest that a timer can wait: for those who want no limit. */
const NO_LIMIT_MS = 2 ** 31 - 1;

/** The limit for a model: what its entry says, else the setting; 0 is none. */
export function timeLimit({ timeoutMs }: GenerationConfig, settingMs: number = USUAL_TIMEOUT_MS): TimeLimit {
  return timeoutMs === undefined
    ? { ms: settingMs || NO_LIMIT_MS, from: 'setting' }
    : { ms: timeoutMs || NO_LIMIT_MS, from: 'entry' };
}
