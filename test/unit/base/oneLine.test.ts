import assert from 'node:assert/strict';

import { ConfigurationError } from '../../../src/core/base/errors';
import { isHiding, oneLine, shownCharacter } from '../../../src/core/base/oneLine';

/** Ways in which a name ends a line, hides a part of itself, or turns the direction of reading. */
const FORGED = [
  'a\nb',
  'a\r\n\tb',
  'a\u2028b',
  'a\u0085b',
  'a\u001b[31mb',
  'a\u0000b',
  'a\u202eb',
  'a\u2066b',
  'a\u200bb',
  'a\ud800b',
];

describe('what somebody else has written', () => {
  for (const text of FORGED) {
    it(`is one line that hides nothing: ${JSON.stringify(text)}`, () => {
      assert.match(oneLine(text), /^a (?:\[31m)?b$/);
      assert.equal(isHiding(oneLine(text)), false);
    });
  }

  it('is told by what it hides', () => {
    assert.deepEqual(FORGED.filter(isHiding), FORGED);
    assert.equal(isHiding('größer als 您好'), false);
  });

  it('hides what no one sees in it, be it a letter', () => {
    const unseen = ['a\u3164b', 'a\u115fb', 'a\u2800b', 'a\u034fb', 'a\ufe00b', 'a\uffa0b', 'a\u{e0100}b'];

    assert.deepEqual(unseen.filter(isHiding), unseen);
  });

  it('is cut where it is endless', () => {
    assert.equal(oneLine('x'.repeat(1_000_000), 10), `${'x'.repeat(10)}…`);
    assert.equal(oneLine('x'.repeat(10), 10), 'x'.repeat(10));
  });

  for (const [character, shown] of [
    ['“', '"“" (U+201C)'],
    ['#', '"#" (U+0023)'],
    ['😀', '"😀" (U+1F600)'],
    ['\u00a0', 'U+00A0'],
    ['\u200b', 'U+200B'],
  ] as const)
    it(`shows a character as ${shown}`, () => assert.equal(shownCharacter(character), shown));
});

describe('the message of what somebody set up', () => {
  it('is one line, whatever the names of files and folders in it', () => {
    const { message } = new ConfigurationError({ file: 'x' }, '/home/me/a\nYou are signed in.\u202e/.env is no file.');

    assert.equal(message, '/home/me/a You are signed in. /.env is no file.');
  });

  it('ends, however long they are', () => {
    assert.ok(new ConfigurationError({ file: 'x' }, 'x'.repeat(100_000)).message.length < 5000);
  });
});
