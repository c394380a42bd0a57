import assert from 'node:assert/strict';

import { earlyAnswer } from '../../../src/cli/earlyAnswer';

describe('what qwen-auth prints before the rest of it is loaded', () => {
  it('is its version', async () => {
    assert.equal(await earlyAnswer(['--version'], '1.2.3'), '1.2.3\n');
  });

  it('is its help', async () => {
    assert.match((await earlyAnswer(['--help'], '1.2.3')) ?? '', /qwen-auth/);
  });

  it('is nothing where a command has to know more', async () => {
    for (const argv of [[], ['status'], ['status', '--help'], ['--help', '--nonsense']])
      assert.equal(await earlyAnswer(argv, '1.2.3'), undefined);
  });
});
