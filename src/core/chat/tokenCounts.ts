import { type ModelIdentity, modelKey } from '../providers/model';
import type { ChatMessage, ChatRequest } from './request';
import { estimateRequestTokens, estimateTokens } from './tokenEstimate';
import { hasImages } from './unseenImages';

/** A request of fewer tokens than this says little: what the server adds of its own weighs too much. */
const SMALL = 200;
/** No tokenizer is further off than this; what is has other reasons, such as a prompt that the server cuts. */
const BOUNDS = { least: 0.6, most: 2 };

/** How many tokens things are for a model: an estimate, which gets better with each answer of its server. */
export class TokenCounts {
  readonly #ratios = new Map<string, number>();

  /** The tokens of a text, a message or a request, about. */
  count(model: ModelIdentity, what: string | ChatMessage | ChatRequest): number {
    return Math.ceil(estimate(what) * (this.#ratios.get(modelKey(model)) ?? 1));
  }

  /** Takes note of what a server has counted for a request. */
  learn(model: ModelIdentity, request: ChatRequest, inputTokens: number): void {
    const estimated = estimateRequestTokens(request);
    // What an image costs depends on its size, and tells nothing of texts.
    if (estimated < SMALL || inputTokens <= 0 || hasImages(request.messages)) return;
    const ratio = Math.min(Math.max(inputTokens / estimated, BOUNDS.least), BOUNDS.most);
    const before = this.#ratios.get(modelKey(model)) ?? 1;
    // More is believed at once, and less little by little: who counts too few is refused by the server.
    this.#ratios.set(modelKey(model), ratio > before ? ratio : before + (ratio - before) / 4);
  }
}

function estimate(what: string | ChatMessage | ChatRequest): number {
  if (typeof what === 'string') return estimateTokens(what);
  return estimateRequestTokens('messages' in what ? what : { messages: [what] });
}
