import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { eventually } from '../eventually';
import { useWorkbench } from '../host/fixture.mjs';
import { enterKey, notification, openPalette, runCommand, statusBarItem, takeOption } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

describe("VS Code's log level", () => {
  let sandbox: Sandbox;
  let folder: TemporaryFolder;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    folder = createTemporaryFolder({ 'bin/qwen': '#!/bin/sh\nexit 1\n' });
    chmodSync(folder.at('bin/qwen'), 0o755);
    const PATH = [folder.at('bin'), process.env['PATH']].join(path.delimiter);
    // VS Code asks a login shell for its environment, unless somebody started it from one.
    const env = { VSCODE_CLI: '1', TERM: 'xterm-256color', PATH };
    const settings = { ...sandbox.settings, 'qwen.terminal.env': true, 'terminal.integrated.gpuAcceleration': 'off' };
    return { settings, env };
  });
  after(async () => {
    folder.remove();
    await sandbox.stop();
  });

  const model = (page: Page) => statusBarItem(page, 'model');
  const key = (): string => sandbox.keys['coding-plan/china'] ?? '';
  const shows = async (page: Page, text: string | RegExp) =>
    await page.locator('.terminal-wrapper.active .xterm-rows').filter({ hasText: text }).waitFor({ timeout: 60_000 });
  /** Prints the variable in a new terminal. */
  const printKey = async (page: Page) => {
    await runCommand(page, 'Terminal: Create New Terminal');
    await shows(page, /[$#]\s*$/);
    await page.locator('.terminal-wrapper.active textarea').focus();
    await page.keyboard.type('echo "<$OPENAI_API_KEY>"');
    await page.keyboard.press('Enter');
  };
  const setLevel = async (page: Page, level: string) => {
    const input = await openPalette(page);
    await input.fill('>Developer: Set Log Level');
    await takeOption(page, /^Developer: Set Log Level/);
    await takeOption(page, new RegExp(`^${level}`));
  };
  const says = async (page: Page, text: RegExp): Promise<void> => {
    while (!text.test((await model(page).getAttribute('aria-label')) ?? '')) await page.waitForTimeout(50);
  };
  /** The logs of the server and its terminals that hold a text. */
  const logsWith = (text: string): readonly string[] => {
    const logs = path.join(workbench().server.userData, 'logs');
    return readdirSync(logs, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(logs, name))
      .filter((file) => statSync(file).isFile() && readFileSync(file, 'utf8').includes(text));
  };

  it('of Trace keeps the key out of terminals, and says why', async () => {
    const { page } = workbench();
    await model(page).filter({ hasText: 'Sign in' }).click();
    await takeOption(page, /Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await enterKey(page, 'Coding Plan', key());
    await model(page).filter({ hasText: 'qwen3-coder-plus' }).waitFor();

    await setLevel(page, 'Trace');

    await says(page, /New terminals get nothing right now\. VS Code's log level is Debug or Trace/);
  });

  it('of Trace leaves no key in the logs, which hold the rest of the environment', async () => {
    const { page } = workbench();
    await printKey(page);

    await shows(page, '<>');
    // A log is written a moment after what it tells of.
    await eventually(() => logsWith('"VSCODE_CLI":"1"').length > 0, true);
    assert.deepEqual(logsWith(key()), []);
  });

  it('of Trace keeps Qwen Code from being started with the key', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open Qwen Code in terminal');

    const refused = notification(page, /VS Code's log level is Debug or Trace/);
    await refused.getByRole('button', { name: 'Set log level' }).waitFor();
  });

  it('of Info gives the key back to new terminals', async () => {
    const { page } = workbench();
    await setLevel(page, 'Info');
    await says(page, /Click to switch the model\.(?!.*New terminals)/s);

    await printKey(page);

    await shows(page, `<${key()}>`);
  });
});
