import assert from 'node:assert/strict';

import { choicesOf, readChoice } from '../../../src/core/chat/chunk';

describe('the choices of a chunk', () => {
  const [A, B, C] = [{ index: 0, a: 1 }, { index: 1 }, { index: 0, c: 1 }];

  for (const [chunk, choices] of [
    [{ choices: [A] }, [A]],
    [{ choices: [A, C] }, [A, C]],
    [{ choices: [B, A, C] }, [B]],
    [{ choices: [A, 'x', null] }, [A]],
    [{ choices: A }, [A]],
    [{ output: { choices: [A] } }, [A]],
    [{ data: { choices: [A] } }, [A]],
    [{ result: { choices: [A] } }, [A]],
    [{ response: { choices: [A] } }, [A]],
    [{ choices: [], data: { choices: [A] } }, []],
    [{ choices: null, data: { choices: [A] } }, [A]],
    [{ other: { choices: [A] } }, []],
    [{ choices: ['x'] }, []],
    [{}, []],
  ] as const) {
    it(`are ${JSON.stringify(choices)} of ${JSON.stringify(chunk)}`, () => {
      assert.deepEqual(choicesOf(chunk), choices);
    });
  }
});

describe('a choice', () => {
  const text = (choice: object): string =>
    readChoice({ ...choice })
      .pieces.map((piece) => (piece.kind === 'toolCall' ? 'call' : `${piece.kind}:${piece.text}`))
      .join(' ');

  for (const [choice, pieces, isMessage] of [
    [{ delta: { content: 'a' } }, 'text:a', false],
    [{ delta: 'a' }, 'text:a', false],
    [{ message: { content: 'a' } }, 'text:a', true],
    [{ message: 'a' }, 'text:a', true],
    [{ delta: { role: 'assistant', content: '', refusal: null }, message: { content: 'a' } }, 'text:a', true],
    [{ delta: { content: 'b' }, message: { content: 'a' } }, 'text:b', false],
    [{ delta: { tool_calls: [] }, message: { content: 'a' } }, '', false],
    [{ delta: null, message: { content: 'a' } }, 'text:a', true],
    [{ text: 'a' }, 'text:a', false],
    [{ delta: { content: '', refusal: 'a' } }, 'text:a', false],
    [{ delta: { content: [], refusal: 'a' } }, 'text:a', false],
    [{ delta: { content: null, text: 'a' } }, 'text:a', false],
    [{ delta: { audio: { transcript: 'a' } } }, 'text:a', false],
    [{ delta: { content: 'a', text: 'b' } }, 'text:a', false],
    [{ delta: { reasoning_content: '', reasoning: 'a', thinking: 'b', content: 'c' } }, 'thinking:a text:c', false],
    ...['thinking', 'thinking_content', 'reasoning_text', 'thought', 'reasoning_details', 'thinking_blocks'].map(
      (name) => [{ delta: { [name]: [{ text: 'a' }] } }, 'thinking:a', false] as const,
    ),
  ] as const) {
    it(`says "${pieces}"${isMessage ? ', as a whole message' : ''}: ${JSON.stringify(choice)}`, () => {
      assert.deepEqual([text(choice), readChoice(choice).isMessage], [pieces, isMessage]);
    });
  }

  for (const [choice, reason] of [
    [{ finish_reason: 'stop' }, 'stop'],
    [{ finishReason: 'STOP' }, 'STOP'],
    [{ delta: { finish_reason: 'stop' } }, 'stop'],
    [{ finish_reason: 'length', delta: { finish_reason: 'stop' } }, 'length'],
    [{ finish_reason: { type: 'abort', message: 'why' } }, 'abort: why'],
    [{ finish_reason: { type: 'abort' } }, 'abort'],
    [{ finish_reason: {} }, undefined],
    [{ finish_reason: null }, undefined],
    [{ finish_reason: 'null' }, undefined],
    [{ finish_reason: ' ' }, undefined],
    [{ finish_reason: 5 }, undefined],
    [{}, undefined],
  ] as const) {
    it(`ends by ${reason ?? 'nothing'}: ${JSON.stringify(choice)}`, () => {
      assert.equal(readChoice(choice).reason, reason);
    });
  }

  for (const [delta, calls] of [
    [{ tool_calls: [{ id: 'a' }, null, 'x'] }, [{ id: 'a' }]],
    [{ tool_calls: { id: 'a' } }, [{ id: 'a' }]],
    [{ function_call: { name: 'f' } }, [{ index: 0, function: { name: 'f' } }]],
    [{ tool_calls: [{ id: 'a' }], function_call: { name: 'f' } }, [{ id: 'a' }, { index: 0, function: { name: 'f' } }]],
    [{ function_call: 'f' }, []],
    [{ tool_calls: null, function_call: null }, []],
    [{}, []],
  ] as const) {
    it(`asks for ${JSON.stringify(calls)}: ${JSON.stringify(delta)}`, () => {
      assert.deepEqual(readChoice({ delta }).toolCalls, calls);
    });
  }

  it('has the picture that it holds', () => {
    assert.equal(readChoice({ delta: { images: ['a'] } }).media, 'picture');
    assert.deepEqual(readChoice({ delta: { images: ['a'] } }).holder, { images: ['a'] });
  });
});
