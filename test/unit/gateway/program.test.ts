import assert from 'node:assert/strict';

import { programName, programOf } from '../../../src/core/gateway/program';

describe('the name of a program in a terminal', () => {
  for (const [userAgent, initiator] of [
    ['QwenCode/0.24.4 (linux; x64)', 'terminal/QwenCode'],
    ['OpenAI/Python 1.99.0', 'terminal/OpenAI/Python'],
    ['curl/8.5.0', 'terminal/curl'],
    ['node', 'terminal/node'],
    ['', 'terminal/unknown'],
    [undefined, 'terminal/unknown'],
    ['../../etc', 'terminal/..'],
    [`${'x'.repeat(500)}/1`, `terminal/${'x'.repeat(40)}`],
  ] as const) {
    it(`is ${initiator} for ${userAgent?.slice(0, 40) ?? 'none'}`, () => assert.equal(programOf(userAgent), initiator));
  }

  it('is shown as a program in the terminal, and that of an extension is none', () => {
    assert.equal(programName('terminal/QwenCode'), 'QwenCode in the terminal');
    assert.equal(programName('publisher.extension'), undefined);
  });
});
