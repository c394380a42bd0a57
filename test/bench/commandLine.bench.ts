// How long the command line takes, beside a Node that does nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { measure, timed } from './row';

const home = mkdtempSync(path.join(tmpdir(), 'qwen-auth-bench-'));
const program = path.resolve('dist/cli.js');
const env = { PATH: process.env['PATH'], HOME: home, OPENAI_API_KEY: 'sk-0123456789abcdef' };
/** A program that fails is not measured. */
const run = (...args: readonly string[]) => ({
  run: () =>
    timed(() => {
      execFileSync(process.execPath, args, { cwd: home, env });
    }),
});

for (const [command, atMost] of [
  ['--version', 1.5],
  ['--help', 1.5],
  ['status', 2.2],
  ['env', 2.2],
] as const) {
  await measure({
    row: `qwen-auth ${command}`,
    unit: 'ms',
    rounds: 21,
    ours: { what: `qwen-auth ${command}`, ...run(program, command) },
    beside: { what: 'node -e 0', ...run('-e', '0') },
    goal: { of: 'ratio', atMost },
  });
}
rmSync(home, { recursive: true });
