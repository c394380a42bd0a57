import type { StateStore } from '../../src/core/base/ports';

/** State in memory, and a look at all of it. */
export interface MemoryStateStore extends StateStore {
  readonly entries: ReadonlyMap<string, unknown>;
}

/** An empty state store; like VS Code's, it forgets what is set to undefined. */
export function createMemoryStateStore(): MemoryStateStore {
  const entries = new Map<string, unknown>();
  const set = async (key: string, value: unknown): Promise<void> => {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  };
  return { entries, get: (key) => entries.get(key), set, change: (key, work) => set(key, work(entries.get(key))) };
}
