import type { KeyEntry } from '../../src/core/credentials/vaultKey';

/** One window's keychain, and how another extension uses it. */
export interface BrowserWindow extends KeyEntry {
  storeForeign(secret: string): void;
}

/**
 * A browser's secret storage as VS Code keeps it there: one value with everything in it. A window reads it when it is
 * opened, sees no change of another, and writes all of what it has seen over what the others wrote.
 */
export class Browser {
  #value: ReadonlyMap<string, string> = new Map();

  /** Opens a window, or the same one again. */
  open(): BrowserWindow {
    const seen = new Map(this.#value);
    const store = (name: string, secret: string): void => {
      seen.set(name, secret);
      this.#value = new Map(seen);
    };
    return {
      get: async () => seen.get('key'),
      store: async (key) => store('key', key),
      storeForeign: (secret) => store('foreign', secret),
    };
  }
}
