import type { Json } from './chunk';
import type { ContentPiece } from './contentPieces';
import { HarmonyWords } from './harmonyWords';
import { LeakedCalls } from './leakedCalls';
import { NewText } from './newText';
import type { ChatPart } from './parts';
import type { Tool } from './request';
import { ThinkTags } from './thinkTags';

type Kind = 'text' | 'thinking';

/** What has to be known of an answer to read its text. */
interface AnswerTextOptions {
  /** What is said at first may be a thought that no tag opens. */
  readonly mayBeginUnmarked?: boolean;
  /** Tools whose calls may stand in the text. */
  readonly tools?: readonly Tool[];
  /** The model is of those that write in OpenAI's harmony format. */
  readonly isOfHarmony?: boolean;
}

/**
 * Text and thinking of one answer, in their order: those of one kind in a row are one part until they are asked for.
 */
export class AnswerText {
  readonly #said = new NewText();
  readonly #thought = new NewText();
  readonly #tags: ThinkTags;
  /** Undefined where no call can be meant: the model was offered none. */
  readonly #leaked: LeakedCalls | undefined;
  readonly #harmony: HarmonyWords | undefined;
  readonly #calls: Json[] = [];
  readonly #parts: { readonly kind: Kind; text: string }[] = [];
  #unread = '';
  #hasThought = false;
  /** What the server itself has called a thought, without what it has said again; undefined before there is any. */
  #ownThought: string | undefined;

  constructor({ mayBeginUnmarked = false, tools = [], isOfHarmony = false }: AnswerTextOptions = {}) {
    this.#tags = new ThinkTags((kind, text) => this.#giveRead(kind, text), mayBeginUnmarked);
    const target = {
      text: (text: string) => this.#give('text', text),
      call: (call: Json) => void this.#calls.push(call),
    };
    this.#leaked = tools.length > 0 ? new LeakedCalls(tools, target) : undefined;
    this.#harmony = isOfHarmony ? new HarmonyWords() : undefined;
  }

  /** The calls that stood in the text. */
  get calls(): readonly Json[] {
    return this.#calls;
  }

  /** The next piece; of one that says all again, what is new. */
  feed(kind: Kind, piece: string): void {
    if (kind === 'text') this.#unread += this.#said.feed(piece);
    else this.#think(this.#thought.feed(piece));
  }

  /** The whole once more behind the pieces, or in their place: what of it has not come yet. */
  complete(pieces: readonly ContentPiece[]): void {
    const whole = (kind: Kind): string => pieces.map((piece) => (piece.kind === kind ? piece.text : '')).join('');
    if (!this.#hasThought) this.#think(this.#thought.complete(whole('thinking')));
    this.#unread += this.#said.complete(whole('text'));
  }

  /** The parts that have come since they were last asked for, as far as it is certain what they are. */
  given(): readonly ChatPart[] {
    this.#readTags();
    return this.#parts.splice(0);
  }

  /** The last parts, with what was held back because more could have come. */
  end(): readonly ChatPart[] {
    this.#think(this.#thought.end());
    this.#unread += this.#said.end();
    this.#readTags();
    if (this.#harmony) this.#tags.feed(this.#harmony.end());
    this.#tags.end();
    this.#leaked?.end();
    return this.#parts.splice(0);
  }

  #readTags(): void {
    const text = this.#unread;
    this.#unread = '';
    if (text !== '') this.#tags.feed(this.#harmony ? this.#harmony.feed(text) : text);
  }

  /** What the server itself calls a thought. */
  #think(text: string): void {
    if (text === '') return;
    this.#readTags();
    this.#tags.noteThought();
    this.#ownThought = (this.#ownThought ?? '') + text;
    this.#leaked?.end();
    this.#give('thinking', text);
  }

  /** Some send a thought within tags that they have sent as one already. */
  #giveRead(kind: Kind, text: string): void {
    if (kind === 'text') return this.#leaked ? this.#leaked.feed(text) : this.#give(kind, text);
    if (this.#isRepeated(text)) return;
    this.#leaked?.end();
    this.#give(kind, text);
  }

  #isRepeated(text: string): boolean {
    if (this.#ownThought === undefined) return false;
    const [own, piece] = [this.#ownThought.trimStart(), text.trim()];
    const isSame = own.startsWith(piece);
    this.#ownThought = isSame ? own.slice(piece.length) : '';
    return isSame;
  }

  #give(kind: Kind, text: string): void {
    this.#hasThought ||= kind === 'thinking';
    const last = this.#parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.#parts.push({ kind, text });
  }
}
