/** How long a text is at least that begins like the one before by more than chance, where no third one tells. */
const TELLING = 4;

/**
 * Tells what is new in each piece of a stream: most servers send just that, some send all over again with more behind
 * it, or the whole once more at the end.
 */
export class NewText {
  #mode: 'unknown' | 'doubtful' | 'pieces' | 'wholes' = 'unknown';
  /** The last piece that was all so far, be it the first. */
  #all = '';
  #length = 0;
  #held = '';

  /**
   * What the next piece adds. A second one that begins with the whole first is held until the third tells what it was.
   */
  feed(piece: string): string {
    if (piece === '') return '';
    switch (this.#mode) {
      case 'pieces':
        return this.#add(piece);
      case 'unknown':
        if (this.#all === '') return this.#behind(piece);
        this.#mode = this.#isLonger(piece, this.#all) ? 'doubtful' : 'pieces';
        if (this.#mode === 'pieces') return this.#add(piece);
        this.#held = piece;
        return '';
      case 'doubtful':
        this.#mode = this.#isLonger(piece, this.#held) ? 'wholes' : 'pieces';
        return this.#mode === 'wholes' ? this.#behind(piece) : this.#add(this.#held + piece);
      case 'wholes':
        if (piece.startsWith(this.#all)) return this.#behind(piece);
        if (this.#all.startsWith(piece)) return '';
        this.#mode = 'pieces';
        return this.#add(piece);
    }
  }

  /** What is held back, once nothing more comes. */
  end(): string {
    if (this.#mode !== 'doubtful') return '';
    this.#mode = 'pieces';
    return this.#all.length >= TELLING ? this.#behind(this.#held) : this.#add(this.#held);
  }

  /** What a text adds that is the whole one. */
  complete(whole: string): string {
    const held = this.end();
    return held + (whole.length > this.#length ? this.#behind(whole) : '');
  }

  #isLonger(piece: string, before: string): boolean {
    return piece.length > before.length && piece.startsWith(before);
  }

  #behind(whole: string): string {
    this.#all = whole;
    return this.#add(whole.slice(this.#length));
  }

  #add(text: string): string {
    this.#length += text.length;
    return text;
  }
}
