// How long VS Code waits for the extension when a window starts: loading its code, and activating it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { isRecord, numberIn, parseJson } from '../../src/core/base/json';
import { launchBrowser } from '../host/browser.mjs';
import { startServer } from '../host/server.mjs';
import { openWorkbench } from '../host/workbench.mjs';
import { measure } from './row';

const folder = mkdtempSync(path.join(tmpdir(), 'qwen-auth-bench-'));
const marks = path.join(folder, 'marks.json');
const [browser, server] = await Promise.all([
  launchBrowser(),
  startServer({
    extensions: [path.resolve('out/qwen-auth.vsix')],
    unpacked: [path.resolve('test/bench/probe')],
    isolated: true,
    env: { BENCH_MARKS: marks },
  }),
]);

/** The milliseconds that each extension took in a new window. */
async function startWindow(): Promise<Readonly<Record<string, unknown>>> {
  rmSync(marks, { force: true });
  const { context } = await openWorkbench(browser, server);
  while (!existsSync(marks) || parseJson(readFileSync(marks, 'utf8')) === undefined) await setTimeout(50);
  await context.close();
  const times = parseJson(readFileSync(marks, 'utf8'));
  return isRecord(times) ? times : {};
}

/** Both are measured in the same window, which the one that is compared opens. */
let times: Readonly<Record<string, unknown>> = {};
try {
  await measure({
    row: 'load and activate in a window of the real workbench',
    unit: 'ms',
    ours: { what: 'qwen-auth', run: async () => numberIn(times, 'qwen-auth.qwen-auth') ?? Number.NaN },
    beside: {
      what: 'vscode.github-authentication',
      run: async () => {
        times = await startWindow();
        return numberIn(times, 'vscode.github-authentication') ?? Number.NaN;
      },
    },
    goal: { of: 'ratio', atMost: 1 },
  });
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true });
}
process.exit();
