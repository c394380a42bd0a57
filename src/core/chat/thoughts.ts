import { createHash } from 'node:crypto';
import type { ChatPart } from './parts';
import type { AssistantMessage, ChatMessage, ChatRequest, Signature, ToolCall } from './request';

/** What is remembered of a call: the thought before it, and what its server has signed of it and of the whole turn. */
interface Memory {
  readonly thinking?: string;
  readonly signature?: Signature;
  readonly turnSignature?: Signature;
}

/** How many characters are remembered, over all conversations. */
const MOST = 4 * 1024 * 1024;

/**
 * What models thought before they asked for tools, and what their servers signed of it: some want both back with the
 * tools' results, and VS Code gives back neither. The latest are remembered, by their calls, for as long as this lives.
 */
export class Thoughts {
  readonly #known = new Map<string, Memory>();
  #length = 0;

  /** Begins to listen to an answer; `whose` tells the models, and those who ask them, apart. */
  listen(whose: string): (part: ChatPart) => void {
    let thinking = '';
    let turnSignature: Signature | undefined;
    return (part) => {
      // One without end takes the place of no other.
      if (part.kind === 'thinking' && thinking.length <= MOST) thinking += part.text;
      if (part.kind !== 'toolCall') return;
      turnSignature ??= part.turnSignature;
      this.#remember(keyOf(whose, part), {
        ...(thinking && thinking.length <= MOST && { thinking }),
        ...(part.signature && { signature: part.signature }),
        ...(turnSignature && { turnSignature }),
      });
    };
  }

  /** The request with what whoever makes it did not keep of these thoughts, and nobody else's. */
  recall(request: ChatRequest, whose: string): ChatRequest {
    if (this.#known.size === 0) return request;
    const messages = request.messages.map((message) => this.#recalled(message, whose));
    return { ...request, messages };
  }

  #recalled(message: ChatMessage, whose: string): ChatMessage {
    if (message.role !== 'assistant') return message;
    const memories = message.toolCalls.map((call) => this.#known.get(keyOf(whose, call)));
    const thinking = message.thinking ?? memories.find((memory) => memory?.thinking !== undefined)?.thinking;
    const signature = memories.find((memory) => memory?.turnSignature)?.turnSignature;
    const recalled: AssistantMessage = {
      ...message,
      ...(thinking !== undefined && { thinking }),
      ...(signature && { signature }),
      toolCalls: message.toolCalls.map((call, at) => {
        const signed = memories[at]?.signature;
        return signed ? { ...call, signature: signed } : call;
      }),
    };
    return recalled;
  }

  #remember(key: string, memory: Memory): void {
    this.#forget(key);
    const length = lengthOf(memory);
    if (length === 0 || length > MOST) return;
    this.#known.set(key, memory);
    this.#length += length;
    for (const oldest of this.#known.keys()) {
      if (this.#length <= MOST) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const memory = this.#known.get(key);
    this.#length -= memory ? lengthOf(memory) : 0;
    this.#known.delete(key);
  }
}

function lengthOf({ thinking = '', ...signatures }: Memory): number {
  const signed = Object.values(signatures);
  return thinking.length + (signed.length > 0 ? JSON.stringify(signed).length : 0);
}

/** Some servers number the calls of each answer from 0, so that an id alone is that of many. */
function keyOf(whose: string, { id, name, input }: ToolCall): string {
  return createHash('sha256')
    .update(JSON.stringify([whose, id, name, input]))
    .digest('base64');
}
