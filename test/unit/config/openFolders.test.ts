import assert from 'node:assert/strict';

import { folderInEffect, folderLabel, type OpenFolder } from '../../../src/core/config/openFolders';

const folder = (path: string): OpenFolder => ({ uri: `file://${path}`, name: path.split('/').at(-1) ?? '', path });
const [A, B, C] = [folder('/projects/a'), folder('/projects/b'), folder('/home/a')];

describe('the folder that is worked in', () => {
  it('is that of the file that is active', () => {
    assert.equal(folderInEffect([A, B], B.uri, A.uri), B);
  });

  it('stays where the file that is active is in none', () => {
    assert.equal(folderInEffect([A, B], undefined, B.uri), B);
  });

  it('is the first once the one before was closed', () => {
    assert.equal(folderInEffect([A, C], undefined, B.uri), A);
  });

  it('is none where none is open', () => {
    assert.equal(folderInEffect([], undefined, B.uri), undefined);
  });
});

describe('the name of a folder', () => {
  it('is left out where it is the only one', () => {
    assert.equal(folderLabel(A, [A]), undefined);
  });

  it('is what the workspace calls it', () => {
    assert.equal(folderLabel(B, [A, B]), 'b');
  });

  it('has the address where it has no path here', () => {
    const remote = { ...C, path: undefined };

    assert.equal(folderLabel(remote, [A, remote]), 'a (file:///home/a)');
  });

  it('has the path where another has the same', () => {
    assert.deepEqual(
      [A, C].map((one) => folderLabel(one, [A, B, C])),
      ['a (/projects/a)', 'a (/home/a)'],
    );
  });
});
