/** Something that can be disposed. It has VS Code's shape, so that VS Code's own objects fit. */
export interface Disposable {
  dispose(): void;
}

/** Subscribes a listener until it is disposed. It has VS Code's shape, so that VS Code's own events fit. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** Waits until that is so, which is looked at whenever the event fires. */
export async function until(event: Event<void>, isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve) => {
    const waiting = event(() => {
      if (!isSo()) return;
      waiting.dispose();
      resolve();
    });
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
