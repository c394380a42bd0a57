import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Page } from 'playwright-core';

import { stringIn } from '../../src/core/base/json';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { useWorkbench } from '../host/fixture.mjs';
import {
  answerDialog,
  enterKey,
  notification,
  runCommand,
  statusBarItem,
  takeButton,
  takeOption,
} from '../host/workbench.mjs';
import { QUIET, QWEN } from '../interop/qwenCodeProcess';
import { type Sandbox, startSandbox } from './sandbox';

/** What keeps Qwen Code from asking anybody but the sandbox, and from a tool that is not there. */
const SETTINGS = {
  $version: 4,
  general: { enableAutoUpdate: false },
  memory: { enableManagedAutoMemory: false },
  tools: { useRipgrep: false },
};

describe('the real Qwen Code in the terminal of the workbench', () => {
  let sandbox: Sandbox;
  let folder: TemporaryFolder;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    folder = createTemporaryFolder({
      'bin/qwen': `#!/bin/sh\nexec '${QWEN.join("' '")}' "$@"\n`,
      'qwen/settings.json': SETTINGS,
    });
    chmodSync(folder.at('bin/qwen'), 0o755);
    // Without a Qwen Code that the machine may have.
    const elsewhere = (process.env['PATH'] ?? '')
      .split(path.delimiter)
      .filter((at) => !existsSync(path.join(at, 'qwen')));
    const PATH = [folder.at('bin'), ...elsewhere].join(path.delimiter);
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
    await enterKey(page, 'Coding Plan', key());
    await model(page).filter({ hasText: 'qwen3-coder-plus' }).waitFor();
    await openTerminal(page);

    await type(page, 'echo "<$OPENAI_API_KEY>"');

    await shows(page, '<>');
  });

  it('answers with the model of the status bar, through the gateway', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Use my sign-in in the terminal');
    await page.getByRole('button', { name: 'Through the gateway' }).click();
    await notification(page, /New terminals get (a token for the gateway, and no key|nothing yet)/).waitFor();
    await openTerminal(page);

    await type(page, 'qwen -p "hi from the terminal"');

    await shows(page, /Hello from qwen3-coder-plus.*You said: hi from the terminal/);
    assert.deepEqual(lastAsked(), ['qwen3-coder-plus', key()]);
  });

  it('answers with another model when that was switched, in the terminal that is open', async () => {
    const { page } = workbench();
    await model(page).click();
    await takeOption(page, /glm-5/);
    await model(page).filter({ hasText: 'glm-5' }).waitFor();
    await page.locator('.terminal-wrapper.active textarea').focus();

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

  it('is set up by variables that VS Code keeps nowhere, and whose names it tells', async () => {
    const { page, context } = workbench();
    const kept = JSON.stringify(await context.storageState({ indexedDB: true }));
    assert.ok(kept.includes('qwen-auth'));
    assert.ok(!kept.includes(key()));

    // VS Code keeps what this editor has shown, the values too: it is opened last.
    await runCommand(page, 'Terminal: Show Environment Contributions');
    // Monaco's own spaces are others.
    const description =
      /Sets\s`OPENAI_API_KEY`,\s`OPENAI_BASE_URL`,\s`OPENAI_MODEL`,\s`QWEN_AUTH_GATEWAY`,\s`QWEN_AUTH_TOKEN`/;
    await page.locator('.editor-instance .view-lines').filter({ hasText: description }).waitFor();
  });

  const settings = () => readFileSync(folder.at('qwen/settings.json'), 'utf8');
  const showChange = async (page: Page) => {
    await runCommand(page, 'Qwen: Write Qwen Code settings');
    await page.locator('.monaco-diff-editor .modified').getByText('glm-5').first().waitFor();
    await page.locator('.quick-input-list').getByRole('option', { name: 'Write with the key' }).waitFor();
  };
  /** A toast may not come where there were some a moment ago. */
  const isWritten = async (text: string) => {
    for (let left = 1500; !settings().includes(text); left -= 1) {
      assert.ok(left > 0, `${text} was not written`);
      await setTimeout(20);
    }
  };
  const isClosed = async (page: Page) => await page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });

  it('has its settings as they were when what would change is not wanted', async () => {
    const { page } = workbench();
    const before = settings();
    await showChange(page);

    await page.keyboard.press('Escape');

    await isClosed(page);
    assert.equal(settings(), before);
  });

  it('has no key in its settings before the warning of it is taken', async () => {
    const { page } = workbench();
    const before = settings();
    await showChange(page);
    await takeOption(page, /Write with the key/);
    const warning = page.locator('.monaco-dialog-box').filter({ hasText: /Your key would stand in .* in plain text/ });

    await warning.getByRole('button', { name: 'Cancel' }).click();

    await isClosed(page);
    assert.equal(settings(), before);
    await showChange(page);
    await takeOption(page, /Write with the key/);
    await warning.getByRole('button', { name: 'Write the key' }).click();
    await isWritten(key());
    writeFileSync(folder.at('qwen/settings.json'), before);
  });

  it('has the model in its settings, and not the key, once the change is taken', async () => {
    const { page } = workbench();
    const before = settings();
    await showChange(page);

    await takeOption(page, /Write(?! with)/);

    await isWritten('"glm-5"');
    assert.match(settings(), /"envKey": "QWEN_AUTH_127_0_0_1_\d+_KEY"/);
    assert.ok(!settings().includes(key()));
    writeFileSync(folder.at('qwen/settings.json'), before);
  });

  it('gets nothing more once somebody has signed out', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign out');
    await answerDialog(page, 'Sign out');
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
    await openTerminal(page);

    await type(page, 'echo "<$OPENAI_API_KEY$OPENAI_BASE_URL$OPENAI_MODEL>"');

    await shows(page, '<>');
  });

  it('is followed where it names another model in its settings', async () => {
    const { page } = workbench();
    const baseUrl = `${sandbox.origin}/coding/china/v1`;
    const openai = ['kimi-k3', 'glm-6'].map((id) => ({ id, baseUrl, envKey: 'PLAN_KEY' }));
    const says = (name: string) => {
      const all = { ...SETTINGS, env: { PLAN_KEY: key() }, modelProviders: { openai }, model: { name, baseUrl } };
      writeFileSync(folder.at('qwen/settings.json'), JSON.stringify(all));
    };
    for (const name of ['kimi-k3', 'glm-6']) {
      says(name);

      await model(page).filter({ hasText: name }).waitFor();
    }
  });

  it('is not started where it is not installed, but the command that installs it is typed', async () => {
    const { page } = workbench();
    rmSync(folder.at('bin/qwen'));
    await runCommand(page, 'Qwen: Open Qwen Code in terminal');

    await takeButton(notification(page, 'Qwen Code is not installed here'), 'Type it in a terminal');

    await shows(page, /[$#]\s*npm install -g @qwen-code\/qwen-code\s*$/);
  });
});
