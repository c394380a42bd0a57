import assert from 'node:assert/strict';

import type { AssistantMessage } from '../../../src/core/chat/request';
import { Thoughts } from '../../../src/core/chat/thoughts';

const US = 'https://models.example.com/v1\nqwen3\nacme.ai';

describe('thoughts before a call', () => {
  const asked = (...ids: readonly string[]): AssistantMessage => ({
    role: 'assistant',
    text: '',
    toolCalls: ids.map((id) => ({ id, name: 'f', input: {} })),
  });
  const think = (thoughts: Thoughts, thought: string, ...ids: readonly string[]): void => {
    const listen = thoughts.listen(US);
    for (const text of [thought.slice(0, 3), thought.slice(3)]) listen({ kind: 'thinking', text });
    for (const id of ids) listen({ kind: 'toolCall', id, name: 'f', input: {} });
  };
  const recalled = (thoughts: Thoughts, message: AssistantMessage) =>
    thoughts.recall({ messages: [message] }, US).messages;

  it('are put back where whoever asks did not keep them', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'I need two files.', 'a', 'b');

    assert.deepEqual(recalled(thoughts, asked('b', 'a')), [{ ...asked('b', 'a'), thinking: 'I need two files.' }]);
  });

  it('are left as they are where they were kept, and where none are known', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Mine.', 'a');

    for (const message of [{ ...asked('a'), thinking: 'Yours.' }, asked('b'), asked()])
      assert.deepEqual(recalled(thoughts, message), [message]);
  });

  it('are told to nobody else, though a call has the same id', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Ours alone.', 'functions.f:0');
    const request = { messages: [asked('functions.f:0')] };
    const other: AssistantMessage = { ...asked(), toolCalls: [{ id: 'functions.f:0', name: 'f', input: { at: 1 } }] };

    assert.deepEqual(thoughts.recall(request, `${US}.other`), request);
    assert.deepEqual(recalled(thoughts, other), [other]);
  });

  it('of two answers side by side stay apart', () => {
    const thoughts = new Thoughts();
    const [one, other] = [thoughts.listen(US), thoughts.listen(US)];
    one({ kind: 'thinking', text: 'one' });
    other({ kind: 'thinking', text: 'other' });
    one({ kind: 'toolCall', id: 'a', name: 'f', input: {} });

    assert.deepEqual(recalled(thoughts, asked('a')), [{ ...asked('a'), thinking: 'one' }]);
  });

  it('without end are not remembered, and cost no other its place', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Mine.', 'a');
    const listen = thoughts.listen(US);
    for (let mib = 0; mib < 5; mib += 1) listen({ kind: 'thinking', text: 'x'.repeat(1024 * 1024) });
    listen({ kind: 'toolCall', id: 'b', name: 'f', input: {} });

    assert.deepEqual(recalled(thoughts, asked('b')), [asked('b')]);
    assert.deepEqual(recalled(thoughts, asked('a')), [{ ...asked('a'), thinking: 'Mine.' }]);
  });

  it('are forgotten, the oldest first, when they are too many', () => {
    const thoughts = new Thoughts();
    const long = 'x'.repeat(1024 * 1024);
    for (const id of ['a', 'b', 'c', 'd', 'e']) think(thoughts, long, id);

    assert.deepEqual(recalled(thoughts, asked('a')), [asked('a')]);
    assert.deepEqual(recalled(thoughts, asked('b')), [{ ...asked('b'), thinking: long }]);
  });

  it('are put back beside a call of which nothing is known, and in their own turn alone', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Mine.', 'a');
    const user = { role: 'user', content: [] } as const;
    const messages = [user, asked('x', 'a'), { role: 'tool', toolCallId: 'a', content: [] } as const, asked('x')];

    assert.deepEqual(
      thoughts.recall({ messages }, US).messages,
      messages.map((message, at) => (at === 1 ? { ...message, thinking: 'Mine.' } : message)),
    );
  });

  it('are not remembered where there are none', () => {
    const thoughts = new Thoughts();
    think(thoughts, '', 'a');
    const request = { messages: [asked('a')] };

    assert.equal(thoughts.recall(request, US), request);
  });

  it('of one call cost no other its place, however often it comes', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Mine.', 'a');
    for (let times = 0; times < 10; times += 1) think(thoughts, 'x'.repeat(1024 * 1024), 'b');

    assert.deepEqual(recalled(thoughts, asked('a')), [{ ...asked('a'), thinking: 'Mine.' }]);
  });

  it('without end leave what their servers signed, unless that has no end itself', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Mine.', 'a');
    const [small, large] = [{ extra_content: 'S' }, { extra_content: 'x'.repeat(5 * 1024 * 1024) }];
    const listen = thoughts.listen(US);
    for (let mib = 0; mib < 5; mib += 1) listen({ kind: 'thinking', text: 'x'.repeat(1024 * 1024) });
    listen({ kind: 'toolCall', id: 'b', name: 'f', input: {}, signature: small });
    listen({ kind: 'toolCall', id: 'c', name: 'f', input: {}, signature: large });

    const [b] = asked('b').toolCalls;
    assert.deepEqual(recalled(thoughts, asked('b')), [{ ...asked(), toolCalls: [{ ...b, signature: small }] }]);
    assert.deepEqual(recalled(thoughts, asked('c')), [asked('c')]);
    assert.deepEqual(recalled(thoughts, asked('a')), [{ ...asked('a'), thinking: 'Mine.' }]);
  });

  it('are forgotten where what was signed of them is too much', () => {
    const thoughts = new Thoughts();
    think(thoughts, 'Mine.', 'a');
    const signature = { extra_content: 'x'.repeat(1024 * 1024) };
    for (const id of ['b', 'c', 'd', 'e'])
      thoughts.listen(US)({ kind: 'toolCall', id, name: 'f', input: {}, signature });

    assert.deepEqual(recalled(thoughts, asked('a')), [asked('a')]);
  });

  it('come back as their servers signed them, with the call and with its turn', () => {
    const thoughts = new Thoughts();
    const listen = thoughts.listen(US);
    const [signature, turnSignature] = [{ extra_content: 'G' }, { reasoning_details: ['R'] }];
    listen({ kind: 'toolCall', id: 'a', name: 'f', input: {}, signature, turnSignature });
    listen({ kind: 'toolCall', id: 'b', name: 'f', input: {} });

    const [a, b] = asked('a', 'b').toolCalls;
    assert.deepEqual(recalled(thoughts, asked('a', 'b')), [
      { ...asked(), signature: turnSignature, toolCalls: [{ ...a, signature }, b] },
    ]);
    assert.deepEqual(recalled(thoughts, asked('b')), [{ ...asked('b'), signature: turnSignature }]);
  });
});
