import type { AssistantMessage, ChatMessage, UserContent } from './request';

/** What a model reads in the place of a result that nobody has. */
const NO_RESULT: readonly UserContent[] = [{ kind: 'text', text: 'There is no result: the call was not carried out.' }];

type ToolMessage = Extract<ChatMessage, { readonly role: 'tool' }>;

/**
 * The conversation as every server takes it: one result for each call, directly behind the turn that makes the calls. A
 * call without a result gets one that says so, several results of one call are joined, and a result without a call
 * becomes a message of the user. A single mistake of this kind makes servers refuse the whole conversation.
 */
export function mendedHistory(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const results = new Map<AssistantMessage, Map<string, UserContent[]>>();
  const turns: AssistantMessage[] = [];
  const mended: ChatMessage[] = [];
  for (const message of messages) {
    if (message.role === 'assistant') turns.push(message);
    const owner = message.role === 'tool' ? turns.findLast((turn) => hasCall(turn, message)) : undefined;
    if (message.role === 'tool' && owner) {
      const ofTurn = results.get(owner) ?? new Map<string, UserContent[]>();
      ofTurn.set(message.toolCallId, [...(ofTurn.get(message.toolCallId) ?? []), ...message.content]);
      results.set(owner, ofTurn);
    } else if (message.role === 'tool') mended.push(asUser('Result of a tool', message.content));
    else mended.push(message);
  }
  return mended.flatMap((message): readonly ChatMessage[] => {
    if (message.role !== 'assistant') return [message];
    const answers = message.toolCalls.map(({ id }): ToolMessage => {
      return { role: 'tool', toolCallId: id, content: results.get(message)?.get(id) ?? NO_RESULT };
    });
    return [message, ...answers];
  });
}

/** The conversation in words alone, for a model that knows no tools. */
export function withoutTools(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message): ChatMessage => {
    if (message.role === 'tool') return asUser(`Result of the call ${message.toolCallId}`, message.content);
    if (message.role !== 'assistant' || message.toolCalls.length === 0) return message;
    const calls = message.toolCalls.map(({ id, name, input }) => `Call ${id}: ${name}(${JSON.stringify(input)})`);
    return { role: 'assistant', text: [message.text, ...calls].filter(Boolean).join('\n\n'), toolCalls: [] };
  });
}

function hasCall({ toolCalls }: AssistantMessage, { toolCallId }: ToolMessage): boolean {
  return toolCalls.some(({ id }) => id === toolCallId);
}

function asUser(what: string, content: readonly UserContent[]): ChatMessage {
  return { role: 'user', content: [{ kind: 'text', text: `${what}:` }, ...content] };
}
