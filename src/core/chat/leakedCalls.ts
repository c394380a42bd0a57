import { isRecord, parseJson, stringIn } from '../base/json';
import type { Json } from './chunk';
import { CodeMarks } from './codeMarks';
import { mendedJson } from './mendedJson';
import type { Tool } from './request';

/** How Qwen's, GLM's and Hermes' models begin a call, and how gpt-oss begins a message. */
const BEGINNINGS = ['<tool_call>', '<|channel|>'];
/** How a message of gpt-oss goes on whose beginning the server has left out. */
const RECIPIENT = 'to=functions.';
const ENDS = ['</tool_call>', '<|call|>'];
const LONGEST_END = 12;
const MESSAGE = '<|message|>';
/** How much may stand before a message of gpt-oss, and in a call, in characters. */
const LONGEST_HEADER = 200;
const LONGEST_CALL = 1024 * 1024;

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
    if (this.#held === '' && !this.#isFresh && !text.includes('<')) return this.#say(text);
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
    const beginning = [...BEGINNINGS, RECIPIENT].find((one) => held.trimStart().startsWith(one));
    if (beginning === undefined) return false;
    const isCall = !this.#code.isWithin && isBegun(held);
    if (isCall === undefined) return false;
    this.#held = '';
    if (isCall) this.#goOn(held);
    else {
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
    for (let at = held.indexOf('<'); at >= 0; at = held.indexOf('<', at + 1)) {
      const tail = held.slice(at);
      if (BEGINNINGS.some((one) => tail.startsWith(one) || one.startsWith(tail))) return at;
    }
    return held.length;
  }

  /** More of a call, up to its end. */
  #goOn(text: string): void {
    const probe = this.#tail + text;
    const found = ENDS.map((end) => [probe.indexOf(end), end] as const).filter(([at]) => at >= 0);
    const [first] = found.toSorted(([one], [other]) => one - other);
    this.#call.push(text);
    this.#length += text.length;
    this.#tail = probe.slice(-LONGEST_END);
    if (!first) return this.#length > LONGEST_CALL ? this.end() : undefined;
    const whole = this.#call.join('');
    const at = whole.length - probe.length + first[0];
    this.#forget();
    this.#give(whole.slice(0, at), first[1]);
    this.feed(whole.slice(at + first[1].length));
  }

  #forget(): void {
    this.#call = [];
    this.#tail = '';
    this.#length = 0;
  }

  #give(text: string, end: string): void {
    const call = leakedCall(text, this.#tools);
    if (!call) return this.#say(text + end);
    this.#target.call(call);
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

/** The call of one of these tools that a text is, in the form of an answer's; undefined where it is none. */
function leakedCall(text: string, tools: ReadonlyMap<string, Tool>): Json | undefined {
  const written = text.replace(/^\s*<tool_call>/, '').trim();
  const { name, input } = ofHarmony(text) ?? ofTags(written, tools) ?? ofJson(written) ?? {};
  if (name === undefined || !tools.has(name) || input === undefined) return undefined;
  return { function: { name, arguments: input } };
}

type Written = { readonly name: string | undefined; readonly input: unknown };

/** gpt-oss: the name before the message, JSON in it. */
function ofHarmony(text: string): Written | undefined {
  const header = /^\s*(?:<\|channel\|>\w*)?\s*to=(?:functions\.)?([\w-]+)[^{]{0,200}?<\|message\|>/.exec(text);
  return header ? { name: header[1], input: parseJson(mendedJson(text.slice(header[0].length))) } : undefined;
}

/** Hermes and Qwen: JSON that has the name. */
function ofJson(text: string): Written | undefined {
  const value = parseJson(mendedJson(text));
  if (!isRecord(value)) return undefined;
  return { name: stringIn(value, 'name'), input: value['arguments'] ?? value['parameters'] ?? {} };
}

/** How Qwen's coders and GLM write: each member in tags of its own. */
const TAGS = [
  { name: /^<function=([\w.-]+)>/, member: '<parameter=', key: '>', value: '', end: '</parameter>' },
  {
    name: /^([\w.-]+)\s*(?=<arg_key>|$)/,
    member: '<arg_key>',
    key: '</arg_key>',
    value: '<arg_value>',
    end: '</arg_value>',
  },
] as const;

function ofTags(text: string, tools: ReadonlyMap<string, Tool>): Written | undefined {
  for (const { name: form, member, key, value, end } of TAGS) {
    const [, name] = form.exec(text) ?? [];
    if (name === undefined) continue;
    const known = tools.get(name)?.inputSchema?.['properties'];
    const members = text.split(member).slice(1);
    const input = members.map((one) => {
      const [id = ''] = one.split(key, 1);
      const start = one.indexOf(value, id.length + key.length);
      const [said = ''] = start < 0 ? [] : one.slice(start + value.length).split(end, 1);
      const written = said.replace(/^\s*?\n|\n$/g, '');
      const isText = isRecord(known) && stringIn(known[id], 'type') === 'string';
      return [id, isText ? written : (parseJson(written) ?? written)] as const;
    });
    return { name, input: Object.fromEntries(input) };
  }
  return undefined;
}
