import type { Socket } from 'node:net';

/**
 * Sends what is written to a connection in one turn of the event loop together, at the end of that turn: each piece by
 * itself would be a call of the system. `begin` is to be called before a write.
 */
export class Turn {
  readonly #socket: Socket | null;
  #end: NodeJS.Immediate | undefined;

  constructor(socket: Socket | null) {
    this.#socket = socket;
  }

  begin(): void {
    if (this.#end) return;
    this.#socket?.cork();
    this.#end = setImmediate(() => this.end());
  }

  /** Sends what was written; to be called before the connection is left to the next answer. */
  end(): void {
    if (!this.#end) return;
    clearImmediate(this.#end);
    this.#end = undefined;
    this.#socket?.uncork();
  }
}
