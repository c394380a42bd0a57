import type { ChatPart, ChatUsage } from './parts';
import type { ChatRequest } from './request';
import { estimateRequestTokens, estimateTokens } from './tokens';

/** What a request has cost so far, in tokens. */
export interface Tally {
  take(part: ChatPart): void;
  /** The server's own count, else an estimate of what was seen; none where nothing of an answer has come. */
  readonly tokens: { readonly inputTokens?: number; readonly outputTokens?: number; readonly estimated: boolean };
}

/** Counts one request. */
export function createTally(request: ChatRequest): Tally {
  let usage: ChatUsage | undefined;
  let seen: string | undefined;
  return {
    take: (part) => {
      if (part.kind === 'usage') usage = part;
      else seen = (seen ?? '') + (part.kind === 'toolCall' ? part.name + JSON.stringify(part.input) : part.text);
    },
    get tokens() {
      if (usage) return { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, estimated: false };
      if (seen === undefined) return { estimated: true };
      return { inputTokens: estimateRequestTokens(request), outputTokens: estimateTokens(seen), estimated: true };
    },
  };
}
