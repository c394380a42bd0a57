import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { createCommandLineProgram } from '../fakes/commandLineProgram';
import { useWorkbench } from '../host/fixture.mjs';
import { openWorkbench, runCommand, statusBarItem, webview } from '../host/workbench.mjs';
import { startSandbox, type Sandbox } from '../sandbox/sandbox';

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 120);
const IS_SHARED = process.env['SOAK_SHARED'] === '1';
const LIFE_SECONDS = 10;
/** A token serves for nine tenths of its life; a clock's tick less. */
const SHORTEST_GAP_MS = LIFE_SECONDS * 900 - 50;

/** What became of the sign-in at a sandbox. */
function figuresOf(sandbox: Sandbox, begin: number) {
  const refreshes = sandbox.requests.filter(({ form }) => form['grant_type'] === 'refresh_token');
  const gaps = refreshes.slice(1).map(({ at }, index) => at - (refreshes[index]?.at ?? 0));
  return {
    seconds: Math.round((Date.now() - begin) / 1000),
    requestsToTheModel: sandbox.requests.filter(({ path }) => path.endsWith('/chat/completions')).length,
    refreshes: refreshes.length,
    refused: refreshes.filter(({ status }) => status !== 200).length,
    presentedTwice: refreshes.length - new Set(refreshes.map(({ form }) => form['refresh_token'])).size,
    shortestGapMs: Math.min(...gaps),
    longestGapMs: Math.max(...gaps),
  };
}

describe('two windows of one browser, and three command lines', () => {
  let ofWindows: Sandbox;
  let ofCommands: Sandbox;
  const program = createCommandLineProgram();
  const workbench = useWorkbench(async () => {
    ofWindows = await startSandbox({ accessTokenLife: LIFE_SECONDS });
    ofCommands = IS_SHARED ? ofWindows : await startSandbox({ accessTokenLife: LIFE_SECONDS });
    return { settings: { ...ofWindows.settings, ...(IS_SHARED && { 'qwen.oauth.shareWithQwenCode': true }) } };
  });
  after(async () => {
    program.remove();
    await Promise.all([...new Set([ofWindows, ofCommands])].map((sandbox) => sandbox.stop()));
  });

  const home = (): Readonly<Record<string, string>> => (IS_SHARED ? { HOME: workbench().home } : {});
  const model = (page: Page) => statusBarItem(page, 'model').filter({ hasText: 'coder-model' });

  async function signInByClicks(page: Page): Promise<void> {
    const panel = webview(page);
    await panel.getByRole('button', { name: 'Qwen OAuth', exact: true }).click();
    await panel.getByRole('button', { name: 'Sign in with Qwen OAuth' }).click();
    ofWindows.approve(await panel.getByText(/^[A-Z]{4}-[A-Z]{4}$/).innerText());
    await model(page).waitFor();
  }

  async function signInByCommand(): Promise<void> {
    const login = ['login', '--issuer', ofCommands.origin, '--client-id', 'qwen-auth-sandbox', '--no-browser'];
    const running = program.startInTerminal(login, home());
    const [, userCode = ''] = await running.printed(/approve the code (\S+)\. /);
    ofCommands.approve(userCode);
    assert.equal((await running.ended).code, 0);
  }

  async function testByClicks(page: Page, until: number): Promise<number> {
    let answers = 0;
    while (Date.now() < until) {
      const panel = webview(page);
      await panel.getByRole('button', { name: 'Test connection' }).click();
      await panel.getByText(/^Hello from coder-model/).waitFor();
      answers += 1;
      await sleep(Math.random() * 500);
    }
    return answers;
  }

  async function testByCommand(until: number): Promise<number> {
    let answers = 0;
    while (Date.now() < until) {
      const { code, out, err } = await program.run(['test'], home());
      assert.equal(code, 0, out + err);
      answers += 1;
    }
    return answers;
  }

  it(`refresh once per expiry for ${SECONDS} seconds, and stay signed in`, async () => {
    const { browser, context, server, page } = workbench();
    // Both are open before there is a sign-in, so that the second has to get the key from the first.
    const { page: second } = await openWorkbench(browser, server, { context });
    const pages = [page, second];
    for (const each of pages) await runCommand(each, 'Qwen: Open auth panel');
    await signInByClicks(page);
    await model(second).waitFor();
    if (!IS_SHARED) await signInByCommand();

    const begin = Date.now();
    const until = begin + SECONDS * 1000;
    const answers = await Promise.all([
      ...pages.map((each) => testByClicks(each, until)),
      ...[1, 2, 3].map(() => testByCommand(until)),
    ]);
    const sandboxes = IS_SHARED ? { all: ofWindows } : { windows: ofWindows, commands: ofCommands };
    console.log({ answers });
    for (const [whose, sandbox] of Object.entries(sandboxes)) {
      const figures = figuresOf(sandbox, begin);
      console.log(whose, figures);
      assert.ok(figures.refreshes >= 2, 'It was too short to see a token renewed twice.');
      assert.deepEqual([figures.refused, figures.presentedTwice], [0, 0]);
      assert.ok(figures.shortestGapMs >= SHORTEST_GAP_MS, `Refreshed after ${figures.shortestGapMs} ms.`);
    }
    for (const each of pages) {
      await each.reload();
      await model(each).waitFor();
    }
  });
});
