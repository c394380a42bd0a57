import type { Json } from './chunk';
import { CodeMarks } from './codeMarks';
import { HARMONY, LEAKED_FORMS, type LeakedForm } from './leakedForms';
import type { Tool } from './request';

const BEGINNINGS = LEAKED_FORMS.map(({ begin }) => begin);
/** How a message of gpt-oss goes on whose beginning the server has left out. */
const RECIPIENT = 'to=functions.';
/** What Qwen's coders write behind a call whose beginning they have left out. */
const STRAY_END = '</tool_call>';
/** What every beginning begins with. */
const FIRST = /[<[]/g;
/** No end of a call is longer, in characters. */
const LONGEST_END = 32;
const MESSAGE = '<|message|>';
/** How much may stand before a message of gpt-oss, and in a call, in characters. */
const LONGEST_HEADER = 200;
const LONGEST_CALL = 1024 * 1024;
/** In how many pieces it is looked what stands behind the beginning of a call: it is there soon. */
const MOST_PIECES = 16;

/** Where what is read goes. */
interface LeakedCallsTarget {
  text(text: string): void;
  call(piece: Json): void;
}

/**
 * Reads the calls that a server leaves in the text, as its model wrote them. Only a tool that the model was offered
 * counts. All else stays text, and so does what is quoted as code.
 */
export class LeakedCalls {
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #target: LeakedCallsTarget;
  readonly #code = new CodeMarks();
  /** What may be the beginning of a call, and the pieces of one that has begun. */
  #held = '';
  #call: string[] = [];
  #form: LeakedForm = HARMONY;
  #tail = '';
  #length = 0;
  #isFresh = true;
  #isBehindCall = false;

  constructor(tools: readonly Tool[], target: LeakedCallsTarget) {
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.#target = target;
  }

  /** The next piece of the text. What may be of a call is held back. */
  feed(text: string): void {
    if (this.#call.length > 0) return this.#goOn(text);
    if (this.#held === '' && !this.#isFresh && text.search(FIRST) < 0) return this.#say(text);
    this.#held += text;
    while (this.#held !== '' && this.#step());
  }

  /** Gives what was held back because more could have come: nothing does, or a thought comes between. */
  end(): void {
    const rest = this.#call.join('') + this.#held;
    this.#forget();
    this.#held = '';
    if (rest !== '') this.#give(rest, '');
    this.#isFresh = true;
  }

  /** Goes one step on; false where more has to come first. */
  #step(): boolean {
    const start = this.#startOfCall();
    const [before, held] = [this.#held.slice(0, start), this.#held.slice(start)];
    this.#say(before);
    this.#held = held;
    if (this.#isBehindCall && held.startsWith(STRAY_END)) {
      this.#held = held.slice(STRAY_END.length);
      return true;
    }
    const beginning = [...BEGINNINGS, RECIPIENT].find((one) => held.trimStart().startsWith(one));
    if (beginning === undefined) return false;
    const isCall = !this.#code.isWithin && isBegun(held);
    if (isCall === undefined) return false;
    this.#held = '';
    if (isCall) {
      this.#form = LEAKED_FORMS.find(({ begin }) => begin === beginning) ?? HARMONY;
      this.#goOn(held);
    } else {
      const length = held.indexOf(beginning) + beginning.length;
      this.#say(held.slice(0, length));
      this.#held = held.slice(length);
    }
    return true;
  }

  /** Where the first call begins that what is held may hold; its length where there is none. */
  #startOfCall(): number {
    const held = this.#held;
    const begun = held.trimStart();
    if (this.#isFresh && (begun.startsWith(RECIPIENT) || RECIPIENT.startsWith(begun))) return 0;
    const beginnings = this.#isBehindCall ? [...BEGINNINGS, STRAY_END] : BEGINNINGS;
    for (const { index } of held.matchAll(FIRST)) {
      const tail = held.slice(index);
      if (beginnings.some((one) => tail.startsWith(one) || one.startsWith(tail))) return index;
    }
    return held.length;
  }

  /** More of a call, up to its end. */
  #goOn(text: string): void {
    const probe = this.#tail + text;
    const found = this.#form.ends.map((end) => [probe.indexOf(end), end] as const).filter(([at]) => at >= 0);
    const [first] = found.toSorted(([one], [other]) => one - other);
    this.#call.push(text);
    this.#length += text.length;
    this.#tail = probe.slice(-LONGEST_END);
    if (!first) {
      if (this.#length > LONGEST_CALL) this.end();
      else if (this.#isOnlyNamed()) this.#giveUp();
      return;
    }
    const whole = this.#call.join('');
    const at = whole.length - probe.length + first[0];
    this.#forget();
    this.#give(whole.slice(0, at), first[1]);
    this.feed(whole.slice(at + first[1].length));
  }

  /** Whether the text only speaks of the beginning of a call. */
  #isOnlyNamed(): boolean {
    const { begin, follows } = this.#form;
    if (!follows || this.#call.length > MOST_PIECES) return false;
    const whole = this.#call.join('');
    return !follows.test(whole.slice(whole.indexOf(begin) + begin.length));
  }

  /** Gives the beginning of what is no call, and reads on behind it. */
  #giveUp(): void {
    const whole = this.#call.join('');
    const end = whole.indexOf(this.#form.begin) + this.#form.begin.length;
    this.#forget();
    this.#say(whole.slice(0, end));
    this.feed(whole.slice(end));
  }

  #forget(): void {
    this.#call = [];
    this.#tail = '';
    this.#length = 0;
  }

  #give(text: string, end: string): void {
    const calls = this.#form.read(text, this.#tools);
    const areMeant = calls.every(({ name, input }) => this.#tools.has(name) && input !== undefined);
    if (calls.length === 0 || !areMeant) return this.#say(text + end);
    for (const { name, input } of calls) this.#target.call({ function: { name, arguments: input } });
    this.#isBehindCall = true;
  }

  #say(said: string): void {
    const text = this.#isBehindCall ? said.trimStart() : said;
    if (text === '') return;
    this.#isBehindCall = false;
    this.#isFresh &&= text.trim() === '';
    this.#code.feed(text);
    this.#target.text(text);
  }
}

/** Whether a call has begun: a message of gpt-oss may be for nobody. Undefined where that is not to be seen yet. */
function isBegun(text: string): boolean | undefined {
  if (!text.startsWith('<|channel|>')) return true;
  const end = text.indexOf(MESSAGE);
  if (end < 0) return text.length > LONGEST_HEADER ? false : undefined;
  return text.slice(0, end).includes('to=');
}
