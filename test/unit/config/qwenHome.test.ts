import assert from 'node:assert/strict';
import path from 'node:path';

import { qwenHome } from '../../../src/core/config/qwenHome';

describe("the folder of Qwen Code's own files", () => {
  const home = path.resolve('/home/$me');

  for (const [value, expected] of [
    [undefined, path.join(home, '.qwen')],
    ['', path.join(home, '.qwen')],
    [path.resolve('/data/qwen'), path.resolve('/data/qwen')],
    ['~', home],
    ['~/other/', path.join(home, 'other')],
    ['~other', path.resolve('~other')],
    ['here', path.resolve('here')],
  ] as const) {
    it(`is ${expected} where QWEN_HOME is ${JSON.stringify(value)}`, () => {
      assert.equal(qwenHome({ environment: { QWEN_HOME: value }, home }), expected);
    });
  }
});
