/** Line and column, both from 0, as editors count. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** The lines of a text, which end as JSON's and VS Code's do: at CR LF, CR or LF. */
export class Lines {
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: end, index }) => index + end.length)];
  }

  /** How many there are. */
  get count(): number {
    return this.#starts.length;
  }

  /** Where an offset is, in time that grows with the logarithm of the number of lines. */
  positionAt(offset: number): Position {
    let first = 0;
    let last = this.#starts.length - 1;
    while (first < last) {
      const middle = Math.ceil((first + last) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) first = middle;
      else last = middle - 1;
    }
    return { line: first, character: offset - (this.#starts[first] ?? 0) };
  }
}
