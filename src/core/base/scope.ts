import { AsyncLocalStorage } from 'node:async_hooks';

/** One storage for all scopes: each further one would slow down every promise. */
const tokens = new AsyncLocalStorage<readonly object[]>();

/** A value for as long as some work is done, known to all that the work calls and waits for. */
export class Scope<T> {
  readonly #values = new Map<object, T>();

  /** The value of the innermost work; what began within it and outlives it, such as a watch, has none. */
  get current(): T | undefined {
    const token = (tokens.getStore() ?? []).find((one) => this.#values.has(one));
    return token && this.#values.get(token);
  }

  /** Does work with this value. */
  async run<R>(value: T, work: () => Promise<R>): Promise<R> {
    const token = {};
    this.#values.set(token, value);
    try {
      return await tokens.run([token, ...(tokens.getStore() ?? [])], work);
    } finally {
      this.#values.delete(token);
    }
  }

  /** Does work without a value, as if it was called from outside. */
  leave(work: () => void): void {
    tokens.run(
      (tokens.getStore() ?? []).filter((one) => !this.#values.has(one)),
      work,
    );
  }
}
