/** A message as it is sent. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | readonly object[];
  readonly tool_calls?: readonly object[];
  readonly tool_call_id?: string;
}

/** What stands where a server wants to hear somebody who has said nothing. */
const USER: Message = { role: 'user', content: 'Go on.' };
const ASSISTANT: Message = { role: 'assistant', content: 'I see.' };

/**
 * The messages in turns, for templates that accept nothing else: the user begins and also has the last word, messages
 * of one role in a row become one, and the model speaks after the results of tools.
 */
export function inTurns(messages: readonly Message[]): readonly Message[] {
  const turns: Message[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    const isFirst = last === undefined || last.role === 'system';
    if (isFirst && message.role === 'assistant') turns.push(USER);
    if (last?.role === 'tool' && message.role === 'user') turns.push(ASSISTANT);
    const goesOn = last?.role === message.role && message.role !== 'tool' && !last.tool_calls;
    if (last && goesOn) turns.splice(-1, 1, { ...message, content: joined(last.content, message.content) });
    else turns.push(message);
  }
  const isAsked = ['user', 'tool'].includes(turns.at(-1)?.role ?? '');
  return isAsked ? turns : [...turns, USER];
}

/** The messages with the system's words before the user's first, for models that know no system. */
export function withoutSystem(messages: readonly Message[]): readonly Message[] {
  const [system, ...others] = messages;
  if (system?.role !== 'system') return messages;
  const [first, ...rest] = others;
  return first?.role === 'user'
    ? [{ ...first, content: joined(system.content, first.content) }, ...rest]
    : [{ ...system, role: 'user' }, ...others];
}

function joined(one: Message['content'], other: Message['content']): Message['content'] {
  if (typeof one === 'string' && typeof other === 'string') return [one, other].filter(Boolean).join('\n\n');
  return [...partsOf(one), ...partsOf(other)];
}

function partsOf(content: Message['content']): readonly object[] {
  if (typeof content !== 'string') return content;
  return content === '' ? [] : [{ type: 'text', text: content }];
}
