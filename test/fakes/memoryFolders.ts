import { Emitter } from '../../src/core/base/events';
import type { OpenFolder, OpenFolders } from '../../src/core/config/openFolders';

/** Open folders that a test changes; the first is worked in to begin with. */
export class MemoryFolders implements OpenFolders {
  readonly #changed = new Emitter<void>();
  folders: readonly OpenFolder[];
  inEffect: OpenFolder | undefined;
  isTrusted = true;

  readonly onDidChange = this.#changed.event;

  constructor(folders: readonly OpenFolder[]) {
    this.folders = folders;
    this.inEffect = folders[0];
  }

  change(changes: Partial<Omit<OpenFolders, 'onDidChange'>>): void {
    Object.assign(this, changes);
    this.#changed.fire();
  }
}
