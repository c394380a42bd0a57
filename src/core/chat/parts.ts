import type { Signature, ToolCall } from './request';

/** What a server counted for one request, in tokens. */
export interface ChatUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Those of the input that the server still knew, and of the output that were thought; absent where it does not say. */
  readonly cachedTokens?: number;
  readonly thinkingTokens?: number;
}

/** A call of a tool in an answer; the first one has what its server signed of the whole turn. */
export type CallPart = { readonly kind: 'toolCall'; readonly turnSignature?: Signature } & ToolCall;

/** A piece of an answer, in the order in which they come. Calls come whole, and after all text; usage comes last. */
export type ChatPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'thinking'; readonly text: string }
  | CallPart
  | ({ readonly kind: 'usage' } & ChatUsage);
