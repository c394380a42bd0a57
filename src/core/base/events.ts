/** Something that can be disposed. It has VS Code's shape, so that VS Code's own objects fit. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener until it is disposed. It has VS Code's shape, so that VS Code's own events fit. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/**
 * Waits until that is so, which is looked at whenever the event fires, for that many milliseconds at most. Resolves with
 * whether it is so in the end.
 */
export async function until(event: Event<unknown>, isSo: () => boolean, ms?: number): Promise<boolean> {
  if (isSo()) return true;
  return await new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      waiting.dispose();
      resolve(isSo());
    };
    const timer = ms === undefined ? undefined : setTimeout(done, ms);
    const waiting = event(() => isSo() && done());
  });
}

/** The sending end of an event. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
