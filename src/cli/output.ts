import { writeSync } from 'node:fs';

/**
 * An output of this process. A text is written straight to its file descriptor. What that does not take, as when a pipe
 * is full, goes through the stream, which waits or reports the error. The stream is loaded only then: that takes longer
 * than most answers.
 */
export class Output {
  readonly #descriptor: number;
  readonly #open: () => NodeJS.WritableStream;
  #stream: NodeJS.WritableStream | undefined;

  constructor(descriptor: number, open: () => NodeJS.WritableStream) {
    this.#descriptor = descriptor;
    this.#open = open;
    // A console of Windows gets its letters right from the stream alone.
    if (process.platform === 'win32') this.#stream = open();
  }

  /** Whether it is a terminal, which the stream knows. */
  get isTTY(): boolean {
    const stream = (this.#stream ??= this.#open());
    return 'isTTY' in stream && stream.isTTY === true;
  }

  write(text: string): void {
    const rest = this.#stream ? text : this.#writeNow(Buffer.from(text));
    if (rest.length > 0) (this.#stream ??= this.#open()).write(rest);
  }

  /** Answers what was not written. */
  #writeNow(bytes: Buffer): Buffer {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#descriptor, bytes, written);
    } catch {
      // The stream tries again, and tells of what goes wrong then.
    }
    return bytes.subarray(written);
  }
}
