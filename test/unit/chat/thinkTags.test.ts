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
    ['reasoning', '<reasoning>A</reasoning>Hi', '(A)Hi'],
    ['thoughts', '<thoughts>A</thoughts>Hi', '(A)Hi'],
    ['tags with attributes', '<think id="a" for="">A</think>Hi', '(A)Hi'],
    ['tags that are none for their attributes', '<think id=a>A', '<think id=a>A'],
    ['tags that are none for their names', '<1think>A<re-think>', '<1think>A<re-think>'],
    ['a commentary of gpt-oss', '<|channel|>commentary<|message|>A<|end|>Hi', '(A)Hi'],
    ['an analysis of gpt-oss in JSON', '<|channel|>analysis <|constrain|>json<|message|>A<|end|>Hi', '(A)Hi'],
    ['an answer of gpt-oss in JSON', '<|channel|>final <|constrain|>json<|message|>{}<|return|>', '{}'],
    ['a thought of blanks', '<think> \n</think>\nHi', 'Hi'],
    ['a thought and blanks', '<think>A</think>\n\n', '(A)'],
    ['blanks between words and a thought', 'Hi <think>A</think> there', 'Hi (A) there'],
    ['a thought without an end', '<think>Hm <', '(Hm <)'],
    ['a tag that is spoken of behind a thought', '<think>A</think>Use <think> so', '(A)Use <think> so'],
    ['a thought in a line of its own behind another', '<think>A</think>Hi\n <think>B</think>So', '(A)Hi\n (B)So'],
    ['a thought within a line before any other', 'So <think>A</think>', 'So (A)'],
    ['a thought within code behind a thought', '<think>A</think>```\n<think>\n```', '(A)```\n<think>\n```'],
    ...['<|im_end|>', '<|endoftext|>', '<|end_of_text|>', '<|eot_id|>', '<end_of_turn>', '<｜end▁of▁sentence｜>'].map(
      (mark) => [`the end ${mark}`, `${mark}Hi${mark}`, 'Hi'] as const,
    ),
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
    ['a text with a mark of its end', 'Hi there<|im_end|>', 'Hi there'],
    ['a thought that ends by another mark', 'Hm.<|end|>Hi', '(Hm.)Hi'],
    ['a second end of a thought', 'Hm.</think>A</think>B', '(Hm.)AB'],
  ] as const) {
    it(`reads ${what} of a model that is known to think`, () => {
      assert.equal(read([text], true), expected);
      assert.equal(read(text.split(''), true), expected);
    });
  }

  it('holds back nothing that is no tag', () => {
    const given = (...pieces: readonly string[]): string => {
      let said = '';
      const tags = new ThinkTags((_, text) => (said += text), false);
      for (const piece of pieces) tags.feed(piece);
      return said;
    };

    for (const text of ['a', 'a < b', 'a <b>', 'a <b c="d">', `a <${'b'.repeat(60)}`, 'a [b'])
      assert.equal(given('Hi ', text), `Hi ${text}`);
    for (const begun of ['<', '<thi', '</think', '<think a="', '[TH', '◁', '<|im_e'])
      assert.equal(given('Hi ', `a ${begun}`), 'Hi a ');
  });

  for (const [kib, isThought] of [
    [200, true],
    [300, false],
  ] as const) {
    it(`takes ${kib} KiB of a known thinker for ${isThought ? 'a thought' : 'no thought'}, whatever ends it`, () => {
      const long = 'x'.repeat(1024);
      const text = read([...Array.from({ length: kib }, () => long), '</think>Hi'], true);

      assert.equal(text.startsWith('('), isThought);
      assert.equal(text.length, kib * 1024 + (isThought ? 4 : 2));
    });
  }

  it('speaks of tags where its server tells thoughts apart', () => {
    let all = '';
    const tags = new ThinkTags((kind, text) => (all += kind === 'text' ? text : `(${text})`), true);
    tags.noteThought();
    tags.feed('Use <think> so\n<think>A</think>');
    tags.end();

    assert.equal(all, 'Use <think> so\n(A)');
  });

  it('holds back the beginning of a known thinker until its server tells the thought apart', () => {
    let said = '';
    const tags = new ThinkTags((_, text) => (said += text), true);
    tags.feed('Hi');
    const before = said;
    tags.noteThought();

    assert.deepEqual([before, said], ['', 'Hi']);
  });
});
