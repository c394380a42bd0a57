import assert from 'node:assert/strict';

import { readSystemUsers } from '../../../src/core/base/systemUsers';

const FILES = {
  passwd: 'root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\nbob:x:1001:1001::/home/bob:\n# remark\n\n',
  group: 'root:x:0:\nme:x:1000:\nbob:x:1001:\nadmins:x:50:root,me\nteam:x:60:me,bob\nremote:x:70:me,ldap\n',
};
const ME = 1000;

describe('users of a system', () => {
  const users = readSystemUsers([ME], FILES);
  const rows: readonly (readonly [title: string, gid: number, isShared: boolean, known?: typeof users])[] = [
    ['has nobody else in the person’s own group', 1000, false],
    ['has nobody else beside root', 50, false],
    ['has other members', 60, true],
    ['has members of another system', 70, true],
    ['has whoever it is the first group of', 1001, true],
    ['is shared where it is not known', 99, true],
    ['is the person’s by its number, without files', 1000, false, readSystemUsers([ME], { passwd: '', group: '' })],
    [
      'is shared by its number, without files',
      20,
      true,
      readSystemUsers([501], { passwd: '', group: 'staff:*:20:root' }),
    ],
  ];
  for (const [title, gid, isShared, known = users] of rows) {
    it(`say that a group ${title}`, () => assert.equal(known.isShared(gid), isShared));
  }

  it('are the person under each of their numbers', () => {
    const both = readSystemUsers([0, ME], FILES);

    assert.deepEqual(
      [0, ME, 1001].map((uid) => both.isPerson(uid)),
      [true, true, false],
    );
  });

  it('are called by name where they have one', () => {
    assert.deepEqual(
      [1001, 4711].map((uid) => users.nameOf(uid)),
      ['bob', 'user 4711'],
    );
  });
});
