import assert from 'node:assert/strict';
import { ThinkTags } from '../../../src/core/chat/thinkTags';
import { processorMs } from '../../processorTime';

describe('a text with thoughts in tags', () => {
  const read = (pieces: readonly string[], mayBeginUnmarked = false): string => {
    let all = '';
    const tags = new ThinkTags((kind, text) => (all += kind === 'text' ? text : `(${text})`), mayBeginUnmarked);
    for (const piece of pieces) tags.feed(piece);
    tags.end();
    return all.replaceAll(')(', '');
  };

  it('waits for a thought behind some blanks, and not for ever', () => {
    const text = '\n'.repeat(5000);

    assert.equal(read(text.split('')), text);
  });

  for (const [what, text] of [
    ['a thought of blanks', `<think>${' '.repeat(200_000)}`],
    ['a beginning that is never clear', 'a <b '.repeat(50_000)],
  ] as const) {
    it(`reads ${what} letter by letter in next to no time`, () => {
      const begun = processorMs();
      read(text.split(''), true);

      assert.ok(processorMs() - begun < 2000);
    });
  }

  for (const [what, text, expected] of [
    ['a thought at the beginning', '\n<think>\nHm.\n</think>\n\nHi', '(\nHm.\n)Hi'],
    ['a thought behind a first sentence', 'Sure. <think>Hm.</think>Hi', 'Sure. (Hm.)Hi'],
    ['the end of a thought alone', 'Hm.\n</think>\n\nHi', 'Hm.\n\n\nHi'],
    ['an end at the very beginning', '</think>\n\nHi', 'Hi'],
    ['two thoughts', '<think>A</think>\n<think>B</think>Hi', '(A)(B)Hi'],
    ['a tag that is spoken of', 'Use `<think>` and `</think>`.', 'Use `<think>` and `</think>`.'],
    ['tags within code', '```xml\n<think>a</think>\n```\nSo', '```xml\n<think>a</think>\n```\nSo'],
    ['tags behind code', '```\na\n```\n</think>So', '```\na\n```\nSo'],
    ['what only looks like a tag', 'a <thinker> < b', 'a <thinker> < b'],
    ['another name', '<thinking>A</thinking>Hi', '(A)Hi'],
    ['Gemini', '<thought>A</thought>Hi', '(A)Hi'],
    ['Seed', '<seed:think>A</seed:think>Hi', '(A)Hi'],
    ['LongCat', '<longcat_think>A</longcat_think>Hi', '(A)Hi'],
    ['Mistral', '[THINK]A[/THINK]Hi', '(A)Hi'],
    ['Kimi', '◁think▷A◁/think▷Hi', '(A)Hi'],
    ['Cohere', '<|START_THINKING|>A<|END_THINKING|>Hi', '(A)Hi'],
    ['Open Thoughts', '<|begin_of_thought|>A<|end_of_thought|>\n<|begin_of_solution|>Hi<|end_of_solution|>', '(A)Hi'],
    [
      'gpt-oss',
      '<|channel|>analysis<|message|>A<|end|><|start|>assistant<|channel|>final<|message|>Hi<|return|>',
      '(A)Hi',
    ],
    ['Gemma', '<|channel>thought\nA<channel|>Hi', '(\nA)Hi'],
    ['large letters', '<THINK>A</Think >Hi', '(A)Hi'],
  ] as const) {
    it(`reads ${what}, at once and letter by letter`, () => {
      assert.equal(read([text]), expected.replaceAll(')(', ''));
      assert.equal(read(text.split('')), expected.replaceAll(')(', ''));
    });
  }

  for (const [what, text, expected] of [
    ['a thought that nothing opens', 'Hm.\n</think>\n\nHi', '(Hm.\n)Hi'],
    ['a text without a thought', 'Hi there', 'Hi there'],
    ['a thought with its tag', '<think>Hm.</think>Hi', '(Hm.)Hi'],
    ['a thought behind a sentence', 'Sure. <think>Hm.</think>Hi', 'Sure. (Hm.)Hi'],
  ] as const) {
    it(`reads ${what} of a model that is known to think`, () => {
      assert.equal(read([text], true), expected);
      assert.equal(read(text.split(''), true), expected);
    });
  }

  it('holds back the beginning of a known thinker until its server tells the thought apart', () => {
    let said = '';
    const tags = new ThinkTags((_, text) => (said += text), true);
    tags.feed('Hi');
    const before = said;
    tags.noteThought();

    assert.deepEqual([before, said], ['', 'Hi']);
  });
});
