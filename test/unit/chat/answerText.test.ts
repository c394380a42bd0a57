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
