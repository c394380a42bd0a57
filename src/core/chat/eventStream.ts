import { StringDecoder } from 'node:string_decoder';
import { isRecord } from '../base/json';
import { looseJson } from '../base/looseJson';
import { jsonValues } from './jsonValues';

/** What a server has sent: JSON, other words, the mark behind the last event, or JSON that cannot be read. */
export type StreamEvent =
  | { readonly kind: 'json'; readonly name: string; readonly value: object }
  | { readonly kind: 'words'; readonly name: string; readonly words: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'broken' };

const FIELD = /^\s*(data|event|id|retry|error)\s*:([^]*)$/i;
const DONE = /^(?:"?\[done\]"?|done)$/i;
const DONE_LENGTH = 8;
/** How often it is tried to read an event before its last line has come. */
const MOST_TRIES = 16;

/**
 * Reads server-sent events (HTML standard, section 9.2), and what servers send in their place: events that no blank
 * line parts, JSON without `data:`, errors in a field of that name, and one document in place of all events.
 */
export class EventStream {
  readonly #decoder = new StringDecoder();
  #rest = '';
  #hasHalfEnd = false;
  #isBegun = false;
  #name = '';
  #data: string | undefined;
  #tries = 0;
  #bare = '';
  #events: StreamEvent[] = [];

  /** How many characters are held that are no event yet. */
  get held(): number {
    return this.#rest.length + (this.#data?.length ?? 0) + this.#bare.length;
  }

  /** The events that the next bytes complete. */
  feed(bytes: Uint8Array): readonly StreamEvent[] {
    let text = this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (!this.#isBegun && text.startsWith('\uFEFF')) text = text.slice(1);
    this.#isBegun ||= text !== '';
    if (this.#hasHalfEnd || text.includes('\r')) this.#readAnyLines(text);
    else if (text.includes('\n')) this.#readLines(this.#rest + text);
    else this.#rest += text;
    return this.#given();
  }

  /** The events that only the end completes: the last line may lack its end, and one document has no other. */
  end(): readonly StreamEvent[] {
    this.#readAnyLines(`${this.#decoder.end()}\n`);
    this.#dispatch();
    this.#dispatchBare();
    return this.#given();
  }

  #given(): readonly StreamEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #readLines(text: string): void {
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.#readLine(text.slice(at, end));
      at = end + 1;
    }
    this.#rest = text.slice(at);
  }

  /** Lines that a carriage return may end. At the very end it may be half of a line's end. */
  #readAnyLines(text: string): void {
    const all = this.#rest + text;
    const lines = all.split(/\r\n|\r(?!$)|\n/);
    this.#rest = lines.pop() ?? '';
    this.#hasHalfEnd = this.#rest.endsWith('\r');
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    if (line === '') return this.#dispatch();
    if (line.startsWith('data:')) return this.#add(line.slice(5));
    if (line.startsWith(':')) return;
    const [, field = '', value = ''] = FIELD.exec(line) ?? [];
    switch (field.toLowerCase()) {
      case 'data':
        return this.#add(value);
      case 'event':
        this.#name = value.trim();
        return;
      case 'error':
        this.#dispatch();
        this.#read(value.trim(), 'error');
        return;
      case '':
        return this.#addBare(line);
    }
  }

  #add(value: string): void {
    this.#dispatchBare();
    if (this.#data !== undefined && this.#isWhole(this.#data)) {
      const name = this.#name;
      this.#dispatch();
      this.#name = name;
    }
    this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
  }

  /** Whether these lines are an event by themselves: some servers leave the blank line out. */
  #isWhole(data: string): boolean {
    if (this.#tries === MOST_TRIES) return false;
    const text = data.trim();
    if (!/^[{[]/.test(text) || DONE.test(text)) return true;
    this.#tries += 1;
    return looseJson(text) !== undefined;
  }

  /**
   * A line that is no field: more of an event that was written in several, one without `data:`, or a part of a
   * document.
   */
  #addBare(line: string): void {
    if (this.#data !== undefined && !this.#isWhole(this.#data)) {
      this.#data += `\n${line}`;
      return;
    }
    this.#dispatch();
    const text = line.trim();
    const isEvent = this.#bare === '' && ((text.startsWith('{') && text.endsWith('}')) || DONE.test(text));
    if (isEvent && (DONE.test(text) || looseJson(text) !== undefined)) this.#read(text, '');
    else this.#bare += `${line}\n`;
  }

  #dispatchBare(): void {
    const text = this.#bare.trim();
    this.#bare = '';
    if (text !== '') this.#read(text, '');
  }

  #dispatch(): void {
    const [text, name] = [this.#data?.trim(), this.#name];
    this.#data = undefined;
    this.#name = '';
    this.#tries = 0;
    if (text) this.#read(text, name);
  }

  #read(text: string, name: string): void {
    if (text.length <= DONE_LENGTH && DONE.test(text)) return void this.#events.push({ kind: 'done' });
    const value = looseJson(text);
    if (typeof value === 'object' && value !== null) return void this.#events.push({ kind: 'json', name, value });
    if (value !== undefined) return typeof value === 'string' ? this.#readWords(value, name) : undefined;
    const several = inParts(text);
    if (several) for (const part of several) this.#read(part, name);
    else if (/^[{[]|"choices"\s*:/.test(text)) this.#readBroken(text, name);
    else this.#readWords(text, name);
  }

  /** Behind half an event, a server may still have said on a line of its own why it breaks off. */
  #readBroken(text: string, name: string): void {
    const value = looseJson(text.slice(text.lastIndexOf('\n') + 1));
    if (isRecord(value)) this.#events.push({ kind: 'json', name, value });
    this.#events.push({ kind: 'broken' });
  }

  /** An event that was written as JSON twice is read twice. */
  #readWords(words: string, name: string): void {
    const text = words.trim();
    if (/^\{[^]*\}$/.test(text) && looseJson(text) !== undefined) this.#read(text, name);
    else if (text !== '') this.#events.push({ kind: 'words', name, words: text });
  }
}

/** Several events that a server has written into one: each with a `data:` of its own, on its line, or in a row. */
function inParts(text: string): readonly string[] | undefined {
  const marked = text
    .split(/\n|(?<=\})\s*data:|^data:/)
    .map((part) => part.replace(/^(?:\s*data:)+/, '').trim())
    .filter((part) => part !== '');
  return [marked, jsonValues(text).filter((value) => !/^[\s,]*$/.test(value))].find(
    (parts) => parts.length > 0 && (parts.length > 1 || parts[0] !== text) && parts.every(isReadable),
  );
}

function isReadable(part: string): boolean {
  return DONE.test(part) || looseJson(part) !== undefined;
}
