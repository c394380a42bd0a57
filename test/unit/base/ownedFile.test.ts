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
    what: string,
    reads: readonly FileRead[],
    way: FollowedPath,
    expected: FileRead & { readonly ownership: string },
  ])[] = [
    [
      'what it is once it is known whose it is',
      [text('before'), text('after')],
      { entries: [TMP, OWN], target: OWN.path },
      { kind: 'text', text: 'after', ownership: 'outside' },
    ],
    [
      'missing where it has gone before that is known',
      [text('of somebody'), text('of somebody')],
      { entries: [TMP], target: undefined },
      { kind: 'missing', ownership: 'outside' },
    ],
    [
      'a link that leads nowhere where it is one',
      [DEAD_LINK, text('of somebody')],
      { entries: [TMP, { ...OWN, kind: 'link' }], target: undefined },
      { ...DEAD_LINK, ownership: 'outside' },
    ],
  ];
  for (const [what, reads, way, expected] of rows) {
    it(`is ${what}, be it another one the next moment`, async () => {
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
