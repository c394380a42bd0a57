import assert from 'node:assert/strict';
import { RequestError } from '../../../src/core/base/errors';
import { StreamReader } from '../../../src/core/chat/streamReader';
import { processorMs } from '../../processorTime';

const reader = () => {
  const host = 'models.example.com';
  return new StreamReader({ host, errorOf: () => new RequestError(host, 'unusable') });
};
const bytes = (chunk: object): Uint8Array => Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
const called = (call: object, reason: string | null = null): Uint8Array =>
  bytes({ choices: [{ delta: { tool_calls: [call] }, finish_reason: reason }] });

describe('an answer that is put together', () => {
  it('holds no calls without end, however short each of them is', () => {
    const answer = reader();
    for (let at = 0; at < 2000; at += 1) answer.feed(called({ id: `c${at}`, function: { name: 'f' } }));

    assert.deepEqual(answer.end().failure?.details, { text: 'it asks for a tool without end' });
  });

  for (const [depth, isAccepted] of [
    [100, true],
    [100_000, false],
  ] as const) {
    it(`${isAccepted ? 'takes' : 'refuses'} arguments that nest ${depth} deep`, () => {
      const answer = reader();
      const json = '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
      answer.feed(called({ function: { name: 'f', arguments: json } }, 'stop'));

      const { parts, failure } = answer.end();
      assert.equal(parts.length, isAccepted ? 1 : 0);
      assert.equal(failure?.failure, isAccepted ? undefined : 'unusable');
    });
  }

  it('reads a long call that is cut off at once', () => {
    const answer = reader();
    const json = `{"content":"${'<p class=\\"a\\">{</p>\\n'.repeat(20_000)}`;
    answer.feed(called({ function: { name: 'f', arguments: json } }, 'length'));
    const begun = processorMs();

    assert.equal(answer.end().failure?.failure, 'unusable');
    assert.ok(processorMs() - begun < 1000);
  });

  it('says what a model refuses to do, as OpenAI has it', () => {
    const parts = reader().feed(bytes({ choices: [{ delta: { content: null, refusal: 'I cannot.' } }] }));

    assert.deepEqual(parts, [{ kind: 'text', text: 'I cannot.' }]);
  });

  it('holds no call of a tool that nobody names', () => {
    const answer = reader();
    answer.feed(called({ id: 'x', function: {} }, 'tool_calls'));

    assert.deepEqual(answer.end().failure?.details, { text: 'its call of a tool names none' });
  });

  it('has what comes in one read in one part', () => {
    const said = (content: string) => bytes({ choices: [{ delta: { content } }] });

    assert.deepEqual(reader().feed(Buffer.concat([said('a'), said('b')])), [{ kind: 'text', text: 'ab' }]);
  });
});
