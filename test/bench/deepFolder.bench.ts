// How much longer the command line takes where there are many folders to look into.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { createTemporaryFolder } from '../fakes/temporaryFolder';
import { measure, timed } from './row';

const DEPTH = 100;

const folder = createTemporaryFolder({});
const home = folder.at('home');
const deep = path.join(home, ...Array.from({ length: DEPTH }, (_, at) => `d${at}`));
mkdirSync(deep, { recursive: true });
const env = { PATH: process.env['PATH'], HOME: home, OPENAI_API_KEY: 'sk-0123456789abcdef' };
const status = (cwd: string) => () =>
  timed(() => void execFileSync(process.execPath, [path.resolve('dist/cli.js'), 'status'], { cwd, env }));

await measure({
  row: `qwen-auth status, ${DEPTH} folders deep`,
  unit: 'ms',
  rounds: 21,
  ours: { what: `${DEPTH} folders below the home folder`, run: status(deep) },
  beside: { what: 'in the home folder', run: status(home) },
  goal: { of: 'difference', atMost: 10 },
});
folder.remove();
