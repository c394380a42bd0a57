import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import type { Disposable } from './events';

/**
 * Is told of a change in a folder: the name of the entry, undefined where it is not known or the folder may be gone.
 */
export type FolderListener = (name: string | undefined) => void;

interface FolderWatch {
  readonly watcher: FSWatcher;
  readonly listeners: Set<FolderListener>;
}

/** Listens to the system for changes in folders, once for each folder, whoever wants to know. */
export class FolderWatches {
  readonly #watches = new Map<string, FolderWatch>();

  /**
   * Tells of every change of an entry of that folder. Undefined where the system cannot watch it: it is not
   * there, or too many are watched.
   */
  add(folder: string, listener: FolderListener): Disposable | undefined {
    const watched = this.#watches.get(folder) ?? this.#open(folder);
    watched?.listeners.add(listener);
    return watched && { dispose: () => this.#remove(folder, watched, listener) };
  }

  #open(folder: string): FolderWatch | undefined {
    const listeners = new Set<FolderListener>();
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        // It may be the folder itself that has gone, and with it what the system tells of it.
        const mayBeGone = event === 'rename' && (name === null || name === path.basename(folder));
        if (mayBeGone) this.#close(folder, watcher);
        for (const listener of listeners) listener(mayBeGone ? undefined : (name ?? undefined));
      });
      watcher.on('error', () => {
        this.#close(folder, watcher);
        for (const listener of listeners) listener(undefined);
      });
      const opened = { watcher, listeners };
      this.#watches.set(folder, opened);
      return opened;
    } catch {
      return undefined;
    }
  }

  #remove(folder: string, { watcher, listeners }: FolderWatch, listener: FolderListener): void {
    listeners.delete(listener);
    if (listeners.size === 0) this.#close(folder, watcher);
  }

  #close(folder: string, watcher: FSWatcher): void {
    if (this.#watches.get(folder)?.watcher === watcher) this.#watches.delete(folder);
    watcher.close();
  }
}
