import type { ContentPiece } from './contentPieces';
import { NewText } from './newText';
import type { ChatPart } from './parts';
import { ThinkTags } from './thinkTags';

type Kind = 'text' | 'thinking';

/** Text and thinking of one answer, in their order: those of one kind in a row are one part until they are asked for. */
export class AnswerText {
  readonly #said = new NewText();
  readonly #thought = new NewText();
  readonly #tags: ThinkTags;
  readonly #parts: { readonly kind: Kind; text: string }[] = [];
  #unread = '';
  #hasThought = false;
  /** What the server itself has called a thought, without what it has said again; undefined before there is any. */
  #ownThought: string | undefined;

  /** `mayBeginUnmarked`: what is said at first may be a thought that no tag opens. */
  constructor(mayBeginUnmarked: boolean) {
    this.#tags = new ThinkTags((kind, text) => this.#giveRead(kind, text), mayBeginUnmarked);
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
    this.#tags.end();
    return this.#parts.splice(0);
  }

  #readTags(): void {
    const text = this.#unread;
    this.#unread = '';
    if (text !== '') this.#tags.feed(text);
  }

  /** What the server itself calls a thought. */
  #think(text: string): void {
    if (text === '') return;
    this.#readTags();
    this.#tags.noteThought();
    this.#ownThought = (this.#ownThought ?? '') + text;
    this.#give('thinking', text);
  }

  /** Some send a thought within tags that they have sent as one already. */
  #giveRead(kind: Kind, text: string): void {
    if (kind === 'thinking' && this.#isRepeated(text)) return;
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
