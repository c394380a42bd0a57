import assert from 'node:assert/strict';

import { CodeMarks } from '../../../src/core/chat/codeMarks';

describe('a place in a text in Markdown', () => {
  /** What is known of the end of a text, however it comes. */
  const known = (text: string) => {
    const [whole, pieces] = [new CodeMarks(), new CodeMarks()];
    whole.feed(text);
    for (const letter of text) pieces.feed(letter);
    const { isWithin, isAtLineStart } = whole;
    assert.deepEqual([pieces.isWithin, pieces.isAtLineStart], [isWithin, isAtLineStart], 'letter by letter');
    return { isWithin, isAtLineStart };
  };

  for (const text of [
    'say `',
    'say `a` and `b',
    '```',
    '```js\nlet a;\n',
    'So:\n~~~\n',
    'So:\n   ```\nlet a;',
    '```\na\n```\n```\nb',
    '```\na ```\n',
    '```\n`\n',
  ]) {
    it(`is within code: ${JSON.stringify(text)}`, () => {
      assert.equal(known(text).isWithin, true);
    });
  }

  for (const text of [
    '',
    'say `a`',
    'say ``',
    'say `\n',
    '``\n',
    '```\na\n```\n',
    '```\na\n   ```\n',
    'So ```\n',
    '    ```\n',
    'longer than a fence ```\n',
  ]) {
    it(`is in the text itself: ${JSON.stringify(text)}`, () => {
      assert.equal(known(text).isWithin, false);
    });
  }

  for (const [text, isAtLineStart] of [
    ['', true],
    [' \t', true],
    ['a', false],
    ['a ', false],
    [' a', false],
    ['a\n', true],
    ['a\n  ', true],
    ['\na', false],
  ] as const) {
    it(`is ${isAtLineStart ? 'at the start of its line' : 'behind words'}: ${JSON.stringify(text)}`, () => {
      assert.equal(known(text).isAtLineStart, isAtLineStart);
    });
  }
});
