import assert from 'node:assert/strict';

import { readRequest } from '../../../src/cli/commandLine';
import { earlyAnswer } from '../../../src/cli/earlyAnswer';

describe('what qwen-auth prints before the rest of it is loaded', () => {
  it('is its version', () => {
    assert.equal(earlyAnswer(readRequest(['--version']), '1.2.3'), '1.2.3\n');
  });

  it('is its help', () => {
    assert.match(earlyAnswer(readRequest(['--help']), '1.2.3') ?? '', /qwen-auth/);
  });

  it('is nothing where a command has to know more', () => {
    assert.equal(earlyAnswer(readRequest(['status']), '1.2.3'), undefined);
  });
});
