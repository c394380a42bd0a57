import assert from 'node:assert/strict';

import { contentPieces } from '../../../src/core/chat/contentPieces';

/** The text within so many lists. */
const within = (levels: number): unknown => (levels === 0 ? 'a' : [within(levels - 1)]);
/** The text within so many blocks. */
const inBlocks = (levels: number): unknown => (levels === 0 ? 'a' : { text: inBlocks(levels - 1) });
const said = (content: unknown, kind?: 'text' | 'thinking'): string =>
  contentPieces(content, kind)
    .map((piece) => (piece.kind === 'toolCall' ? `[${JSON.stringify(piece.call)}]` : `${piece.kind}:${piece.text}`))
    .join(' ');

describe('content', () => {
  for (const [content, pieces] of [
    ['a', 'text:a'],
    ['', ''],
    [5, 'text:5'],
    [null, ''],
    [true, ''],
    [['a', '', { text: 'b' }, 1], 'text:a text:b text:1'],
    [{ type: 'thinking', thinking: 'a' }, 'thinking:a'],
    [{ type: 'reasoning', text: 'a' }, 'thinking:a'],
    [{ type: 'Thought', content: 'a' }, 'thinking:a'],
    [{ reasoning: 'a', text: 'b' }, 'thinking:a text:b'],
    [{ reasoning_content: 'a' }, 'thinking:a'],
    [{ thought: 'a' }, 'thinking:a'],
    [{ thought: true, text: 'a' }, 'text:a'],
    [{ text: '', content: 'a', value: 'b' }, 'text:a'],
    [{ value: 'a' }, 'text:a'],
    [{ summary: [{ text: 'a' }] }, 'text:a'],
    [{ parts: ['a', 'b'] }, 'text:a text:b'],
    [{ refusal: 'a' }, 'text:a'],
    [{ output_text: 'a' }, 'text:a'],
    [{ transcript: 'a' }, 'text:a'],
    [{ other: 'a' }, ''],
    [{ type: 'function_call_output', text: 'a' }, 'text:a'],
    [{ type: 'my_function', text: 'a' }, 'text:a'],
    [within(8), 'text:a'],
    [within(9), ''],
    [inBlocks(8), 'text:a'],
    [inBlocks(9), ''],
  ] as const) {
    it(`says "${pieces}": ${JSON.stringify(content)}`, () => {
      assert.equal(said(content), pieces);
    });
  }

  for (const type of ['tool_use', 'tool_call', 'function_call', 'function']) {
    it(`has a call where a block is a ${type}`, () => {
      assert.equal(said([{ type, name: 'f', text: 'a' }]), `[{"type":"${type}","name":"f","text":"a"}]`);
    });
  }

  it('is a thought where it stands for one, unless it says otherwise', () => {
    assert.equal(said(['a', 1, { text: 'b' }], 'thinking'), 'thinking:a thinking:1 thinking:b');
  });
});
