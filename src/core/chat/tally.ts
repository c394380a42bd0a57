import type { ChatPart, ChatUsage } from './parts';
import type { ChatRequest } from './request';

/** What a request has cost so far, in tokens. */
export interface Tally {
  take(part: ChatPart): void;
  /** The server's own count, else an estimate of what was seen; none where nothing of an answer has come. */
  readonly tokens: { readonly inputTokens?: number; readonly outputTokens?: number; readonly estimated: boolean };
}

/** Counts one request; `count` estimates what the server does not count. */
export function createTally(count: (what: string | ChatRequest) => number, request: ChatRequest): Tally {
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
      return { inputTokens: count(request), outputTokens: count(seen), estimated: true };
    },
  };
}
