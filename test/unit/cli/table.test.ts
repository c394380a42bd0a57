import assert from 'node:assert/strict';

import { table } from '../../../src/cli/table';

describe('table of a terminal', () => {
  it('has a line for each row, whatever the values say', () => {
    const rows = [
      ['state', 'signedOut'],
      ['model', 'a\nstate  signedIn\u202e'],
    ];

    assert.equal(table(rows), 'state  signedOut\nmodel  a state signedIn\n');
  });

  it('counts what a terminal draws two columns wide', () => {
    const rows = [
      ['状态', 'a'],
      ['Base URL', 'b'],
      ['한국어，', 'c'],
      ['e\u0301🙂', 'd'],
    ];

    assert.equal(table(rows), '状态      a\nBase URL  b\n한국어，  c\ne\u0301🙂       d\n');
  });
});
