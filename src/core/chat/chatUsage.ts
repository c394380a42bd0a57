import { isRecord, numberIn } from '../base/json';
import type { ChatUsage } from './parts';

/** The counts in the `usage` of a chunk or a choice, where it has any; what one does not say is as it was `before`. */
export function readUsage(holder: unknown, before?: ChatUsage): ChatUsage | undefined {
  const usage = isRecord(holder) ? holder['usage'] : undefined;
  const inputTokens = numberIn(usage, 'prompt_tokens') ?? numberIn(usage, 'input_tokens');
  const outputTokens = numberIn(usage, 'completion_tokens') ?? numberIn(usage, 'output_tokens');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const detail = (name: string, member: string): number | undefined =>
    isRecord(usage) ? numberIn(usage[name], member) : undefined;
  // Some gateways count nothing once more behind what they have counted.
  if (before && !inputTokens && !outputTokens && before.inputTokens + before.outputTokens > 0) return before;
  const cachedTokens =
    detail('prompt_tokens_details', 'cached_tokens') ??
    detail('input_tokens_details', 'cached_tokens') ??
    numberIn(usage, 'prompt_cache_hit_tokens') ??
    numberIn(usage, 'cached_tokens');
  const thinkingTokens =
    detail('completion_tokens_details', 'reasoning_tokens') ?? detail('output_tokens_details', 'reasoning_tokens');
  return {
    inputTokens: inputTokens ?? before?.inputTokens ?? 0,
    outputTokens: outputTokens ?? before?.outputTokens ?? 0,
    ...(cachedTokens !== undefined && { cachedTokens }),
    ...(thinkingTokens !== undefined && { thinkingTokens }),
  };
}
