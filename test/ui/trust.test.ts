import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually';
import { useWorkbench } from '../host/fixture.mjs';
import {
  answerDialog,
  enterKey,
  notification,
  runCommand,
  statusBarItem,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

describe('a workspace that is not trusted', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const terminal = { 'qwen.terminal.env': true };
    return {
      trust: true,
      settings: { ...sandbox.settings, ...terminal, 'security.workspace.trust.startupPrompt': 'never' },
    };
  });
  after(() => sandbox.stop());

  const model = (page: Page) => statusBarItem(page, 'model');
  const problems = (page: Page) => page.locator('[id="status.problems"]');
  const warning = (page: Page) => notification(page, '.env holds a key (OPENAI_API_KEY)');

  const started = () => path.join(workbench().server.folder, 'started');

  it('has no say in anything, and is told why', async () => {
    const { page, server } = workbench();
    const settings = path.join(server.folder, '.vscode/settings.json');
    await mkdir(path.dirname(settings));
    const keyCommand = { [`${sandbox.origin}/openai/v1`]: ['touch', started()] };
    await writeFile(
      settings,
      JSON.stringify({ 'qwen-code.apiKey': 'sk-0123456789abcdef', 'qwen.keyCommand': keyCommand }),
    );
    execFileSync('git', ['init', '--quiet', server.folder]);
    const lines = [`OPENAI_API_KEY=${sandbox.keys['openai']}`, `OPENAI_BASE_URL=${sandbox.origin}/openai/v1`];
    await writeFile(path.join(server.folder, '.env'), `${lines.join('\n')}\nOPENAI_MODEL=gpt-4o-mini\n`);
    await model(page).filter({ hasText: 'Sign in' }).waitFor();

    await runCommand(page, 'Qwen: Explain configuration');

    const why = 'ignored, because the workspace is not trusted';
    await webview(page)
      .getByText(`${path.join(server.folder, '.env')}: ${why}`)
      .waitFor();
  });

  it('is neither searched for keys that git would publish nor marked', async () => {
    const { page } = workbench();

    assert.equal(await warning(page).count(), 0);
    assert.match((await problems(page).getAttribute('aria-label')) ?? '', /No Problems/);
  });

  it('gives its terminals nothing of a sign-in', async () => {
    const { page } = workbench();
    await model(page).click();
    await takeOption(page, /Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await enterKey(page, 'Coding Plan', sandbox.keys['coding-plan/china'] ?? '');
    await model(page).filter({ hasText: 'qwen3-coder-plus' }).waitFor();

    await runCommand(page, 'Qwen: Open auth panel');

    await webview(page)
      .getByText('This workspace is not trusted, so its terminals get nothing of your sign-in.')
      .waitFor();

    await runCommand(page, 'Qwen: Sign out');
    await answerDialog(page, 'Sign out');
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });

  it('is spoken of in the side bar, with the way to trust it', async () => {
    const { page } = workbench();
    await page.locator('.activitybar').getByRole('tab', { name: 'Qwen' }).click();
    const welcome = page.locator('.welcome-view').filter({ hasText: 'This workspace is not trusted.' });
    await welcome.getByText('Your own sign-ins work').waitFor();

    await welcome.getByRole('button', { name: 'Manage Trust' }).waitFor();
    await welcome.getByRole('button', { name: 'Sign In' }).click();
    await page
      .locator('.quick-input-widget')
      .getByRole('option', { name: /^Coding Plan/ })
      .waitFor();
    await page.keyboard.press('Escape');
  });

  it('is read as soon as it is trusted', async () => {
    const { page } = workbench();
    await runCommand(page, 'Workspaces: Manage Workspace Trust');

    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust/ })
      .first()
      .click();

    await model(page).filter({ hasText: 'gpt-4o-mini' }).waitFor();
    await warning(page).waitFor();
    await problems(page).filter({ hasText: '1' }).waitFor();
  });

  it('starts no program that its settings name, not even once it is trusted', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Test connection');

    await eventually(() => sandbox.requests.some(({ path: asked }) => asked === '/openai/v1/chat/completions'), true);
    assert.ok(!existsSync(started()));
  });
});
