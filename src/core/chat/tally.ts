import type { ChatPart, ChatUsage } from './parts';
import type { ChatRequest } from './request';

/** What a request has cost, in tokens; none are named where nothing of an answer has come. */
export interface Cost {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Whether they were counted here rather than by the server. */
  readonly estimated: boolean;
}

/** How much of an answer is counted at once: none is kept whole, for it may have no end. In characters. */
const PIECE = 64 * 1024;

/** Counts what one request costs: by the server's own count, else by an estimate of what was seen. */
export class Tally {
  readonly #count: (what: string | ChatRequest) => number;
  readonly #request: ChatRequest;
  #usage: ChatUsage | undefined;
  #seen: string | undefined;
  #counted = 0;

  /** `count` estimates what the server does not count. */
  constructor(count: (what: string | ChatRequest) => number, request: ChatRequest) {
    this.#count = count;
    this.#request = request;
  }

  /** The next part of the answer. */
  add(part: ChatPart): void {
    if (part.kind === 'unseen') return;
    if (part.kind === 'usage') this.#usage = part;
    else
      this.#seen = (this.#seen ?? '') + (part.kind === 'toolCall' ? part.name + JSON.stringify(part.input) : part.text);
    if (this.#seen === undefined || this.#seen.length < PIECE) return;
    this.#counted += this.#count(this.#seen);
    this.#seen = '';
  }

  /** What it has cost so far. */
  get cost(): Cost {
    if (this.#usage) {
      const { inputTokens, outputTokens } = this.#usage;
      return { inputTokens, outputTokens, estimated: false };
    }
    if (this.#seen === undefined) return { estimated: true };
    return {
      inputTokens: this.#count(this.#request),
      outputTokens: this.#counted + this.#count(this.#seen),
      estimated: true,
    };
  }
}
