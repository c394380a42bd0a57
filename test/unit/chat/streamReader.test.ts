import assert from 'node:assert/strict';
import { createStreamReader } from '../../../src/core/chat/streamReader';
import { createThinkTag } from '../../../src/core/chat/thinkTag';

describe('an answer that is put together', () => {
  it('holds no calls without end, however short each of them is', () => {
    const answer = createStreamReader('models.example.com', () => 'call');
    const call = (at: number) => ({ id: `c${at}`, function: { name: 'f' } });

    assert.throws(
      () => {
        for (let at = 0; at < 100_000; at += 1) answer.feed({ choices: [{ delta: { tool_calls: [call(at)] } }] });
      },
      { name: 'RequestError', details: { text: 'it asks for a tool without end' } },
    );
  });

  for (const [depth, isAccepted] of [
    [100, true],
    [100_000, false],
  ] as const) {
    it(`${isAccepted ? 'takes' : 'refuses'} arguments that nest ${depth} deep`, () => {
      const answer = createStreamReader('models.example.com', () => 'call');
      const json = '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
      answer.feed({
        choices: [{ delta: { tool_calls: [{ function: { name: 'f', arguments: json } }] }, finish_reason: 'stop' }],
      });

      if (isAccepted) assert.equal(answer.end().length, 1);
      else assert.throws(() => answer.end(), { name: 'RequestError', failure: 'unusable' });
    });
  }

  it('says what a model refuses to do, as OpenAI has it', () => {
    const answer = createStreamReader('models.example.com', () => 'call');

    assert.deepEqual(answer.feed({ choices: [{ delta: { content: null, refusal: 'I cannot.' } }] }), [
      { kind: 'text', text: 'I cannot.' },
    ]);
  });

  it('holds no call of a tool that nobody names', () => {
    const answer = createStreamReader('models.example.com', () => 'call');
    answer.feed({ choices: [{ delta: { tool_calls: [{ id: 'x', function: {} }] }, finish_reason: 'tool_calls' }] });

    assert.throws(() => answer.end(), { name: 'RequestError', details: { text: 'its call of a tool names none' } });
  });

  it('waits for a thought behind some blanks, and not for ever', () => {
    const tag = createThinkTag();
    const text = '\n'.repeat(5000);

    const parts = Array.from(text, (blank) => tag.feed(blank)).flat();

    assert.equal(parts.map((part) => part.kind === 'text' && part.text).join(''), text);
  });
});
