import assert from 'node:assert/strict';

import { headerError, headerLines, readHeaderLines } from '../../../src/core/config/entryHeaders';

describe('the headers of an entry in a form', () => {
  const stored = { 'X-Team': 'blue', 'X-Auth-Token': 'letmein', 'X-Trace': 'sk-0123456789abcdef' };

  it('show one in a line, and nothing that may be a secret', () => {
    assert.equal(headerLines(stored), 'X-Team: blue\nX-Auth-Token: (hidden)\nX-Trace: (hidden)');
    assert.deepEqual([headerLines(undefined), headerLines({ 'X-Number': 1 })], ['', 'X-Number: (hidden)']);
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
    ['X-Team: grün', /holds a character that no header can/],
  ] as const) {
    it(`${message ? 'refuse' : 'take'} ${JSON.stringify(lines)}`, () => {
      const error = headerError(lines);

      if (message) assert.match(error ?? '', message);
      else assert.equal(error, undefined);
    });
  }
});
