import assert from 'node:assert/strict';
import { readOwnedFile } from '../../../src/core/base/ownedFile';
import type { FileRead, FollowedPath, PathEntry } from '../../../src/core/base/ports';

const TMP: PathEntry = {
  path: '/tmp',
  kind: 'folder',
  owner: 'root',
  ownerName: 'root',
  writers: 'everybody',
  isSticky: true,
  names: 1,
};
const OWN: PathEntry = { ...TMP, path: '/tmp/.env', kind: 'file', owner: 'person', writers: 'owner' };
const DEAD_LINK: FileRead = { kind: 'broken', why: 'is a link to nothing' };
const text = (written: string): FileRead => ({ kind: 'text', text: written });

describe('a file that somebody may change while it is looked at', () => {
  const rows: readonly (readonly [
    title: string,
    reads: readonly FileRead[],
    way: FollowedPath,
    expected: FileRead & { readonly ownership: string },
  ])[] = [
    [
      'counts as it is once it is known whose it is',
      [text('before'), text('after')],
      { entries: [TMP, OWN], target: OWN.path },
      { kind: 'text', text: 'after', ownership: 'outside' },
    ],
    [
      'is missing where it was not there to be looked at, be it there again',
      [text('of somebody'), text('of somebody')],
      { entries: [TMP], target: undefined },
      { kind: 'missing', ownership: 'outside' },
    ],
    [
      'is a link that leads nowhere, be it a file the next moment',
      [DEAD_LINK, text('of somebody')],
      { entries: [TMP, { ...OWN, kind: 'link' }], target: undefined },
      { ...DEAD_LINK, ownership: 'outside' },
    ],
  ];
  for (const [title, reads, way, expected] of rows) {
    it(title, async () => {
      const left = [...reads];
      const files = {
        read: async () => left.shift() ?? text('of somebody'),
        followLinks: async () => way,
        watch: () => ({ dispose: () => undefined }),
      };

      assert.deepEqual(await readOwnedFile(files, OWN.path, { chosen: [], own: [] }), expected);
    });
  }
});
