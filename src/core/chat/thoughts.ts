import type { ChatPart } from './parts';
import type { ChatMessage, ChatRequest } from './request';

/** What models thought before they asked for tools, which some want back with the tools' results. */
export interface Thoughts {
  /** Begins to listen to an answer. */
  listen(): (part: ChatPart) => void;
  /** The request with the thoughts that whoever makes it did not keep. */
  recall(request: ChatRequest): ChatRequest;
}

/** How many characters are remembered, over all conversations. */
const MOST = 4 * 1024 * 1024;

/** Remembers thoughts by the ids of the calls that they led to, the latest of them, for as long as this lives. */
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
  const recalled = (message: ChatMessage): ChatMessage => {
    if (message.role !== 'assistant' || message.thinking !== undefined) return message;
    const thinking = message.toolCalls.map(({ id }) => known.get(id)).find((thought) => thought !== undefined);
    return thinking === undefined ? message : { ...message, thinking };
  };
  return {
    listen: () => {
      let thought = '';
      return (part) => {
        // One without end takes the place of no other.
        if (part.kind === 'thinking' && thought.length <= MOST) thought += part.text;
        if (part.kind === 'toolCall' && thought && thought.length <= MOST) remember(part.id, thought);
      };
    },
    recall: (request) => ({ ...request, messages: request.messages.map(recalled) }),
  };
}
