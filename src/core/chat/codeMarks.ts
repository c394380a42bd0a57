/** The line that begins and ends a block of code in Markdown. */
const FENCE = /^ {0,3}(?:```|~~~)/;
/** How much of a line is needed to know a fence. */
const ENOUGH = 6;

/** Knows whether a text in Markdown has come to a place within code, where a tag is spoken of rather than meant. */
export class CodeMarks {
  #line = '';
  #isBlank = true;
  #isInBlock = false;
  #ticks = 0;

  /** Whether the end of what has come is within a block of code, or between backticks. */
  get isWithin(): boolean {
    return this.#isInBlock || FENCE.test(this.#line) || this.#ticks % 2 === 1;
  }

  /** Whether only blanks stand before it in its line. */
  get isAtLineStart(): boolean {
    return this.#isBlank;
  }

  /** The next piece of the text. */
  feed(text: string): void {
    for (let at = 0; ;) {
      const end = text.indexOf('\n', at);
      this.#feedLine(text.slice(at, end < 0 ? text.length : end));
      if (end < 0) return;
      this.#endLine();
      at = end + 1;
    }
  }

  #feedLine(piece: string): void {
    if (this.#line.length < ENOUGH) this.#line += piece.slice(0, ENOUGH);
    this.#isBlank &&= piece.trim() === '';
    for (let at = piece.indexOf('`'); at >= 0; at = piece.indexOf('`', at + 1)) this.#ticks += 1;
  }

  #endLine(): void {
    if (FENCE.test(this.#line)) this.#isInBlock = !this.#isInBlock;
    this.#line = '';
    this.#isBlank = true;
    this.#ticks = 0;
  }
}
