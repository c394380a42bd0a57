import assert from 'node:assert/strict';

import { headerError, headerLines, readHeaderLines, unknownHeader } from '../../../src/core/config/entryHeaders';

describe('the headers of an entry in a form', () => {
  const stored = { 'X-Team': 'blue', 'X-Auth-Token': 'letmein', 'X-Trace': 'sk-0123456789abcdef' };

  it('show one in a line, and nothing that may be a secret', () => {
    assert.equal(headerLines(stored), 'X-Team: blue\nX-Auth-Token: (hidden)\nX-Trace: (hidden)');
    assert.deepEqual([headerLines(undefined), headerLines({ 'X-Number': 1 })], ['', 'X-Number: (hidden)']);
    assert.equal(headerLines(['X-Team']), '');
  });

  for (const name of ['X-Authority', 'Set-Cookie', 'x-key-id', 'X-Password', 'X-SECRET', 'X-Tokens'])
    it(`show no value of ${name}`, () => assert.equal(headerLines({ [name]: 'letmein' }), `${name}: (hidden)`));

  for (const end of ['\n', '\r'])
    it(`show no value that goes on behind ${JSON.stringify(end)}`, () => {
      assert.equal(headerLines({ 'X-Team': `blue${end}X-Other: red` }), 'X-Team: (hidden)');
    });

  it('name the first value that is hidden and not there to be kept', () => {
    const lines = 'X-Team: red\nX-One: (hidden)\nX-Two: (hidden)\nX-Three: (hidden)';

    assert.equal(unknownHeader(lines, { 'X-One': 1 }), 'X-Two');
    assert.equal(unknownHeader(lines, undefined), 'X-One');
    assert.equal(unknownHeader('constructor: (hidden)', {}), 'constructor');
    assert.equal(unknownHeader(lines, { 'X-One': 1, 'X-Two': 'a', 'X-Three': null }), undefined);
    assert.equal(unknownHeader('no header (hidden)\nX-Team: not (hidden)', {}), undefined);
  });

  it('may have blanks around them, and any value', () => {
    assert.deepEqual(
      [...readHeaderLines(' X-A  :\t b: c \r\n\r\n!#$%&*+.^`|~_1: \nX-B:d')],
      [
        ['X-A', 'b: c'],
        ['!#$%&*+.^`|~_1', ''],
        ['X-B', 'd'],
      ],
    );
  });

  it('are read by their names, without a value where that is hidden', () => {
    assert.deepEqual(
      [...readHeaderLines('X-Team: red\nX-Auth-Token: (hidden)\n\nX-New:1')],
      [
        ['X-Team', 'red'],
        ['X-Auth-Token', undefined],
        ['X-New', '1'],
      ],
    );
  });

  for (const [lines, message] of [
    ['X-Team: blue', undefined],
    ['', undefined],
    ['blue', /in a line of its own/],
    [': blue', /in a line of its own/],
    ['api-key: x', /api-key is not sent/],
    ['X-Team: grün', /X-Team holds a character that no header can/],
    ['X-Team: a\u007fb', /holds a character that no header can/],
    ['X-Team: a\u0000b', /holds a character that no header can/],
    ['X-Team: ü', /holds a character that no header can/],
    ['X-Team: blue!\t~', undefined],
    ['X-Team:', undefined],
    ['X Team: blue', /in a line of its own/],
    ['X-Team blue', /in a line of its own/],
    ['X-Team: blue\rX-Other: 1', /in a line of its own/],
    ['X-Team: blue\u2028red', /in a line of its own/],
    ['X-Team: blue\r\n X-Other: 1\n\nred', /in a line of its own/],
  ] as const) {
    it(`${message ? 'refuse' : 'take'} ${JSON.stringify(lines)}`, () => {
      const error = headerError(lines);

      if (message) assert.match(error ?? '', message);
      else assert.equal(error, undefined);
    });
  }
});
