import assert from 'node:assert/strict';

import { systemSettings } from '../../../src/core/config/systemSettings';

const SETTINGS = 'QWEN_CODE_SYSTEM_SETTINGS_PATH';
const DEFAULTS = 'QWEN_CODE_SYSTEM_DEFAULTS_PATH';
const slashed = (file: string): string => file.replaceAll('\\', '/').replace(/^[A-Z]:(?=\/[a-z]\/)/, '');

describe('the settings for everybody on a computer', () => {
  for (const [platform, folder] of [
    ['linux', '/etc/qwen-code'],
    ['darwin', '/Library/Application Support/QwenCode'],
    ['win32', 'C:/ProgramData/qwen-code'],
  ] as const) {
    it(`are where Qwen Code looks on ${platform}`, () => {
      const { settings, defaults, named } = systemSettings({ [SETTINGS]: '' }, platform);

      assert.equal(slashed(settings), `${folder}/settings.json`);
      if (platform !== 'win32' || process.platform === 'win32')
        assert.equal(slashed(defaults), `${folder}/system-defaults.json`);
      assert.deepEqual(named, []);
    });
  }

  for (const [what, environment, settings, defaults, named] of [
    ['both beside each other', { [SETTINGS]: '/a/b.json' }, '/a/b.json', '/a/system-defaults.json', ['/a']],
    ['each of them', { [SETTINGS]: '/a/b.json', [DEFAULTS]: '/c/d.json' }, '/a/b.json', '/c/d.json', ['/a', '/c']],
    ['the defaults alone', { [DEFAULTS]: '/c/d.json' }, '/etc/qwen-code/settings.json', '/c/d.json', ['/c']],
    [
      'not those that a window writes for its terminals',
      { [SETTINGS]: '/a/b.json', [DEFAULTS]: '/storage/qwen-code-gateway.json' },
      '/a/b.json',
      '/a/system-defaults.json',
      ['/a'],
    ],
  ] as const) {
    it(`are where variables name ${what}`, () => {
      const found = systemSettings(environment, 'linux');

      assert.deepEqual(
        {
          ...found,
          settings: slashed(found.settings),
          defaults: slashed(found.defaults),
          named: found.named.map(slashed),
        },
        { settings, defaults, named },
      );
    });
  }
});
