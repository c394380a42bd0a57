import type { StateStore } from '../../core/base/ports';

/** As much of VS Code's `Memento` as is needed. */
interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What is still to be written to a memento, and when the last write that was begun has ended. */
interface Writes {
  readonly pending: Map<string, unknown>;
  last: Promise<unknown>;
}

/**
 * VS Code puts what it has stored in the place of all that a memento holds, once for each write: what was set between a
 * write and that is lost. So each memento has one write at a time, whoever begins it.
 */
const writesOf = new WeakMap<Memento, Writes>();

/** VS Code's memory of a workspace, or of all of them, as the core's. */
export function createStateStore(memento: Memento): StateStore {
  const writes = writesOf.get(memento) ?? { pending: new Map<string, unknown>(), last: Promise.resolve() };
  writesOf.set(memento, writes);
  const get = (key: string): unknown => (writes.pending.has(key) ? writes.pending.get(key) : memento.get(key));
  const set = async (key: string, value: unknown): Promise<void> => {
    writes.pending.set(key, value);
    const write = async (): Promise<void> => {
      await memento.update(key, value);
      if (writes.pending.get(key) === value) writes.pending.delete(key);
    };
    const written = writes.last.then(write);
    writes.last = written.catch(() => undefined);
    await written;
  };
  return { get, set, change: (key, work) => set(key, work(get(key))) };
}
