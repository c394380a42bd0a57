import { RequestError } from '../base/errors';
import { isRecord, numberIn, stringIn } from '../base/json';
import type { ChatPart, ChatUsage } from './parts';
import { createThinkTag } from './thinkTag';
import { createToolCalls } from './toolCalls';

/** One answer, put together from the chunks of its stream. */
export interface StreamReader {
  /** Whether a piece of an answer has come, and whether the model has said that it is done. */
  readonly begun: boolean;
  readonly finished: boolean;
  /** The parts that a chunk brings. A chunk of another shape brings none. Throws `RequestError` beyond all measure. */
  feed(chunk: unknown): readonly ChatPart[];
  /**
   * What could only be told at the end: the calls in the order in which they began, and the usage. Throws `RequestError`
   * where the answer has no end, was held back, or a call in it makes no sense.
   */
  end(): readonly ChatPart[];
}

/** Begins an answer of `host`. `newId` names the calls that the server gives no id. */
export function createStreamReader(host: string, newId: () => string): StreamReader {
  const unusable = (text: string): RequestError => new RequestError(host, 'unusable', { text });
  const calls = createToolCalls(newId, unusable);
  const tag = createThinkTag();
  let begun = false;
  let reason: string | undefined;
  let usage: ChatUsage | undefined;

  return {
    get begun() {
      return begun;
    },
    get finished() {
      return reason !== undefined;
    },
    feed: (chunk) => {
      const choices = isRecord(chunk) ? chunk['choices'] : undefined;
      const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
      const delta = isRecord(choice) ? choice['delta'] : undefined;
      begun ||= isRecord(delta);
      usage = readUsage(chunk) ?? readUsage(choice) ?? usage;
      const pieces = isRecord(delta) ? delta['tool_calls'] : undefined;
      if (Array.isArray(pieces)) pieces.forEach((piece) => calls.feed(piece));
      const said = stringIn(choice, 'finish_reason');
      if (said !== 'null') reason = said ?? reason;
      // Some send the same thought under both names.
      const thinking = stringIn(delta, 'reasoning_content') ?? stringIn(delta, 'reasoning');
      const text = stringIn(delta, 'content') ?? stringIn(delta, 'refusal');
      return [
        ...(thinking === undefined ? [] : [{ kind: 'thinking', text: thinking } as const]),
        ...(text === undefined ? [] : tag.feed(text)),
      ];
    },
    end: () => {
      if (!begun) throw new RequestError(host, 'unreadable', { text: 'the answer broke off' });
      if (reason === undefined) throw unusable('it broke off');
      if (reason === 'content_filter') throw unusable("the server's content filter held it back");
      return [
        ...tag.rest(),
        ...calls.whole(reason === 'length'),
        ...(usage ? [{ kind: 'usage', ...usage } as const] : []),
      ];
    },
  };
}

/** The counts of the last chunk that has any hold for the whole answer. */
function readUsage(holder: unknown): ChatUsage | undefined {
  const usage = isRecord(holder) ? holder['usage'] : undefined;
  const inputTokens = numberIn(usage, 'prompt_tokens');
  const outputTokens = numberIn(usage, 'completion_tokens');
  if (inputTokens === undefined && outputTokens === undefined) return undefined;
  const detail = (name: string, member: string): number | undefined =>
    isRecord(usage) ? numberIn(usage[name], member) : undefined;
  const cachedTokens = detail('prompt_tokens_details', 'cached_tokens') ?? numberIn(usage, 'prompt_cache_hit_tokens');
  const thinkingTokens = detail('completion_tokens_details', 'reasoning_tokens');
  return {
    inputTokens: inputTokens ?? 0,
    outputTokens: outputTokens ?? 0,
    ...(cachedTokens !== undefined && { cachedTokens }),
    ...(thinkingTokens !== undefined && { thinkingTokens }),
  };
}
