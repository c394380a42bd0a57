import assert from 'node:assert/strict';

import { AnswerTail } from '../../../src/core/chat/answerTail';

const BODY = { messages: [{ role: 'user', content: 'one two three four' }] };

/** What an answer costs that comes in these pieces. */
const costOf = (...pieces: readonly string[]) => {
  const tail = new AnswerTail();
  for (const piece of pieces) tail.feed(Buffer.from(piece));
  return tail.cost(BODY);
};
const counted = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens, estimated: false });

describe('the cost of an answer that is passed on', () => {
  it('is what the last chunk of a stream says', () => {
    const usage =
      '"usage":{"prompt_tokens":7,"completion_tokens":8,"completion_tokens_details":{"reasoning_tokens":1}}';
    const stream = [
      'data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":1}}\n\n',
      `data: {${usage}}\n\n`,
    ];

    assert.deepEqual(costOf(...stream, 'data: [DONE]\n\n'), counted(7, 8));
  });

  it('is read also where a piece ends in the middle of it', () => {
    assert.deepEqual(costOf('{"usage": {"prompt_tok', 'ens": 5, "completion_tokens": 6}}'), counted(5, 6));
  });

  it('is that of the Responses API too', () => {
    assert.deepEqual(costOf('{"usage":{"input_tokens":3,"output_tokens":4},"user":null}'), counted(3, 4));
  });

  it('is not what the model itself says of a usage', () => {
    const said = JSON.stringify({ choices: [{ message: { content: '"usage":{"prompt_tokens":99}' } }] });

    assert.equal(costOf(said).estimated, true);
  });

  it('is estimated by the events of a stream, and by the length of any other answer', () => {
    assert.deepEqual(costOf('data: 1\n\ndata: 2\n\n', 'data: 3\n\n'), {
      inputTokens: 7,
      outputTokens: 3,
      estimated: true,
    });
    assert.equal(costOf('x'.repeat(40)).outputTokens, 10);
  });

  it('has no part in pictures, and in what is no text', () => {
    const picture = `data:image/png;base64,${'A'.repeat(10_000)}`;
    const tail = new AnswerTail();
    tail.feed(Buffer.from('data: 1\n\n'));
    const cost = (more: object) => tail.cost({ content: 'one two three four', ...more }).inputTokens;

    assert.equal(cost({ more: '' }), 6);
    for (const more of [picture, 1, null, true, [], {}]) assert.equal(cost({ more }), 6, JSON.stringify(more));
    assert.ok((cost({ more: `see ${picture}` }) ?? 0) > 100);
  });

  it('is read from the end alone, which is 64 KiB', () => {
    const usage = '"usage":{"prompt_tokens":7,"completion_tokens":8}';
    const behind = (kib: number) => Array.from({ length: kib }, () => 'x'.repeat(1024));

    assert.deepEqual(costOf(usage, ...behind(60)), counted(7, 8));
    assert.deepEqual(costOf('x'.repeat(200_000) + usage), counted(7, 8));
    assert.deepEqual(costOf('x'.repeat(200_000), usage, 'x'), counted(7, 8));
    assert.equal(costOf(usage, ...behind(70)).estimated, true);
  });

  it('is nothing where nothing came', () => {
    assert.deepEqual(costOf(), { estimated: true });
  });

  it('is known of an answer of any length, of which the end alone is kept', () => {
    const pieces = Array.from({ length: 1000 }, () => `data: ${'x'.repeat(1000)}\n\n`);

    assert.deepEqual(costOf(...pieces, 'data: {"usage":{"prompt_tokens":1,"completion_tokens":2}}'), counted(1, 2));
  });
});
