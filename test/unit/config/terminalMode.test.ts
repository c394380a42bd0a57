import assert from 'node:assert/strict';

import { readTerminalMode } from '../../../src/core/config/terminalMode';

describe('what terminals get of the sign-in', () => {
  for (const [setting, mode] of [
    [true, 'key'],
    ['key', 'key'],
    ['gateway', 'gateway'],
    ['off', 'off'],
    [false, 'off'],
    [undefined, 'off'],
    ['true', 'off'],
    [1, 'off'],
    [['key'], 'off'],
  ] as const) {
    it(`is ${mode} with ${JSON.stringify(setting)}`, () => assert.equal(readTerminalMode(setting), mode));
  }
});
