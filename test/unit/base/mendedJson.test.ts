import assert from 'node:assert/strict';

import { mendedJson } from '../../../src/core/base/mendedJson';

describe('JSON that a model wrote by mistake', () => {
  for (const [text, mended] of [
    ['{"a":1}', '{"a":1}'],
    [' {"a":[1,2,],}\n', '{"a":[1,2]}'],
    ['{"a":"x,}\\"y,]"}', '{"a":"x,}\\"y,]"}'],
    ['{"a":"one\ntwo\tthree"}', '{"a":"one\\ntwo\\tthree"}'],
    ['```json\n{"a":1}\n```', '{"a":1}'],
    ['\n```json\n{"a":1}```\n', '{"a":1}'],
    ['```\n{"a":1}\n``` <|end|>', '{"a":1}'],
    ['Say ```json\n{"a":1}\n```', 'Say ```json\n{"a":1}\n```'],
    ['```json\n{"a":1}\n```\nSo', '```json\n{"a":1}\n```\nSo'],
    ['json\n\n{"a":1}', '{"a":1}'],
    ['a json {"a":1}', 'a json {"a":1}'],
    ['{"a":1}<|call|> <|end|>', '{"a":1}'],
    ['{"a":"<|x|>b"}', '{"a":"<|x|>b"}'],
    ['{"a":"b\\', '{"a":"b\\\\'],
    ['{"a":"\\u00e4\\uAbCd\\n"}', '{"a":"\\u00e4\\uAbCd\\n"}'],
    ['{"a":"\\u00\\user\\d"}', '{"a":"\\\\u00\\\\user\\\\d"}'],
    ['{"a":"x<|end|>', '{"a":"x'],
  ] as const) {
    it(`is mended: ${JSON.stringify(text)}`, () => {
      assert.equal(mendedJson(text), mended);
    });
  }
});
