// The two forms of a chat completion on the wire: one JSON document, or server-sent events.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Completion, ToolCall } from './completion';
import { replyJson } from './http';

/** Answers in one document. */
export function replyCompletion(completion: Completion, response: ServerResponse) {
  const { id, created, model, reasoning, content, toolCall, finishReason, usage } = completion;
  const message = {
    role: 'assistant',
    content: toolCall ? null : content.join(''),
    ...(reasoning.length > 0 ? { reasoning_content: reasoning.join('') } : {}),
    ...(toolCall ? { tool_calls: [toolCallMember(toolCall)] } : {}),
  };
  const choices = [{ index: 0, message, finish_reason: finishReason, logprobs: null }];
  replyJson(response, 200, { id, object: 'chat.completion', created, model, choices, usage });
}

/** Answers chunk by chunk, `gap` milliseconds apart, until the end or until the client has gone. */
export async function streamCompletion(
  completion: Completion,
  response: ServerResponse,
  { gap, includeUsage }: { gap: number; includeUsage: boolean },
) {
  const { id, created, model, finishReason, usage } = completion;
  const chunk = (choices: readonly object[], used: object | null = null) =>
    JSON.stringify({
      id,
      object: 'chat.completion.chunk',
      created,
      model,
      choices,
      ...(includeUsage ? { usage: used } : {}),
    });
  const events = [
    ...deltas(completion).map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: finishReason }]),
    ...(includeUsage ? [chunk([], usage)] : []),
    '[DONE]',
  ];

  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache' });
  for (const event of events) {
    if (response.destroyed) return;
    response.write(`data: ${event}\n\n`);
    await sleep(gap);
  }
  response.end();
}

function deltas({ reasoning, content, toolCall }: Completion): object[] {
  return [
    { role: 'assistant', content: '' },
    ...reasoning.map((piece) => ({ reasoning_content: piece })),
    ...content.map((piece) => ({ content: piece })),
    ...(toolCall ? toolCallDeltas(toolCall) : []),
  ];
}

/** First the name, then the arguments cut without regard to JSON, as models do. */
function toolCallDeltas(call: ToolCall): object[] {
  const cuts = call.arguments.match(/[^]{1,12}/g) ?? [];
  return [
    { tool_calls: [{ index: 0, ...toolCallMember({ ...call, arguments: '' }) }] },
    ...cuts.map((piece) => ({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
  ];
}

function toolCallMember({ id, name, arguments: json }: ToolCall) {
  return { id, type: 'function', function: { name, arguments: json } };
}
