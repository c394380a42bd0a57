import type { Memento } from 'vscode';
import type { StateStore } from '../../core/base/ports';

/** VS Code's memory of a workspace, or of all of them, as the core's. */
export function createStateStore(memento: Memento): StateStore {
  return {
    get: (key) => memento.get<unknown>(key),
    set: async (key, value) => await memento.update(key, value),
  };
}
