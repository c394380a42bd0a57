import { isRecord, numberIn, stringIn } from '../base/json';
import type { Json } from './chunk';

/**
 * The chunk that an event of another API stands for, where a proxy or an address leads to one: Ollama's own,
 * Anthropic's, Gemini's own, OpenAI's Responses, Baidu's, Cloudflare's own. Undefined for any other object.
 */
export function foreignChunk(event: Json): Json | undefined {
  return (
    ofOllama(event) ??
    ofAnthropic(event) ??
    ofGemini(event) ??
    ofResponses(event) ??
    ofBaidu(event) ??
    ofCloudflare(event)
  );
}

function chunkOf(delta: Json, reason?: unknown, usage?: unknown): Json {
  return { choices: [{ delta, finish_reason: reason }], usage };
}

function whole(message: Json, reason: unknown, usage: unknown): Json {
  return { object: 'chat.completion', choices: [{ message, finish_reason: reason }], usage };
}

/** `/api/chat` and `/api/generate`: a message or a text on each line, the counts on the last. */
function ofOllama(event: Json): Json | undefined {
  const { message, response, done, done_reason: reason = 'stop' } = event;
  if (typeof done !== 'boolean' || !(isRecord(message) || typeof response === 'string')) return undefined;
  const usage = { prompt_tokens: event['prompt_eval_count'], completion_tokens: event['eval_count'] };
  const delta = isRecord(message) ? message : { content: response, thinking: event['thinking'] };
  return chunkOf(delta, done ? reason : null, usage);
}

/** `/v1/messages`: events of blocks, or one message. */
function ofAnthropic(event: Json): Json | undefined {
  const { type, index, delta, content_block: block, message, content, usage } = event;
  switch (type) {
    case 'message':
      return Array.isArray(content) ? whole({ content }, event['stop_reason'], usage) : undefined;
    case 'message_start':
      return isRecord(message) ? { choices: [], usage: message['usage'] } : undefined;
    case 'content_block_start':
      return isRecord(block)
        ? chunkOf(block['type'] === 'tool_use' ? callOf(index, block) : { content: [block] })
        : undefined;
    case 'content_block_delta':
      return isRecord(delta) ? chunkOf(blockDelta(index, delta)) : undefined;
    case 'message_delta':
      return isRecord(delta) ? chunkOf({}, delta['stop_reason'], usage) : undefined;
    default:
      return undefined;
  }
}

/** Of a block's beginning the input is empty: it comes in pieces. */
function callOf(index: unknown, { id, name }: Json): Json {
  return { tool_calls: [{ index, id, function: { name } }] };
}

function blockDelta(index: unknown, { text, thinking, partial_json: json }: Json): Json {
  if (json !== undefined) return { tool_calls: [{ index, function: { arguments: json } }] };
  return { content: text, reasoning_content: thinking };
}

/** `:streamGenerateContent`: parts of candidates. */
function ofGemini(event: Json): Json | undefined {
  const { candidates, promptFeedback: feedback, usageMetadata: counts } = event;
  const usage = {
    prompt_tokens: numberIn(counts, 'promptTokenCount'),
    completion_tokens: numberIn(counts, 'candidatesTokenCount'),
  };
  if (isRecord(feedback) && stringIn(feedback, 'blockReason')) return chunkOf({}, 'content_filter', usage);
  const first: unknown = Array.isArray(candidates) ? candidates[0] : undefined;
  if (!isRecord(first)) return undefined;
  const content = isRecord(first['content']) ? first['content']['parts'] : undefined;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  const said = parts.filter(isRecord).filter(({ text }) => text !== undefined);
  const calls = parts.filter(isRecord).map(({ functionCall: call }) => call);
  return chunkOf(
    {
      content: said.map(({ text, thought }) => ({ type: thought === true ? 'thinking' : 'text', text })),
      tool_calls: calls.filter(isRecord).map(({ id, name, args }) => ({ id, function: { name, arguments: args } })),
    },
    first['finishReason'],
    usage,
  );
}

/** `/v1/responses`: events of items, or one response. */
function ofResponses(event: Json): Json | undefined {
  const { type, delta, item, response, object } = event;
  if (object === 'response' && Array.isArray(event['output'])) return ofResponse(event);
  const name = typeof type === 'string' && type.startsWith('response.') ? type.slice('response.'.length) : '';
  if (/^(?:output_text|refusal)\.delta$/.test(name)) return chunkOf({ content: delta });
  if (/^reasoning(?:_summary)?_text\.delta$/.test(name)) return chunkOf({ reasoning_content: delta });
  if (name === 'output_item.done' && isRecord(item) && item['type'] === 'function_call')
    return chunkOf({ tool_calls: [calledBy(item)] });
  if (!isRecord(response) || !/^(?:completed|incomplete|failed)$/.test(name)) return undefined;
  return name === 'failed' ? { error: response['error'] } : chunkOf({}, reasonOf(response), response['usage']);
}

function ofResponse(response: Json): Json {
  const { output, usage } = response;
  const items = (Array.isArray(output) ? output : []).filter(isRecord);
  const said = items.filter(({ type }) => type === 'message').flatMap(({ content }) => content);
  const calls = items.filter(({ type }) => type === 'function_call').map(calledBy);
  return whole({ content: said, tool_calls: calls }, reasonOf(response), usage);
}

function calledBy({ call_id: id, name, arguments: input }: Json): Json {
  return { id, function: { name, arguments: input } };
}

function reasonOf({ status, incomplete_details: details }: Json): string {
  return status === 'incomplete' ? (stringIn(details, 'reason') ?? 'length') : 'stop';
}

/** The older API of Baidu's: a text in `result`, and whether it is the last. */
function ofBaidu({ result, is_end: isEnd, usage }: Json): Json | undefined {
  if (typeof result !== 'string' || typeof isEnd !== 'boolean') return undefined;
  return chunkOf({ content: result }, isEnd ? 'stop' : null, usage);
}

/** Workers AI: a text in `response` and perhaps calls, of a stream by themselves, else in `result`. */
function ofCloudflare(event: Json): Json | undefined {
  const { result } = event;
  const { response, tool_calls: calls, usage } = isRecord(result) ? result : event;
  if (typeof response !== 'string' && !(response === null && Array.isArray(calls))) return undefined;
  const message = { content: response, tool_calls: calls };
  return isRecord(result) ? whole(message, 'stop', usage) : chunkOf(message, null, usage);
}
