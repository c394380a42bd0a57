import { createHash, randomBytes } from 'node:crypto';
import type { ChatMessage } from './request';

/** The longest id that OpenAI takes, in characters. */
const LONGEST = 40;
/** The only ids that Mistral's models take. */
const MISTRALS = /^[a-zA-Z0-9]{9}$/;
const LENGTH = 9;

/** An id for a call that has none: nine letters and digits, which every server takes. */
export function newCallId(): string {
  return written(BigInt(`0x${randomBytes(8).toString('hex')}`));
}

/**
 * The id that stands for a call's in a request and for whoever makes the call: the same for the same, and another one
 * only where it is longer than 40 characters. `strict`: nine letters and digits, as Mistral wants them.
 */
export function callId(id: string, strict: boolean = false): string {
  if (strict ? MISTRALS.test(id) : id.length <= LONGEST) return id;
  return written(createHash('sha256').update(id).digest().readBigUInt64BE());
}

/** The messages with ids that a server takes, the same in a call and its result. */
export function withCallIds(messages: readonly ChatMessage[], strict: boolean): readonly ChatMessage[] {
  return messages.map((message): ChatMessage => {
    if (message.role === 'tool') return { ...message, toolCallId: callId(message.toolCallId, strict) };
    if (message.role !== 'assistant') return message;
    return { ...message, toolCalls: message.toolCalls.map((call) => ({ ...call, id: callId(call.id, strict) })) };
  });
}

/** Begins with a letter of ours, so that no number is taken for it. */
function written(value: bigint): string {
  return `q${value
    .toString(36)
    .padStart(LENGTH, '0')
    .slice(-(LENGTH - 1))}`;
}
