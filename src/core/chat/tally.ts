import type { ChatPart, ChatUsage } from './parts';
import type { ChatRequest } from './request';

/** What a request has cost so far, in tokens. */
export interface Tally {
  add(part: ChatPart): void;
  /** The server's own count, else an estimate of what was seen; none where nothing of an answer has come. */
  readonly tokens: { readonly inputTokens?: number; readonly outputTokens?: number; readonly estimated: boolean };
}

/** How much of an answer is counted at once: none is kept whole, for it may have no end. In characters. */
const PIECE = 64 * 1024;

/** Counts one request; `count` estimates what the server does not count. */
export function createTally(count: (what: string | ChatRequest) => number, request: ChatRequest): Tally {
  let usage: ChatUsage | undefined;
  let seen: string | undefined;
  let counted = 0;
  return {
    add: (part) => {
      if (part.kind === 'usage') usage = part;
      else seen = (seen ?? '') + (part.kind === 'toolCall' ? part.name + JSON.stringify(part.input) : part.text);
      if (seen === undefined || seen.length < PIECE) return;
      counted += count(seen);
      seen = '';
    },
    get tokens() {
      if (usage) return { inputTokens: usage.inputTokens, outputTokens: usage.outputTokens, estimated: false };
      if (seen === undefined) return { estimated: true };
      return { inputTokens: count(request), outputTokens: counted + count(seen), estimated: true };
    },
  };
}
