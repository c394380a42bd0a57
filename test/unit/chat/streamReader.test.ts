import assert from 'node:assert/strict';
import { RequestError } from '../../../src/core/base/errors';
import { StreamReader } from '../../../src/core/chat/streamReader';
import { processorMs } from '../../processorTime';

const reader = () => {
  const host = 'models.example.com';
  return new StreamReader({ host, errorOf: () => new RequestError(host, 'unusable'), wordsOf: String });
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

  describe('from events', () => {
    const raw = (text: string): Uint8Array => Buffer.from(text);
    const said = (content: string, more: object = {}) => bytes({ choices: [{ delta: { content, ...more } }] });
    const message = (content: string, more: object = {}) => bytes({ choices: [{ message: { content, ...more } }] });
    const stop = bytes({ choices: [{ delta: {}, finish_reason: 'stop' }] });
    const offered = ['read', 'list'].map((name) => ({ name, description: 'd' }));
    /** What is read: texts, calls and thoughts in brackets, and behind them what is wrong. */
    const read = (events: readonly Uint8Array[], more: object = {}): string => {
      const host = 'models.example.com';
      const answer = new StreamReader({
        host,
        errorOf: (words) => new RequestError(host, 'unusable', { text: JSON.stringify(words) }),
        wordsOf: (words) => words.toLowerCase(),
        ...more,
      });
      const parts = events.flatMap((event) => (answer.isEnded ? [] : answer.feed(event)));
      const end = answer.end();
      const texts = [...parts, ...end.parts].map((part) => {
        if (part.kind === 'toolCall') return `[${part.name} ${JSON.stringify(part.input)}]`;
        return part.kind === 'text' ? part.text : part.kind === 'thinking' ? `(${part.text})` : '';
      });
      return texts.join('') + (end.failure ? `! ${end.failure.details.text}` : '');
    };

    for (const [what, events, answer] of [
      ['that hold no answer', [bytes({ a: 1 })], '! it holds no answer'],
      ['that are none', [], '! the answer is empty'],
      ['of which the first is cut off', [raw('data: {"choi')], '! the answer broke off'],
      ['of which the last is cut off', [said('Hi'), raw('data: {"choi')], 'Hi! it broke off'],
      ['with words that are an error', [raw('event: error\ndata: no\n\n'), said('Hi'), stop], '! "no"'],
      ['with other words', [raw('event: info\ndata: no\n\n'), said('Hi'), stop], 'Hi'],
      ['with words that are one if no answer comes', [bytes({ detail: 'no' }), said('Hi'), stop], 'Hi'],
      ['with nothing in a list', [raw('data: [null,1]\n\n'), said('Hi'), stop], 'Hi'],
      [
        'with a member of another API',
        [bytes({ response: 'no', choices: [{ delta: { content: 'Hi' } }] }), stop],
        'Hi',
      ],
      ['and the whole behind them', [said('Hi'), message('Hi there'), stop], 'Hi there'],
      [
        'and the whole behind them, with a call',
        [said('Hi', { tool_calls: [{ function: { name: 'f' } }] }), message('Hi'), stop],
        'Hi[f {}]',
      ],
      ['and what cannot be read behind the end', [said('Hi'), stop, raw('data: {"a\n\n'), said('no')], 'Hi'],
      [
        'with a reason, and words for it',
        [said('Hi'), bytes({ message: 'why' }), bytes({ choices: [{ finish_reason: 'Abort' }] })],
        'Hi! it ended with "abort": {"message":"why"}',
      ],
    ] as const) {
      it(`is put together ${what}`, () => {
        assert.equal(read(events), answer);
      });
    }

    for (const [what, events, more, answer] of [
      [
        'once where the whole has them again',
        [
          bytes({ choices: [{ delta: { tool_calls: [{ function: { name: 'f', arguments: '{"a":1}' } }] } }] }),
          message('', { tool_calls: [{ function: { name: 'f', arguments: '{"a":1}' } }] }),
          stop,
        ],
        {},
        '[f {"a":1}]',
      ],
      [
        'once where they stand in the text too',
        [
          said('<tool_call>{"name":"read"}</tool_call>', { tool_calls: [{ id: 'a', function: { name: 'read' } }] }),
          stop,
        ],
        { tools: offered },
        '[read {}]',
      ],
      [
        'apart where their whole names are known',
        [called({ index: 0, function: { name: 'read' } }), called({ index: 0, function: { name: 'list' } }), stop],
        { tools: offered },
        '[read {}][list {}]',
      ],
      [
        'apart where no name is known',
        [called({ index: 0, function: { name: 'read' } }), called({ index: 0, function: { name: 'list' } }), stop],
        {},
        '[read {}][list {}]',
      ],
    ] as const) {
      it(`has calls ${what}`, () => {
        assert.equal(read(events, more), answer);
      });
    }

    for (const model of ['gpt-oss-20b', 'openai/GPT_OSS', 'gptoss']) {
      it(`has a thought of gpt-oss whose marks were left out: ${model}`, () => {
        assert.equal(read([said('analysisHm.assistantfinalHi'), stop], { model }), '(Hm.)Hi');
      });
    }

    it('has such words as they are of any other model', () => {
      assert.equal(
        read([said('analysisHm.assistantfinalHi'), stop], { model: 'gpt-5' }),
        'analysisHm.assistantfinalHi',
      );
    });

    it('counts its pieces, and no signs of life', () => {
      const answer = reader();
      answer.feed(raw(': ping\n\nevent: ping\ndata: {"type":"ping"}\n\ndata: words\n\n'));
      assert.equal(answer.pieceCount, 0);
      answer.feed(said('Hi'));

      assert.equal(answer.pieceCount, 1);
    });

    it('has what was signed of the whole turn with its first call', () => {
      const answer = reader();
      answer.feed(
        bytes({ choices: [{ delta: { reasoning_opaque: 'S', tool_calls: [{ id: 'a', function: { name: 'f' } }] } }] }),
      );
      answer.feed(called({ id: 'b', function: { name: 'g' } }, 'stop'));

      assert.deepEqual(answer.end().parts, [
        { kind: 'toolCall', id: 'a', name: 'f', input: {}, turnSignature: { reasoning_opaque: 'S' } },
        { kind: 'toolCall', id: 'b', name: 'g', input: {} },
      ]);
    });
  });

  it('has what comes in one read in one part', () => {
    const said = (content: string) => bytes({ choices: [{ delta: { content } }] });

    assert.deepEqual(reader().feed(Buffer.concat([said('a'), said('b')])), [{ kind: 'text', text: 'ab' }]);
  });
});
