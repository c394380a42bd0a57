import assert from 'node:assert/strict';

import { NewText } from '../../../src/core/chat/newText';

/** Pieces of a stream, and the text that they are. */
const STREAMS: Readonly<Record<string, readonly [pieces: readonly string[], text: string]>> = {
  'of what is new': [['Hel', 'lo ', 'you'], 'Hello you'],
  'of which one piece begins as the one before': [['1', '10', '0', '0'], '11000'],
  'of which two pieces are the same': [['Ha', 'Ha', 'Ha'], 'HaHaHa'],
  'of which a later piece begins with all before': [['Ha', '!', 'Ha! Ha'], 'Ha!Ha! Ha'],
  'of which a later piece begins with the first': [['Four', '!', 'Four of us'], 'Four!Four of us'],
  'of which a piece is empty': [['Ha', '', 'Ha', ''], 'HaHa'],
  'that says all again': [['He', 'Hello', 'Hello you'], 'Hello you'],
  'that says all again, with nothing new at times': [['He', 'Hello', 'Hello you', 'Hello you', 'Hello'], 'Hello you'],
  'that says all again, with empty pieces within': [['He', '', 'Hello', '', 'Hello you'], 'Hello you'],
  'that stops to say all again': [['He', 'Hello', 'Hello you', '!', '!'], 'Hello you!!'],
  'of two pieces, the second longer by chance': [['1', '11'], '111'],
  'of two pieces, too short to tell': [['For', 'For us'], 'ForFor us'],
  'of two pieces, of which the second is all': [['Four', 'Four of us'], 'Four of us'],
};

describe('new text', () => {
  const read = (pieces: readonly string[], whole?: string): string => {
    const text = new NewText();
    const said = pieces.map((piece) => text.feed(piece));
    return said.join('') + (whole === undefined ? text.end() : text.complete(whole) + text.end());
  };

  for (const [what, [pieces, text]] of Object.entries(STREAMS)) {
    it(`is found in a stream ${what}`, () => {
      assert.equal(read(pieces), text);
    });

    it(`is what the whole at the end adds to a stream ${what}`, () => {
      assert.equal(read(pieces, text), text);
      assert.equal(read(pieces, `${text} Bye`), `${text} Bye`);
      assert.equal(read(pieces, ''), text);
    });
  }

  for (const [pieces, whole] of [
    [[], 'Four'],
    [['Four'], ''],
    [['Four', 'Four of us'], 'Four of us'],
  ] as const) {
    it(`is what comes behind the whole ${JSON.stringify(whole)}, of which ${pieces.length} pieces came before`, () => {
      const text = new NewText();
      for (const piece of pieces) text.feed(piece);
      text.complete(whole);

      assert.deepEqual([text.feed('!'), text.feed('!')], ['!', '!']);
    });
  }

  it('is given at once, but for a second piece that begins as the first', () => {
    const text = new NewText();

    assert.deepEqual(
      ['Hell', 'Hello', 'Hello you', 'Hello you!'].map((piece) => text.feed(piece)),
      ['Hell', '', 'o you', '!'],
    );
  });

  it('is found in a text that grows, however long', () => {
    const whole = 'x'.repeat(3 * 1024 * 1024);
    for (const first of [1, 8]) {
      const pieces = Array.from({ length: 13 - first }, (_, at) => whole.slice(0, (at + first) * 256 * 1024));

      assert.ok(read(pieces) === whole);
    }
  });
});
