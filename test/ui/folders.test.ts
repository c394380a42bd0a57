import assert from 'node:assert/strict';
import type { FrameLocator, Page } from 'playwright-core';

import { stringIn } from '../../src/core/base/json';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { useWorkbench } from '../host/fixture.mjs';
import { notification, openPalette, reloadWindow, runCommand, takeOption, webview } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

/** Asks the gateway that its variables name; prints its argument, the status, and the model that answered. */
const ASK = `
  const { OPENAI_BASE_URL: base, OPENAI_API_KEY: key, OPENAI_MODEL: model } = process.env;
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hi' }] });
  fetch(base + '/chat/completions', { method: 'POST', body, headers: { authorization: 'Bearer ' + key } })
    .then(async (response) => console.log('<' + process.argv[2], response.status, (await response.json()).model + '>'));
`;

describe('a workspace of two folders', () => {
  let sandbox: Sandbox;
  let temporary: TemporaryFolder;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const env = (model: string) =>
      [
        `OPENAI_API_KEY=${sandbox.keys['openai']}`,
        `OPENAI_BASE_URL=${sandbox.origin}/openai/v1`,
        `OPENAI_MODEL=${model}`,
      ]
        .join('\n')
        .concat('\n');
    temporary = createTemporaryFolder({
      'shop/.env': env('gpt-4o'),
      'shop/shop.txt': 'A file of the shop.',
      'api/.env': env('gpt-4o-mini'),
      'api/api.txt': 'A file of the API.',
      'two.code-workspace': { folders: [{ path: 'shop' }, { path: 'api' }] },
    });
    return {
      settings: {
        ...sandbox.settings,
        'qwen.terminal.env': true,
        'terminal.integrated.gpuAcceleration': 'off',
        'workbench.editor.useModal': 'off',
      },
      workspace: temporary.at('two.code-workspace'),
    };
  });
  after(async () => {
    temporary.remove();
    await sandbox.stop();
  });

  const isInUse = async (page: Page, folder: string, id: string) =>
    await page
      .locator(`[id="qwen-auth.qwen-auth.model"] [aria-label*="${id} at"][aria-label*="Folder: ${folder}"]`)
      .waitFor();
  const openFile = async (page: Page, name: string) => {
    const input = await openPalette(page);
    // Without the sign of a command it searches for files.
    await input.fill(name);
    await takeOption(page, name);
    await page.getByRole('tab', { name }).waitFor();
  };
  const result = (panel: FrameLocator) => panel.getByRole('region', { name: 'Connection' }).locator('dl.facts');
  /** Runs the test of the connection, and answers which model was asked. */
  const asked = async (page: Page): Promise<string | undefined> => {
    const requests = () => sandbox.requests.filter(({ path }) => path.endsWith('/chat/completions'));
    const before = requests().length;
    await runCommand(page, 'Qwen: Test connection');
    while (requests().length === before) await page.waitForTimeout(20);
    return stringIn(requests().at(-1)?.json, 'model');
  };

  it('is that of its first folder to begin with, which the tooltip names', async () => {
    await isInUse(workbench().page, 'shop', 'gpt-4o');
  });

  it('follows the file that is active', async () => {
    const { page } = workbench();
    await openFile(page, 'api.txt');

    await isInUse(page, 'api', 'gpt-4o-mini');
  });

  it('names the folder in the answer to a test', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Test connection');

    await notification(page, /In api, gpt-4o-mini at \S+ answered in/).waitFor();
  });

  for (const [what, command, shown] of [
    ['an untitled file', 'File: New Untitled Text File', '.tab.active[aria-label^="Untitled"]'],
    ['the settings', 'Preferences: Open Settings (UI)', '.settings-editor .search-container .monaco-editor.focused'],
    ['the output', 'Output: Focus on Output View', '.output-view :focus'],
    ['our panel', 'Qwen: Open auth panel', '.tab.active[aria-label^="Qwen Auth"]'],
  ] as const) {
    it(`stays in its folder where ${what} is active`, async () => {
      const { page } = workbench();
      await runCommand(page, command);
      await page.locator(shown).waitFor();

      assert.equal(await asked(page), 'gpt-4o-mini');
      await isInUse(page, 'api', 'gpt-4o-mini');
    });
  }

  it('names the folder in the panel, and with the result there', async () => {
    const panel = webview(workbench().page);

    await panel.getByText('Folder: api').waitFor();
    await result(panel)
      .filter({ hasText: /Folder\s*api/ })
      .waitFor();
  });

  it('works in the folder that is chosen in the panel', async () => {
    const { page } = workbench();
    const panel = webview(page);
    await panel.getByRole('button', { name: 'Choose folder…' }).click();
    await takeOption(page, /shop/);

    await panel.getByText('Folder: shop').waitFor();
    await result(panel).waitFor({ state: 'hidden' });
    await isInUse(page, 'shop', 'gpt-4o');
  });

  it('is the same after a reload', async () => {
    const { page } = workbench();
    await openFile(page, 'api.txt');
    await isInUse(page, 'api', 'gpt-4o-mini');
    await runCommand(page, 'File: New Untitled Text File');
    await reloadWindow(page);

    await isInUse(page, 'api', 'gpt-4o-mini');
  });

  it('is explained for the folder that is picked, and stays where it is', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Explain configuration');
    await takeOption(page, /shop/);

    const text = webview(page).locator('body');
    await text.getByText(`from OPENAI_MODEL in ${temporary.at('shop/.env')}, line 3`).waitFor();
    await text.getByText('Folder: shop. This window works in api now').waitFor();
    await isInUse(page, 'api', 'gpt-4o-mini');
  });

  for (const [folder, id] of [
    ['shop', 'gpt-4o'],
    ['api', 'gpt-4o-mini'],
  ] as const) {
    it(`gives a terminal of ${folder} what that folder says`, async () => {
      const { page } = workbench();
      await runCommand(page, 'Terminal: Create New Terminal');
      await takeOption(page, folder);
      const rows = page.locator('.terminal-wrapper.active .xterm-rows');
      await rows.filter({ hasText: /[$#]\s*$/ }).waitFor();
      await page.locator('.terminal-wrapper.active textarea').focus();
      await page.keyboard.type('echo "<$OPENAI_MODEL>"');
      await page.keyboard.press('Enter');

      await rows.filter({ hasText: `<${id}>` }).waitFor();
    });
  }

  it('is that of the folder that is left, which needs no name', async () => {
    const { page } = workbench();
    temporary.write({ 'two.code-workspace': { folders: [{ path: 'shop' }] } });

    const item = page.locator('[id="qwen-auth.qwen-auth.model"] [aria-label*="gpt-4o at"]');
    await item.and(page.locator(':not([aria-label*="Folder:"])')).waitFor();
  });
});

describe('a terminal of the first of two folders, through the gateway', () => {
  const both = { folders: [{ path: 'shop' }, { path: 'api' }] };
  let sandbox: Sandbox;
  let temporary: TemporaryFolder;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox({ chunkGap: 0 });
    const env = (model: string) =>
      `OPENAI_API_KEY=${sandbox.keys['openai']}\nOPENAI_BASE_URL=${sandbox.origin}/openai/v1\nOPENAI_MODEL=${model}\n`;
    temporary = createTemporaryFolder({
      'shop/.env': env('gpt-4o'),
      'api/.env': env('gpt-4o-mini'),
      'ask.cjs': ASK,
      'two.code-workspace': both,
    });
    return {
      settings: {
        ...sandbox.settings,
        'qwen.terminal.env': 'gateway',
        'terminal.integrated.gpuAcceleration': 'off',
      },
      workspace: temporary.at('two.code-workspace'),
    };
  });
  after(async () => {
    temporary.remove();
    await sandbox.stop();
  });

  const item = () => workbench().page.locator('[id="qwen-auth.qwen-auth.model"] [aria-label*="gpt-4o at"]');
  /** Asks in the terminal, and waits for that answer. */
  const isAnswered = async (attempt: string) => {
    const { page } = workbench();
    await page.locator('.terminal-wrapper.active textarea').focus();
    await page.keyboard.type(`'${process.execPath}' ../ask.cjs ${attempt}`);
    await page.keyboard.press('Enter');
    const rows = page.locator('.terminal-wrapper.active .xterm-rows');
    await rows.filter({ hasText: `<${attempt} 200 gpt-4o>` }).waitFor();
  };

  it('is answered with the model of its folder', async () => {
    const { page } = workbench();
    await item().and(page.locator('[aria-label*="Folder: shop"]')).waitFor();
    await runCommand(page, 'Terminal: Create New Terminal');
    await takeOption(page, 'shop');
    await page
      .locator('.terminal-wrapper.active .xterm-rows')
      .filter({ hasText: /[$#]\s*$/ })
      .waitFor();

    await isAnswered('first');
  });

  it('is answered once the other folder is gone', async () => {
    temporary.write({ 'two.code-workspace': { folders: [{ path: 'shop' }] } });
    await item().and(workbench().page.locator(':not([aria-label*="Folder:"])')).waitFor();

    await isAnswered('alone');
  });

  it('is answered once another one is there again', async () => {
    temporary.write({ 'two.code-workspace': both });
    await item().and(workbench().page.locator('[aria-label*="Folder: shop"]')).waitFor();

    await isAnswered('again');
  });
});
