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
});
