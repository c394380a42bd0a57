// How much longer it takes to know what is in effect where the settings of Qwen Code list thousands of models.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { createTemporaryFolder } from '../fakes/temporaryFolder';
import { manyEntries } from './entries';
import { measure, timed } from './row';

for (const count of [1000, 3000]) {
  const folder = createTemporaryFolder({
    'with/.qwen/settings.json': manyEntries(count),
    'without/.qwen/settings.json': '{}',
  });
  const status = (name: string) => () =>
    timed(() => {
      const home = folder.at(name);
      const env = { PATH: process.env['PATH'], HOME: home, MANY_KEY: 'sk-0123456789abcdef' };
      execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'status'], {
        cwd: home,
        env: name === 'with' ? env : { ...env, OPENAI_API_KEY: 'sk-0123456789abcdef' },
      });
    });
  await measure({
    row: `qwen-auth status with ${count} entries in ~/.qwen/settings.json`,
    unit: 'ms',
    rounds: 15,
    ours: { what: `with ${count} entries`, run: status('with') },
    beside: { what: 'with none', run: status('without') },
    goal: { of: 'ratio', atMost: 1.1 },
  });
  folder.remove();
}
