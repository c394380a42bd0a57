import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { stringIn } from '../../src/core/json';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { useWorkbench } from '../host/fixture.mjs';
import { notification, runCommand, statusBarItem, takeOption } from '../host/workbench.mjs';
import { QUIET, QWEN } from '../interop/qwenCodeProcess';
import { type Sandbox, startSandbox } from './sandbox';

/** What keeps Qwen Code from asking anybody but the sandbox, and from a tool that is not there. */
const SETTINGS = {
  $version: 4,
  general: { enableAutoUpdate: false },
  memory: { enableManagedAutoMemory: false },
  tools: { useRipgrep: false },
};

describe('the real Qwen Code in the terminal of the workbench', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let folder: TemporaryFolder;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    folder = createTemporaryFolder({
      'bin/qwen': `#!/bin/sh\nexec '${QWEN.join("' '")}' "$@"\n`,
      'qwen/settings.json': SETTINGS,
    });
    chmodSync(folder.at('bin/qwen'), 0o755);
    const PATH = [folder.at('bin'), process.env['PATH']].join(path.delimiter);
    // VS Code asks a login shell for its environment, unless somebody started it from one.
    const env = { ...QUIET, VSCODE_CLI: '1', TERM: 'xterm-256color', PATH, QWEN_HOME: folder.at('qwen') };
    // So that what stands in a terminal is text in the page.
    return { settings: { ...sandbox.settings, 'terminal.integrated.gpuAcceleration': 'off' }, env };
  });
  after(async () => {
    folder.remove();
    await sandbox.stop();
  });

  const model = (page: Page) => statusBarItem(page, 'model');
  const shows = async (page: Page, text: string | RegExp) =>
    await page.locator('.terminal-wrapper.active .xterm-rows').filter({ hasText: text }).waitFor({ timeout: 60_000 });
  const openTerminal = async (page: Page) => {
    await runCommand(page, 'Terminal: Create New Terminal');
    await shows(page, /[$#]\s*$/);
    await page.locator('.terminal-wrapper.active textarea').focus();
  };
  const type = async (page: Page, text: string) => {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  /** The model and the key of the last request. */
  const lastAsked = () => {
    const request = sandbox.requests.findLast(({ path: at }) => at.endsWith('/chat/completions'));
    return [stringIn(request?.json, 'model'), request?.headers.authorization?.replace('Bearer ', '')];
  };
  const key = () => sandbox.keys['coding-plan/china'] ?? '';

  it('gets nothing of the sign-in unless somebody says so', async () => {
    const { page } = workbench();
    await model(page).filter({ hasText: 'Sign in' }).click();
    await takeOption(page, /Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await page.locator('.quick-input-widget').getByText('API key of Coding Plan').waitFor();
    await type(page, key());
    await model(page).filter({ hasText: 'qwen3.5-plus' }).waitFor();
    await openTerminal(page);

    await type(page, 'echo "<$OPENAI_API_KEY>"');

    await shows(page, '<>');
  });

  it('answers with the key and the model of the status bar', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Use my sign-in in the terminal');
    await page.getByRole('button', { name: 'Turn on' }).click();
    await notification(page, /New terminals get OPENAI_API_KEY/).waitFor();
    await openTerminal(page);

    await type(page, 'qwen -p "hi from the terminal"');

    await shows(page, /Hello from qwen3.5-plus.*You said: hi from the terminal/);
    assert.deepEqual(lastAsked(), ['qwen3.5-plus', key()]);
  });

  it('answers with another model when that was switched', async () => {
    const { page } = workbench();
    await model(page).click();
    await takeOption(page, /glm-5/);
    await model(page).filter({ hasText: 'glm-5' }).waitFor();
    await openTerminal(page);

    await type(page, 'qwen -p "hi again"');

    await shows(page, /Hello from glm-5.*You said: hi again/);
    assert.deepEqual(lastAsked(), ['glm-5', key()]);
  });

  it('is opened with that model, and asks nothing before one can talk to it', async () => {
    const { page } = workbench();

    await runCommand(page, 'Qwen: Open Qwen Code in terminal');
    await shows(page, /Type your message/);
    await type(page, 'hi by hand');

    await shows(page, /You said: hi by hand/);
    assert.deepEqual(lastAsked(), ['glm-5', key()]);
  });

  it('gets nothing more once somebody has signed out', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign out');
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
    await openTerminal(page);

    await type(page, 'echo "<$OPENAI_API_KEY$OPENAI_BASE_URL$OPENAI_MODEL>"');

    await shows(page, '<>');
  });
});
