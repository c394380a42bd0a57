// How long VS Code waits for the extension when a window starts: loading its code, and activating it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { isRecord, numberIn, parseJson } from '../../src/core/base/json';
import { launchBrowser } from '../host/browser.mjs';
import { type Server, startServer } from '../host/server.mjs';
import { openWorkbench } from '../host/workbench.mjs';
import { manyEntries } from './entries';
import { measure } from './row';

const folder = mkdtempSync(path.join(tmpdir(), 'qwen-auth-bench-'));
const marks = path.join(folder, 'marks.json');
const OURS = 'qwen-auth.qwen-auth';
const THEIRS = 'vscode.github-authentication';

const start = () =>
  startServer({
    extensions: [path.resolve('out/qwen-auth.vsix')],
    unpacked: [path.resolve('test/bench/probe')],
    isolated: true,
    env: { BENCH_MARKS: marks },
  });
const [browser, server, withEntries] = await Promise.all([launchBrowser(), start(), start()]);
mkdirSync(path.join(withEntries.home, '.qwen'), { recursive: true });
writeFileSync(path.join(withEntries.home, '.qwen/settings.json'), manyEntries(1000));

/** The milliseconds that each extension took in a new window. */
async function startWindow(where: Server): Promise<Readonly<Record<string, unknown>>> {
  rmSync(marks, { force: true });
  const { context } = await openWorkbench(browser, where);
  while (!existsSync(marks) || parseJson(readFileSync(marks, 'utf8')) === undefined) await setTimeout(50);
  await context.close();
  const times = parseJson(readFileSync(marks, 'utf8'));
  return isRecord(times) ? times : {};
}

/** Both are measured in the same window, which the one that is compared opens. */
let times: Readonly<Record<string, unknown>> = {};
const took = (extension: string): number => numberIn(times, extension) ?? Number.NaN;
const tookIn = async (where: Server): Promise<number> => {
  times = await startWindow(where);
  return took(OURS);
};
try {
  await measure({
    row: 'load and activate in a window of the real workbench',
    unit: 'ms',
    ours: { what: 'qwen-auth', run: async () => took(OURS) },
    beside: {
      what: THEIRS,
      run: async () => {
        times = await startWindow(server);
        return took(THEIRS);
      },
    },
    goal: { of: 'ratio', atMost: 1 },
  });
  await measure({
    row: 'load and activate with 1000 entries in ~/.qwen/settings.json',
    unit: 'ms',
    rounds: 5,
    ours: { what: 'with 1000 entries', run: () => tookIn(withEntries) },
    beside: { what: 'with none', run: () => tookIn(server) },
    goal: { of: 'ratio', atMost: 1.1 },
  });
} finally {
  await browser.close();
  await Promise.all([server.stop(), withEntries.stop()]);
  rmSync(folder, { recursive: true });
}
process.exit();
