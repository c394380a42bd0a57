import assert from 'node:assert/strict';

import type { ChatMessage } from '../../../src/core/chat/request';
import { withoutSignatures } from '../../../src/core/chat/signatures';

describe('messages without signatures', () => {
  it('say of the first call of each turn that it has none, as Gemini wants it', () => {
    const called = (id: string) => ({ id, name: 'f', input: { id } });
    const signed = (id: string) => ({
      ...called(id),
      signature: { extra_content: { google: { thought_signature: 'S' } } },
    });
    const user: ChatMessage = { role: 'user', content: [{ kind: 'text', text: 'Hi' }] };
    const result: ChatMessage = { role: 'tool', toolCallId: 'a', content: [] };
    const turn = { role: 'assistant', text: 'A', thinking: 'B' } as const;
    const none = { extra_content: { google: { thought_signature: 'skip_thought_signature_validator' } } };

    assert.deepEqual(
      withoutSignatures([
        user,
        { ...turn, signature: { reasoning_details: [] }, toolCalls: [signed('a'), signed('b')] },
        result,
        { ...turn, toolCalls: [called('c')] },
      ]),
      [
        user,
        { ...turn, signature: undefined, toolCalls: [{ ...called('a'), signature: none }, called('b')] },
        result,
        { ...turn, signature: undefined, toolCalls: [{ ...called('c'), signature: none }] },
      ],
    );
  });
});
