import { createHash } from 'node:crypto';
import type { ChatPart } from './parts';
import type { ChatMessage, ChatRequest, ToolCall } from './request';

/** What models thought before they asked for tools, which some want back with the tools' results. */
export interface Thoughts {
  /** Begins to listen to an answer; `whose` tells the models, and those who ask them, apart. */
  listen(whose: string): (part: ChatPart) => void;
  /** The request with the thoughts that whoever makes it did not keep, and nobody else's. */
  recall(request: ChatRequest, whose: string): ChatRequest;
}

/** How many characters are remembered, over all conversations. */
const MOST = 4 * 1024 * 1024;

/** Remembers thoughts by the calls that they led to, the latest of them, for as long as this lives. */
export function createThoughts(): Thoughts {
  const known = new Map<string, string>();
  let length = 0;
  const forget = (id: string): void => {
    length -= known.get(id)?.length ?? 0;
    known.delete(id);
  };
  const remember = (id: string, thought: string): void => {
    forget(id);
    known.set(id, thought);
    length += thought.length;
    for (const oldest of known.keys()) {
      if (length <= MOST) break;
      forget(oldest);
    }
  };
  const recalled = (message: ChatMessage, whose: string): ChatMessage => {
    if (known.size === 0 || message.role !== 'assistant' || message.thinking !== undefined) return message;
    const thinking = message.toolCalls
      .map((call) => known.get(keyOf(whose, call)))
      .find((thought) => thought !== undefined);
    return thinking === undefined ? message : { ...message, thinking };
  };
  return {
    listen: (whose) => {
      let thought = '';
      return (part) => {
        // One without end takes the place of no other.
        if (part.kind === 'thinking' && thought.length <= MOST) thought += part.text;
        if (part.kind === 'toolCall' && thought && thought.length <= MOST) remember(keyOf(whose, part), thought);
      };
    },
    recall: (request, whose) => ({
      ...request,
      messages: request.messages.map((message) => recalled(message, whose)),
    }),
  };
}

/** Some servers number the calls of each answer from 0, so that an id alone is that of many. */
function keyOf(whose: string, { id, name, input }: ToolCall): string {
  return createHash('sha256')
    .update(JSON.stringify([whose, id, name, input]))
    .digest('base64');
}
