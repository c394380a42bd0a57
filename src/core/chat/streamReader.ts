import * as l10n from '@vscode/l10n';
import { RequestError } from '../base/errors';
import { MAX_BYTES, tooLarge } from '../base/http';
import { isRecord } from '../base/json';
import { AnswerText } from './answerText';
import { newCallId } from './callIds';
import { readUsage } from './chatUsage';
import { type Choice, choicesOf, readChoice } from './chunk';
import { errorIn } from './chunkError';
import { EventStream, type StreamEvent } from './eventStream';
import { endingOf } from './finishReason';
import { foreignChunk } from './foreignChunk';
import type { Media } from './media';
import type { ChatPart, ChatUsage } from './parts';
import { ReasoningDetails } from './reasoningDetails';
import type { Tool } from './request';
import { ToolCalls } from './toolCalls';

/** What has to be known to read an answer. */
interface StreamReaderOptions {
  readonly host: string;
  readonly model?: string;
  /** The error for what a server says in the place of an answer. */
  readonly errorOf: (said: unknown) => RequestError;
  /** Words of a server as a person may read them. */
  readonly wordsOf: (text: string) => string;
  /** The model is known to think: what it says at first may be a thought that no tag opens. */
  readonly mayBeginUnmarked?: boolean;
  /** What the model was offered: calls of these are read from its text too. */
  readonly tools?: readonly Tool[];
  /** Whoever asks has set the limit of tokens: an answer that ends there is what they want. */
  readonly isLimitWanted?: boolean;
}

/** The last parts of an answer, and what is wrong with it, where anything is. */
interface AnswerEnd {
  readonly parts: readonly ChatPart[];
  readonly failure: RequestError | undefined;
}

/** Models that write in OpenAI's harmony format. */
const HARMONY = /gpt[-_]?oss/i;

/** Reads one answer from the bytes of its stream. */
export class StreamReader {
  readonly #options: StreamReaderOptions;
  readonly #events = new EventStream();
  readonly #text: AnswerText;
  readonly #calls: ToolCalls;
  readonly #details = new ReasoningDetails();
  #pieceCount = 0;
  #usage: ChatUsage | undefined;
  #reason: string | undefined;
  #hint: unknown;
  #failure: RequestError | undefined;
  #nothing = l10n.t('the answer is empty');
  #media: Media | undefined;
  #hasWords = false;
  #isBegun = false;
  /** Whether it speaks OpenAI's protocol, be it without an answer. */
  #hasChoices = false;
  #hasDelta = false;
  #isDocument = false;
  #isDone = false;

  constructor(options: StreamReaderOptions) {
    this.#options = options;
    const { mayBeginUnmarked = false, tools = [], model = '' } = options;
    this.#text = new AnswerText({ mayBeginUnmarked, tools, isOfHarmony: HARMONY.test(model) });
    const isTool = (name: string): boolean => tools.length === 0 || tools.some((tool) => tool.name === name);
    this.#calls = new ToolCalls(newCallId, isTool, (text) => this.#unusable(text));
  }

  /** Whether the server has said that the answer is done; what comes behind it takes nothing away. */
  get isWhole(): boolean {
    return this.#isDone || (this.#reason !== undefined && endingOf(this.#reason) !== 'failed');
  }

  /** Whether nothing more is to be read. */
  get isEnded(): boolean {
    return this.#isDone || this.#failure !== undefined;
  }

  /** How many pieces of the answer have come. Signs of life are none, be they comments, words or JSON. */
  get pieceCount(): number {
    return this.#pieceCount;
  }

  /** The parts that the next bytes bring, as far as it is certain what they are. */
  feed(bytes: Uint8Array): readonly ChatPart[] {
    this.#readAll(this.#events.feed(bytes));
    if (this.#events.held > MAX_BYTES) this.#fail(tooLarge(this.#options.host));
    return this.#text.given();
  }

  /**
   * What could only be told at the end: text that was held back, the calls in the order in which they began, the usage.
   */
  end(): AnswerEnd {
    const rest = this.#events.end();
    // What was cut off is no event.
    const isCut = rest.some(({ kind }) => kind === 'broken');
    this.#nothing = isCut ? l10n.t('the answer broke off') : this.#nothing;
    this.#readAll(rest.filter(({ kind }) => kind !== 'broken'));
    const text = this.#text.end();
    const calls = this.#readCalls();
    const usage = this.#usage ? [{ kind: 'usage', ...this.#usage } as const] : [];
    return { parts: [...text, ...calls, ...usage], failure: this.#failure ?? this.#failureAtEnd(calls.length > 0) };
  }

  #readAll(events: readonly StreamEvent[]): void {
    try {
      for (const event of events) {
        if (this.isEnded) return;
        this.#read(event);
      }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#fail(error);
    }
  }

  #read(event: StreamEvent): void {
    if (event.kind !== 'done') this.#nothing = l10n.t('it holds no answer');
    switch (event.kind) {
      case 'json':
        for (const chunk of Array.isArray(event.value) ? event.value : [event.value])
          this.#readChunk(chunk, event.name);
        return;
      case 'words':
        // Alone these are signs of life, unless no answer comes.
        if (event.name === 'error') this.#fail(this.#options.errorOf(event.words));
        else this.#hint = event.words;
        return;
      case 'broken':
        return this.#fail(this.#isBegun ? this.#unusable(BROKEN) : this.#unreadable(BROKEN));
      case 'done':
        this.#isDone = true;
    }
  }

  #readChunk(event: unknown, name: string): void {
    if (!isRecord(event)) return;
    const own = choicesOf(event);
    this.#hasChoices ||= event['choices'] !== undefined;
    const foreign = own.length === 0 ? foreignChunk(event) : undefined;
    const chunk = foreign ?? event;
    const choices = foreign ? choicesOf(foreign) : own;
    const error = this.isWhole ? undefined : errorIn(chunk, name, choices);
    // Groq counts in a member of its own, the others beside the choices or within one.
    for (const holder of [choices[0], chunk['x_groq'], chunk])
      this.#usage = readUsage(holder, this.#usage) ?? this.#usage;
    for (const choice of choices) this.#readChoice(readChoice(choice), chunk['object'] === 'chat.completion');
    if (error?.kind === 'hint') this.#hint = error.said;
    else if (error) this.#failure = this.#options.errorOf(error.said);
  }

  #readChoice({ pieces, toolCalls, media, holder, isMessage, reason }: Choice, isCompletion: boolean): void {
    const isWhole = isMessage && (isCompletion || this.#hasDelta);
    this.#isBegun = true;
    this.#pieceCount += 1;
    this.#media ??= media;
    this.#hasWords ||= pieces.length > 0;
    this.#isDocument ||= isCompletion;
    this.#hasDelta ||= !isMessage && pieces.length + toolCalls.length > 0;
    const calls = pieces.flatMap((piece) => (piece.kind === 'toolCall' ? [piece.call] : []));
    if (isWhole) this.#text.complete(pieces);
    else for (const piece of pieces) if (piece.kind !== 'toolCall') this.#text.feed(piece.kind, piece.text);
    if (!isWhole || this.#calls.isEmpty) for (const call of [...calls, ...toolCalls]) this.#calls.feed(call);
    this.#details.feed(holder, isWhole);
    this.#reason = reason ?? this.#reason;
  }

  /** An answer that has failed asks for nothing: its calls may be half of what was meant. */
  #readCalls(): readonly ChatPart[] {
    const ending = this.#ending();
    if (this.#failure || (ending !== 'whole' && ending !== 'cut')) return [];
    try {
      // Some servers send a call as one, and its text as well.
      if (this.#calls.isEmpty) for (const call of this.#text.calls) this.#calls.feed(call);
      const turnSignature = this.#details.signature;
      return this.#calls.whole(ending === 'cut').map((call, at) => {
        return { kind: 'toolCall', ...call, ...(at === 0 && turnSignature && { turnSignature }) };
      });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#failure = error;
      return [];
    }
  }

  /** What the answer loses here; a sound loses nothing where its words have come too. */
  get #unshown(): Media | undefined {
    return this.#media === 'sound' && this.#hasWords ? undefined : this.#media;
  }

  #ending(): ReturnType<typeof endingOf> | 'missing' {
    if (this.#reason !== undefined) return endingOf(this.#reason);
    return this.#isDone || this.#isDocument ? 'whole' : 'missing';
  }

  #failureAtEnd(hasCalls: boolean): RequestError | undefined {
    const said = this.#hint === undefined ? undefined : this.#options.errorOf(this.#hint);
    if (!this.#isBegun) {
      // An API's own words are JSON; others are those of whatever stands in its place.
      if (isRecord(this.#hint) && said) return said;
      const text = said?.details.text ?? this.#nothing;
      return this.#hasChoices ? this.#unusable(text) : this.#unreadable(text);
    }
    switch (this.#ending()) {
      case 'whole':
        return this.#unshown && this.#unusable(UNSHOWN[this.#unshown]);
      case 'missing':
        return said ?? this.#unusable(l10n.t('it broke off'));
      case 'cut':
        return hasCalls || this.#options.isLimitWanted
          ? undefined
          : this.#unusable(l10n.t('it was cut at its limit of tokens'));
      case 'filtered':
        return this.#unusable(l10n.t("the server's content filter held it back"));
      case 'failed':
        return this.#unusable(
          [
            l10n.t('it ended with "{reason}"', { reason: this.#options.wordsOf(this.#reason ?? '') }),
            said?.details.text,
          ]
            .filter(Boolean)
            .join(': '),
        );
    }
  }

  /** Behind the end of the answer, nothing is wrong with it any more. */
  #fail(error: RequestError): void {
    if (this.isWhole) this.#isDone = true;
    else this.#failure ??= error;
  }

  #unusable(text: string): RequestError {
    return new RequestError(this.#options.host, 'unusable', { text });
  }

  #unreadable(text: string): RequestError {
    return new RequestError(this.#options.host, 'unreadable', { text });
  }
}

/** What is lost of an answer is said behind its words. */
const UNSHOWN: Readonly<Record<Media, string>> = {
  picture: l10n.t('it holds a picture, and only text is shown here'),
  sound: l10n.t('it holds a sound, and only text is shown here'),
};
const BROKEN = l10n.t('an event of it is no JSON');
