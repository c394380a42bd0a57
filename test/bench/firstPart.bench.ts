// How long the first part of an answer takes through VS Code's API, from our provider and from one that does nothing
// but ask: the work of VS Code is in both.
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { isRecord, parseJson, stringIn } from '../../src/core/base/json';
import { launchBrowser } from '../host/browser.mjs';
import { startServer } from '../host/server.mjs';
import { openWorkbench } from '../host/workbench.mjs';
import { measure } from './row';

const choice = { index: 0, delta: { content: 'Hello' }, finish_reason: null };
const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'any', choices: [choice] };
const ANSWER = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;

const models = http.createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(ANSWER);
});
await once(models.listen(0, '127.0.0.1'), 'listening');
const address = models.address();

const folder = mkdtempSync(path.join(tmpdir(), 'qwen-auth-bench-'));
const file = path.join(folder, 'times.json');
const [browser, server] = await Promise.all([
  launchBrowser(),
  startServer({
    extensions: [path.resolve('out/qwen-auth.vsix')],
    unpacked: [path.resolve('test/bench/bareProvider')],
    isolated: true,
    env: {
      BENCH_TIMES: file,
      OPENAI_BASE_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1`,
      OPENAI_API_KEY: 'sk-0123456789abcdef',
      OPENAI_MODEL: 'any',
    },
  }),
]);

/** What both took in each round, as the window has written it down. */
async function readTimes(): Promise<Readonly<Record<'own' | 'bare', number[]>>> {
  await openWorkbench(browser, server);
  while (!existsSync(file) || parseJson(readFileSync(file, 'utf8')) === undefined) await setTimeout(100);
  const times = parseJson(readFileSync(file, 'utf8'));
  const error = stringIn(times, 'error');
  if (error !== undefined) throw new Error(error);
  const numbers = (name: string): number[] => {
    const list: unknown = isRecord(times) ? times[name] : undefined;
    return Array.isArray(list) ? list.filter((time) => typeof time === 'number') : [];
  };
  return { own: numbers('own'), bare: numbers('bare') };
}

try {
  const { own, bare } = await readTimes();
  await measure({
    row: "the first part of an answer through VS Code's API",
    unit: 'ms',
    rounds: own.length - 1,
    ours: { what: 'qwen-auth', run: async () => own.shift() ?? Number.NaN },
    beside: { what: 'a provider that does nothing but ask', run: async () => bare.shift() ?? Number.NaN },
    goal: { of: 'difference', atMost: 1 },
  });
} finally {
  await browser.close();
  await server.stop();
  models.close();
  rmSync(folder, { recursive: true });
}
process.exit();
