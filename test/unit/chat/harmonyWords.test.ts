import assert from 'node:assert/strict';

import { HarmonyWords } from '../../../src/core/chat/harmonyWords';

/** A text, and the same with the marks that a server has left out. */
const TEXTS: readonly (readonly [text: string, marked: string])[] = [
  ['analysisHm.assistantfinalHi', '<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>Hi'],
  ['assistantanalysisHm.assistantfinalHi', '<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>Hi'],
  [
    'analysisA.assistantanalysisB.assistantfinalC assistantfinal',
    '<|channel|>analysis<|message|>A.<|end|><|channel|>analysis<|message|>B.<|end|><|channel|>final<|message|>C assistantfinal',
  ],
  [
    'analysisHm.assistantcommentary to=functions.read json{"a":1}',
    '<|channel|>analysis<|message|>Hm.<|end|><|channel|>commentary to=functions.read<|message|>{"a":1}',
  ],
  ['analysisMy assistants assist.', '<|channel|>analysis<|message|>My assistants assist.'],
  ['analysis of this', 'analysis of this'],
  ['Hi assistantfinal', 'Hi assistantfinal'],
  ['analysis', 'analysis'],
  ['', ''],
];

describe('the words of gpt-oss without their marks', () => {
  for (const [text, marked] of TEXTS) {
    it(`get them back: ${text}`, () => {
      const read = (...pieces: readonly string[]): string => {
        const words = new HarmonyWords();
        return pieces.map((piece) => words.feed(piece)).join('') + words.end();
      };

      assert.equal(read(text), marked);
      assert.equal(read(...text.split('')), marked, 'letter by letter');
      for (let at = 1; at < text.length; at += 1)
        assert.equal(read(text.slice(0, at), text.slice(at)), marked, `cut at ${at}`);
    });
  }
});
