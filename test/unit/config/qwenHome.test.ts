import assert from 'node:assert/strict';
import path from 'node:path';

import { isSameFolder, qwenHome } from '../../../src/core/config/qwenHome';

describe("the folder of Qwen Code's own files", () => {
  const home = path.resolve('/home/$me');

  for (const [value, expected] of [
    [undefined, path.join(home, '.qwen')],
    ['', path.join(home, '.qwen')],
    [path.resolve('/data/qwen'), path.resolve('/data/qwen')],
    ['~', home],
    ['~/other/', path.join(home, 'other')],
    ['/data/~/qwen', path.resolve('/data/~/qwen')],
    ['~other', path.resolve('~other')],
    ['here', path.resolve('here')],
  ] as const) {
    it(`is ${expected} where QWEN_HOME is ${JSON.stringify(value)}`, () => {
      assert.equal(qwenHome({ environment: { QWEN_HOME: value }, home }), expected);
    });
  }
});

describe('one folder', () => {
  for (const [one, other, paths, expected] of [
    ['c:\\Users\\me', 'C:\\Users\\me', path.win32, true],
    ['C:\\Users\\me\\', 'C:\\users\\ME', path.win32, true],
    ['D:\\Users\\me', 'C:\\Users\\me', path.win32, false],
    ['/home/me/', '/home/me', path.posix, true],
    ['/home/Me', '/home/me', path.posix, false],
    ['/home/me/work', '/home/me', path.posix, false],
  ] as const) {
    it(`is ${expected ? '' : 'not '}both ${one} and ${other}`, () => {
      assert.equal(isSameFolder(one, other, paths), expected);
    });
  }
});
