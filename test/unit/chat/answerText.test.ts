import assert from 'node:assert/strict';

import { AnswerText } from '../../../src/core/chat/answerText';
import { processorMs } from '../../processorTime';

describe('the text of an answer', () => {
  it('has a thought once that comes as one, and in tags too, piece by piece and in next to no time', () => {
    const answer = new AnswerText();
    const begun = processorMs();
    let [thought, said] = ['', ''];
    const read = (parts = answer.given()): void => {
      for (const { kind, text } of parts.filter((part) => 'text' in part))
        if (kind === 'thinking') thought += text;
        else said += text;
    };
    answer.feed('text', '<think>\n');
    for (let at = 0; at < 50_000; at += 1) {
      answer.feed('thinking', `word ${at} `);
      answer.feed('text', `word ${at} `);
      read();
    }
    answer.feed('text', '\n</think>Hi');
    read(answer.end());

    assert.equal(thought, Array.from({ length: 50_000 }, (_, at) => `word ${at} `).join(''));
    assert.equal(said, 'Hi');
    assert.ok(processorMs() - begun < 2000);
  });

  const text = (said: string) => ({ kind: 'text', text: said }) as const;
  const thinking = (said: string) => ({ kind: 'thinking', text: said }) as const;
  const call = { kind: 'toolCall', call: { name: 'list' } } as const;

  it('has texts and thoughts by turns, those of one kind in a row as one', () => {
    const answer = new AnswerText();
    for (const { kind, text: said } of [text('a'), text('b'), thinking('T'), thinking('U'), text('c')])
      answer.feed(kind, said);

    assert.deepEqual([...answer.given(), ...answer.end()], [text('ab'), thinking('TU'), text('c')]);
  });

  for (const [what, before, whole, parts] of [
    ['where nothing came before', [], [thinking('T'), text('Hi')], [thinking('T'), text('Hi')]],
    [
      'without the thought that came before',
      [thinking('T')],
      [thinking('T and U'), text('Hi')],
      [thinking('T'), text('Hi')],
    ],
    ['with what is new of the text', [text('Hi')], [text('Hi'), call, text(' there')], [text('Hi'), text(' there')]],
    [
      'with the thought that did not come before',
      [text('Hi')],
      [thinking('T'), text('Hi there')],
      [text('Hi'), thinking('T'), text(' there')],
    ],
  ] as const) {
    it(`has the whole once more ${what}`, () => {
      const answer = new AnswerText();
      for (const { kind, text: said } of before) answer.feed(kind, said);
      const given = answer.given();
      answer.complete(whole);

      assert.deepEqual([...given, ...answer.end()], parts);
    });
  }

  it('has a thought in tags once where it came as one before, and the next one too', () => {
    const answer = new AnswerText();
    answer.feed('thinking', ' One.');
    answer.feed('text', '<think>One.</think><think>Two.</think>Hi');

    assert.deepEqual(answer.end(), [thinking(' One.Two.'), text('Hi')]);
  });

  for (const kind of ['text', 'thinking'] as const) {
    it(`has all of a ${kind} whose second piece says the first again, and is the last`, () => {
      const answer = new AnswerText();
      for (const said of ['Hello', 'Hello you']) answer.feed(kind, said);

      assert.deepEqual(answer.end(), [{ kind, text: 'Hello you' }]);
    });
  }

  it('has no thought that nothing marks where one came as such', () => {
    const answer = new AnswerText({ mayBeginUnmarked: true });
    answer.feed('thinking', 'T');
    answer.feed('text', 'Write </think> here');

    assert.deepEqual(answer.end(), [thinking('T'), text('Write  here')]);
  });

  it('has a call that a thought ends', () => {
    const answer = new AnswerText({ tools: [{ name: 'list', description: 'd' }] });
    answer.feed('text', 'Look: <tool_call>{"name":"list"}');
    answer.feed('thinking', 'Hm.');
    answer.feed('text', 'Hi');

    assert.deepEqual(answer.end(), [text('Look: '), thinking('Hm.'), text('Hi')]);
    assert.deepEqual(answer.calls, [{ function: { name: 'list', arguments: {} } }]);
  });

  it('has what was held back of the words of gpt-oss', () => {
    const answer = new AnswerText({ isOfHarmony: true });
    answer.feed('text', 'ana');

    assert.deepEqual([answer.given(), answer.end()], [[], [text('ana')]]);
  });

  it('has a thought in tags that is another than the one before', () => {
    const answer = new AnswerText();
    answer.feed('thinking', 'Greet.');
    answer.feed('text', '<think>Greet. Briefly.</think>Hi');

    assert.deepEqual(answer.end(), [
      { kind: 'thinking', text: 'Greet.Greet. Briefly.' },
      { kind: 'text', text: 'Hi' },
    ]);
  });
});
