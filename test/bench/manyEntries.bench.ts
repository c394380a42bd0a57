// How much longer it takes to know what is in effect where the settings of Qwen Code list thousands of models.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { createTemporaryFolder } from '../fakes/temporaryFolder';
import { measure, timed } from './row';

const entry = (at: number) => ({
  id: `model-${at}`,
  baseUrl: `https://m${at % 50}.example.com/v1`,
  envKey: 'MANY_KEY',
});
const settings = (count: number): string =>
  JSON.stringify({ modelProviders: { openai: Array.from({ length: count }, (_, at) => entry(at)) } }, undefined, 2);

for (const count of [1000, 3000]) {
  const folder = createTemporaryFolder({
    'with/.qwen/settings.json': settings(count),
    'without/.qwen/settings.json': '{}',
  });
  const status = (name: string) => () =>
    timed(() => {
      const home = folder.at(name);
      const env = { PATH: process.env['PATH'], HOME: home, MANY_KEY: 'sk-0123456789abcdef' };
      execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'models'], {
        cwd: home,
        env: name === 'with' ? env : { ...env, OPENAI_API_KEY: 'sk-0123456789abcdef' },
      });
    });
  await measure({
    row: `qwen-auth with ${count} entries in ~/.qwen/settings.json`,
    unit: 'ms',
    rounds: 15,
    ours: { what: `models, with ${count} entries`, run: status('with') },
    beside: { what: 'models, with none', run: status('without') },
    goal: { of: 'ratio', atMost: 1.1 },
  });
  folder.remove();
}
