import type { Signature, ToolCall } from './request';

/** What a server counted for one request, in tokens. */
export interface ChatUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /**
   * Those of the input that the server still knew, and of the output that were thought; absent where it does not say.
   */
  readonly cachedTokens?: number;
  readonly thinkingTokens?: number;
}

/** A call of a tool in an answer; the first one has what its server signed of the whole turn. */
type CallPart = { readonly kind: 'toolCall'; readonly turnSignature?: Signature } & ToolCall;

/** The model does not read images, and got a word in the place of each. */
export interface Unseen {
  readonly kind: 'unseen';
  /** Whether it was not asked: its entry, the catalogue or its server's list says so. */
  readonly isKnown?: true;
  /** The words of its refusal, where it was. */
  readonly said?: string;
}

/**
 * A piece of an answer, in the order in which they come. What was not seen comes first, calls come whole, and
 * after all text; usage comes last.
 */
export type ChatPart =
  | Unseen
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | CallPart
  | ({ readonly kind: 'usage' } & ChatUsage);
