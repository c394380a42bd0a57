import type { ChatMessage, ToolCall } from './request';

/** What Gemini takes in the place of a signature that nobody has, as its documentation of thought signatures says. */
const NONE = { extra_content: { google: { thought_signature: 'skip_thought_signature_validator' } } };

/** The messages with nothing signed in them; the first call of each turn says that there is nothing to be had. */
export function withoutSignatures(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message): ChatMessage => {
    if (message.role !== 'assistant') return message;
    const toolCalls = message.toolCalls.map(({ id, name, input }, at): ToolCall => {
      return { id, name, input, ...(at === 0 && { signature: NONE }) };
    });
    return { ...message, signature: undefined, toolCalls };
  });
}
