import path from 'node:path';
import type { Disposable } from '../base/events';
import { FolderWatches } from '../base/folderWatches';
import type { Clock } from '../base/ports';

/** Tells who waits for a lock file of its changes. Not every file system tells of them: nobody relies on it alone. */
export class LockChanges implements Disposable {
  readonly #watching: Disposable | undefined;
  #told = new AbortController();

  constructor(lock: string) {
    this.#watching = new FolderWatches().add(path.dirname(lock), (name) => {
      if (name === undefined || name === path.basename(lock)) this.#told.abort();
    });
  }

  /**
   * Waits that many milliseconds at most: resolves true at a change since the last one that was told of, false without.
   */
  async within(ms: number, clock: Clock): Promise<boolean> {
    const isChanged = await clock.sleep(ms, this.#told.signal).then(
      () => false,
      () => true,
    );
    this.#told = new AbortController();
    return isChanged;
  }

  dispose(): void {
    this.#watching?.dispose();
  }
}
