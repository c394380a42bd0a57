/**
 * How a thought of gpt-oss begins whose marks a server has left out: `analysis`, and its first word without a blank.
 */
const THOUGHT = /^\s*(?:assistant)?analysis(?=\p{L})/u;
const BEGUN = /^\s*a[a-z]{0,16}$/;
/** What comes behind a thought: the answer, another thought, or a call. */
const NEXT = /assistant(?:(final|analysis)|commentary to=functions\.([\w-]+?) ?(?:json|code)?(?=\{))/;
const NEXT_BEGUN = /a(?:s(?:s(?:i(?:s(?:t(?:a(?:n(?:t.{0,80})?)?)?)?)?)?)?)?$/s;

/**
 * Gives the marks of gpt-oss back to an answer in which a server has left their words alone:
 * `analysisHm.assistantfinalHi`. Any other text passes as it is.
 */
export class HarmonyWords {
  #state: 'beginning' | 'thinking' | 'other' = 'beginning';
  #held = '';

  /** The next piece of the text. What may be such words is held back. */
  feed(text: string): string {
    if (this.#state === 'other') return text;
    this.#held += text;
    if (this.#state === 'beginning' && BEGUN.test(this.#held)) return '';
    if (this.#state === 'beginning') {
      const begun = this.#held.replace(THOUGHT, '');
      this.#state = begun === this.#held ? 'other' : 'thinking';
      if (this.#state === 'other') return this.end();
      this.#held = begun;
      return `<|channel|>analysis<|message|>${this.#think()}`;
    }
    return this.#think();
  }

  /** What was held back because more could have come. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #think(): string {
    const next = NEXT.exec(this.#held);
    if (!next) {
      const end = NEXT_BEGUN.exec(this.#held)?.index ?? this.#held.length;
      const thought = this.#held.slice(0, end);
      this.#held = this.#held.slice(end);
      return thought;
    }
    const [words, channel, tool] = next;
    const thought = this.#held.slice(0, next.index);
    this.#held = this.#held.slice(next.index + words.length);
    const mark = `<|end|><|channel|>${tool === undefined ? channel : `commentary to=functions.${tool}`}<|message|>`;
    if (channel === 'analysis') return thought + mark + this.#think();
    this.#state = 'other';
    return thought + mark + this.end();
  }
}
