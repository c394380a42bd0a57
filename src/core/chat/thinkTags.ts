import { CodeMarks } from './codeMarks';

/** Where the parts of a text go, in their order. */
type Emit = (kind: 'text' | 'thinking', text: string) => void;

// Qwen, DeepSeek, MiniMax and most others; Gemini says `thought`; Seed and LongCat put a name before it.
const NAME = '(?:[a-z]+[:_])?(?:think(?:ing)?|thoughts?|reasoning)';
/** The marks of Mistral, Kimi, Cohere, Open Thoughts, gpt-oss and Gemma. */
const OPENING_MARKS = [
  '[THINK]',
  '◁think▷',
  '<|START_THINKING|>',
  '<|begin_of_thought|>',
  '<|channel|>analysis<|message|>',
  '<|channel|>commentary<|message|>',
  '<|channel|>analysis <|constrain|>json<|message|>',
  '<|channel>thought',
];
const CLOSING_MARKS = [
  '[/THINK]',
  '◁/think▷',
  '<|END_THINKING|>',
  '<|end_of_thought|>',
  '<|begin_of_solution|>',
  '<|end_of_solution|>',
  '<|end|>',
  '<|start|>assistant',
  '<|channel|>final<|message|>',
  '<|channel|>final <|constrain|>json<|message|>',
  '<|return|>',
  '<channel|>',
];
/** What models write behind their last word, and servers let pass. */
const END_MARKS = [
  '<|im_end|>',
  '<|endoftext|>',
  '<|end_of_text|>',
  '<|eot_id|>',
  '<end_of_turn>',
  '<｜end▁of▁sentence｜>',
];
const ANY_MARK = [...OPENING_MARKS, ...CLOSING_MARKS, ...END_MARKS].map((mark) => mark.toLowerCase());
const OPEN = `<${NAME}(?:\\s+\\w+="[^"<>]*")*\\s*>|${OPENING_MARKS.map(literal).join('|')}`;
const CLOSE = `</${NAME}\\s*>|${CLOSING_MARKS.map(literal).join('|')}`;
const TAG = new RegExp(`(?<open>${OPEN})|(?<end>${END_MARKS.map(literal).join('|')})|${CLOSE}`, 'i');
const CLOSING_TAG = new RegExp(CLOSE, 'i');
/** What every tag begins with. */
const FIRST = /[<[◁]/;
/** A name that may still become that of a tag. */
const BEGUN_NAME = /^<\/?(?:[a-z:_]+(?:\s+[^<>]*)?)?$/i;
/** No tag is longer, in characters. */
const LONGEST_TAG = 48;
/** More blanks than this, in characters, begin no thought. */
const MOST_BLANKS = 1000;
/** How much is held back of a beginning that may be a thought, in characters. */
const MOST_UNCLEAR = 256 * 1024;

/**
 * Tells the thinking of an answer from what it says, where the server leaves both in one text. No tag is left in
 * either.
 */
export class ThinkTags {
  readonly #emit: Emit;
  readonly #mayBeginUnmarked: boolean;
  readonly #code = new CodeMarks();
  #state: 'beginning' | 'unclear' | 'thinking' | 'between' | 'saying' = 'beginning';
  #held = '';
  /** What of an unclear beginning is no part of a tag. */
  #unclear = '';
  #thought = '';
  #isBlank = true;
  #hasThought = false;
  #hasSaid = false;

  /**
   * `mayBeginUnmarked`: the model is known to think, and some servers leave out the tag that opens its thought: the
   * beginning is held back until it is clear what it is.
   */
  constructor(emit: Emit, mayBeginUnmarked: boolean) {
    this.#emit = emit;
    this.#mayBeginUnmarked = mayBeginUnmarked;
  }

  /** The next piece of the text. What may be the beginning of a tag is held back. */
  feed(text: string): void {
    if (this.#state === 'saying' && this.#held === '' && !FIRST.test(text)) return this.#say(text);
    this.#held += text;
    while (this.#step());
  }

  /** The server tells the thinking apart itself: what it sends as text is text. */
  noteThought(): void {
    this.#hasThought = true;
    if (this.#state !== 'unclear') return;
    this.#beginSaying();
    while (this.#step());
  }

  /** Gives what was held back because more could have come. */
  end(): void {
    const rest = this.#unclear + this.#held;
    this.#unclear = '';
    this.#held = '';
    if (this.#state === 'thinking') this.#think(rest);
    else if (this.#state !== 'between' || rest.trim() !== '') this.#say(rest);
  }

  /** Goes one step on; false where more has to come first. */
  #step(): boolean {
    switch (this.#state) {
      case 'beginning':
      case 'between':
        return this.#begin();
      case 'unclear':
        return this.#clear();
      case 'thinking':
        return this.#endThought();
      case 'saying':
        return this.#findTag();
    }
  }

  /** Behind the blanks at the beginning, or behind a thought. */
  #begin(): boolean {
    const start = this.#held.trimStart();
    const tag = TAG.exec(start);
    if (tag?.index === 0) {
      this.#held = start.slice(tag[0].length);
      this.#state = tag.groups?.['open'] ? 'thinking' : 'between';
      return true;
    }
    if (this.#held.length < MOST_BLANKS && startOfTag(start) === 0) return false;
    if (this.#state === 'between' && !this.#hasSaid) this.#held = start;
    this.#state = this.#mayBeginUnmarked && !this.#hasThought ? 'unclear' : 'saying';
    return true;
  }

  /** Whatever ends with a closing tag was a thought. */
  #clear(): boolean {
    const tag = TAG.exec(this.#held);
    const end = tag?.index ?? startOfTag(this.#held);
    const isThought = tag && !tag.groups?.['open'] && !tag.groups?.['end'];
    if (tag ? !isThought : this.#unclear.length + end >= MOST_UNCLEAR) {
      this.#beginSaying();
      return true;
    }
    this.#unclear += this.#held.slice(0, end);
    this.#held = this.#held.slice(end + (tag?.[0].length ?? 0));
    if (!tag) return false;
    this.#think(this.#unclear);
    this.#unclear = '';
    this.#endOfThought();
    return true;
  }

  /** What was unclear is no thought. */
  #beginSaying(): void {
    this.#state = 'saying';
    this.#held = this.#unclear + this.#held;
    this.#unclear = '';
  }

  #endThought(): boolean {
    const tag = CLOSING_TAG.exec(this.#held);
    const end = tag?.index ?? startOfTag(this.#held);
    this.#think(this.#held.slice(0, end));
    this.#held = this.#held.slice(end + (tag?.[0].length ?? 0));
    if (tag) this.#endOfThought();
    return tag !== null;
  }

  #findTag(): boolean {
    const tag = TAG.exec(this.#held);
    const end = tag?.index ?? startOfTag(this.#held);
    this.#say(this.#held.slice(0, end));
    this.#held = this.#held.slice(end + (tag?.[0].length ?? 0));
    if (!tag) return false;
    const opens = tag.groups?.['open'] !== undefined;
    // Who has thought already and goes on within a line is speaking of the tag.
    const isQuoted = this.#code.isWithin || (opens && this.#hasThought && !this.#code.isAtLineStart);
    if (isQuoted) this.#say(tag[0]);
    else if (opens) this.#state = 'thinking';
    else if (!this.#hasSaid) this.#state = 'between';
    return true;
  }

  #endOfThought(): void {
    this.#state = 'between';
    this.#thought = '';
    this.#isBlank = true;
  }

  /** A thought of blanks alone is none: some models mark in this way that they had none. */
  #think(text: string): void {
    this.#hasThought = true;
    this.#thought += text;
    this.#isBlank &&= text.trim() === '';
    if (this.#isBlank || this.#thought === '') return;
    this.#emit('thinking', this.#thought);
    this.#thought = '';
  }

  #say(text: string): void {
    if (text === '') return;
    this.#hasSaid ||= text.trim() !== '';
    this.#code.feed(text);
    this.#emit('text', text);
  }
}

/** Where a text ends that can be no tag: behind it there is nothing, or what may become one. */
function startOfTag(text: string): number {
  const from = Math.max(0, text.length - LONGEST_TAG);
  for (let at = from; at < text.length; at += 1) {
    if (!FIRST.test(text.charAt(at))) continue;
    const tail = text.slice(at).toLowerCase();
    if (BEGUN_NAME.test(tail) || ANY_MARK.some((mark) => mark.startsWith(tail))) return at;
  }
  return text.length;
}

function literal(text: string): string {
  return text.replace(/[[\]|]/g, String.raw`\$&`);
}
