import { Emitter } from '../../src/core/base/events';
import type { SecretStore } from '../../src/core/base/ports';

/** A keychain in memory. */
export interface MemorySecretStore extends SecretStore {
  readonly entries: Map<string, string>;
  /** `locked`: every use fails; `forgetful`: writes seem to work, and are lost. */
  mood: 'well' | 'locked' | 'forgetful';
}

/** An empty keychain that works until its mood changes. */
export function createMemorySecretStore(): MemorySecretStore {
  const changed = new Emitter<unknown>();
  const entries = new Map<string, string>();
  const use = <T>(work: () => T): Promise<T> =>
    store.mood === 'locked' ? Promise.reject(new Error('The keychain is locked.')) : Promise.resolve(work());
  const change = (work: () => unknown): Promise<void> =>
    use(() => {
      if (store.mood === 'forgetful') return;
      work();
      changed.fire(undefined);
    });
  const store: MemorySecretStore = {
    entries,
    mood: 'well',
    keys: () => use(() => [...entries.keys()]),
    get: (key) => use(() => entries.get(key)),
    store: (key, value) => change(() => entries.set(key, value)),
    delete: (key) => change(() => entries.delete(key)),
    onDidChange: changed.event,
  };
  return store;
}
