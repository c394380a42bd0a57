import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

import { wantsChinese } from '../../../src/cli/language';

describe('the language of qwen-auth', () => {
  for (const [environment, isChinese] of [
    [{}, false],
    [{ LANG: 'C.UTF-8' }, false],
    [{ LANG: 'zh_CN.UTF-8' }, true],
    [{ LANG: 'zh' }, true],
    [{ LANG: 'zh_SG.utf8' }, true],
    [{ LANG: 'zh-Hans' }, true],
    [{ LANG: 'zh_TW.UTF-8' }, false],
    [{ LANG: 'zh_Hant_HK' }, false],
    // The terminal would show something else.
    [{ LANG: 'zh_CN.GB18030' }, false],
    [{ LC_ALL: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8' }, false],
    [{ LC_ALL: '', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, true],
  ] as const)
    it(`is ${isChinese ? 'Chinese' : 'English'} with ${JSON.stringify(environment)}`, () => {
      assert.equal(wantsChinese(environment), isChinese);
    });

  it('is set before the constants of the program are made', () => {
    const { stdout } = spawnSync(process.execPath, ['out/cli/cli.js', '--help'], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' },
    });

    assert.match(stdout, /\p{Script=Han}/u);
  });
});
