import assert from 'node:assert/strict';
import path from 'node:path';

import { isWithin, ownershipOf } from '../../../src/core/base/ownership';
import type { PathEntry } from '../../../src/core/base/ports';

/** Folders of root that everybody passes, the sticky one, and the person's own. */
const USUAL = ['/', '/home', '/tmp: root everybody sticky', '/home/me: me'];
const FOLDERS = { chosen: ['/home/me/code/project'], own: ['/home/me'] };

/** An entry such as `/tmp/.env: bob everybody`; without more it is root's, and a folder unless it is the last. */
function entry(text: string, isLast: boolean): PathEntry {
  const [at = '', words = ''] = text.split(': ');
  const said = new Set(words.split(' '));
  const named = ['me', 'bob', 'unknown'].find((name) => said.has(name));
  const owner = named === 'me' ? 'person' : named === 'bob' ? 'other' : named === 'unknown' ? 'unknown' : 'root';
  return {
    path: at,
    kind: said.has('link') ? 'link' : isLast ? 'file' : 'folder',
    owner,
    ownerName: named ?? 'root',
    writers: said.has('everybody') ? 'everybody' : said.has('group') ? 'group' : 'owner',
    isSticky: said.has('sticky'),
    names: said.has('twice') ? 2 : 1,
  };
}

function ownership(entries: readonly string[], folders = FOLDERS): string {
  const found = ownershipOf(
    entries.map((text, index) => entry(text, index === entries.length - 1)),
    folders,
  );
  return found.kind === 'foreign' ? found.why : found.kind;
}

describe('ownership of a file', () => {
  const above: readonly (readonly [title: string, entries: readonly string[], expected: string])[] = [
    ['is the person’s where all is theirs', [...USUAL, '/home/me/.env: me'], 'outside'],
    ['is the person’s where root wrote it', [...USUAL, '/home/me/.env'], 'outside'],
    ['is nobody else’s in a sticky folder', [...USUAL, '/tmp/.env: me'], 'outside'],
    ['is another’s in a sticky folder', [...USUAL, '/tmp/.env: bob'], 'it belongs to bob'],
    [
      'is another’s in a folder of theirs',
      [...USUAL, '/tmp/.qwen: bob', '/tmp/.qwen/.env: me'],
      '/tmp/.qwen belongs to bob',
    ],
    ['is everybody’s who may write to it', [...USUAL, '/home/me/.env: me everybody'], 'everybody can write to it'],
    ['is a group’s that may write to it', [...USUAL, '/home/me/.env: me group'], 'a group can write to it'],
    ['is everybody’s in an open folder', ['/', '/srv: everybody', '/srv/.env: me'], 'everybody can write to /srv'],
    ['is a group’s in its folder', ['/', '/srv: group', '/srv/.env: me'], 'a group can write to /srv'],
    [
      'is everybody’s below an open folder',
      ['/', '/a: everybody', '/a/b: me', '/a/b/.env: me'],
      'everybody can write to /a',
    ],
    ['is another’s below their folder', ['/', '/bob: bob', '/bob/x: me', '/bob/x/.env: me'], '/bob belongs to bob'],
    [
      'is another’s by their link',
      ['/', '/tmp: sticky everybody', '/tmp/.env: bob link', '/', '/etc', '/etc/x'],
      '/tmp/.env belongs to bob',
    ],
    [
      'is another’s where a link leads',
      [...USUAL, '/home/me/.env: me link', '/', '/bob: bob', '/bob/x: bob'],
      '/bob belongs to bob',
    ],
    [
      'is the person’s where their link leads',
      [...USUAL, '/tmp/.env: me link', '/', '/home', '/home/me: me', '/home/me/x: me'],
      'outside',
    ],
    [
      'is not asked of folders above home',
      ['/', '/home: bob everybody', '/home/me: me', '/home/me/.env: me'],
      'outside',
    ],
    [
      'is asked of the home folder',
      ['/', '/home', '/home/me: me everybody', '/home/me/.env: me'],
      'everybody can write to /home/me',
    ],
    [
      'is unknown outside of home on Windows',
      ['/: unknown', '/.env: unknown'],
      'it is outside of your home folder, where Windows lets others write',
    ],
    [
      'is the person’s at home on Windows',
      ['/: unknown', '/home: unknown', '/home/me: unknown', '/home/me/.env: unknown'],
      'outside',
    ],
    ['is seen as far as the way goes', ['/', '/tmp: everybody sticky', '/tmp/.qwen: bob'], 'it belongs to bob'],
  ];
  for (const [title, entries, expected] of above) {
    it(title, () => assert.equal(ownership(entries), expected));
  }

  describe('in a chosen folder', () => {
    const project = [...USUAL, '/home/me/code: me', '/home/me/code/project: me'];
    const env = '/home/me/code/project/.env';
    const open = ['/', '/tmp: everybody sticky'];
    const inTmp = { chosen: ['/tmp'], own: ['/home/me'] };
    const rows: readonly (readonly [
      title: string,
      entries: readonly string[],
      expected: string,
      folders?: typeof FOLDERS,
    ])[] = [
      ['is the folder’s, whoever wrote it', [...project, `${env}: bob`], 'chosen'],
      ['is the folder’s where a group may write', [...project, `${env}: me group`], 'chosen'],
      [
        'is the folder’s where it is somebody’s',
        ['/', '/srv: bob', '/srv/.env: bob'],
        'chosen',
        { ...FOLDERS, chosen: ['/srv'] },
      ],
      [
        'is the folder’s on Windows',
        ['/: unknown', '/x: unknown', '/x/.env: unknown'],
        'chosen',
        { ...FOLDERS, chosen: ['/x'] },
      ],
      ['is outside under a second name', [...project, `${env}: me twice`], 'outside'],
      ['is outside where a link leads out', [...project, `${env}: me link`, ...USUAL, '/home/me/.env: me'], 'outside'],
      ['is outside whoever made the link', [...project, `${env}: bob link`, ...USUAL, '/home/me/.env: me'], 'outside'],
      [
        'is outside where a link leads to another chosen folder',
        [...project, `${env}: me link`, '/', '/other', '/other/.env: link', '/', '/other', '/other/x: me'],
        'outside',
        { ...FOLDERS, chosen: ['/home/me/code/project', '/other'] },
      ],
      [
        'is the folder’s where a link in it leads to a chosen folder below',
        [...project, `${env}: me link`, ...project, '/home/me/code/project/a: me', '/home/me/code/project/a/.env: me'],
        'chosen',
        { ...FOLDERS, chosen: ['/home/me/code/project', '/home/me/code/project/a'] },
      ],
      [
        'is another’s where a link leads to theirs',
        [...project, `${env}: me link`, '/', '/bob: bob', '/bob/x: me'],
        '/bob belongs to bob',
      ],
      [
        'is the folder’s where a link stays in it',
        [...project, `${env}: link`, ...project, '/home/me/code/project/x: bob'],
        'chosen',
      ],
      ['is another’s where everybody can write', [...open, '/tmp/.env: bob'], 'it belongs to bob', inTmp],
      [
        'is another’s in their folder of an open one',
        [...open, '/tmp/.qwen: bob', '/tmp/.qwen/.env'],
        '/tmp/.qwen belongs to bob',
        inTmp,
      ],
      ['is the person’s where everybody can write', [...open, '/tmp/.env: me everybody'], 'chosen', inTmp],
    ];
    for (const [title, entries, expected, folders] of rows) {
      it(title, () => assert.equal(ownership(entries, folders), expected));
    }
  });
});

describe('a path within a folder', () => {
  const rows: readonly (readonly [folder: string, file: string, within: boolean])[] = [
    ['/a/b', '/a/b', true],
    ['/a/b', '/a/b/c', true],
    ['/a/b', '/a/b/..c', true],
    ['/', '/a', true],
    ['/a/b', '/a/bc', false],
    ['/a/b', '/a', false],
    ['/a/b', '/a/b/../c', false],
  ];
  for (const [folder, file, within] of rows) {
    it(`is ${within ? '' : 'not '}${file} in ${folder}`, () => {
      assert.equal(isWithin(path.resolve(folder), path.resolve(file)), within);
    });
  }
});
