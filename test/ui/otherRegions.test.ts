import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import {
  enterKey,
  notification,
  runCommand,
  statusBarItem,
  takeButton,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

const WAY_ON = 'Check the other regions';
const dialog = (page: Page) => page.locator('.monaco-dialog-box');

describe('a key of another region', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    return { settings: sandbox.settings };
  });
  after(() => sandbox.stop());

  const asked = (region: string) => sandbox.requests.filter(({ path }) => path.startsWith(`/coding/${region}`)).length;

  const enterInChina = async (page: Page, key: string) => {
    await takeOption(page, /Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await enterKey(page, 'Coding Plan', key);
  };

  it('is sent nowhere else while the person has not said yes, in the palette', async () => {
    const { page } = workbench();
    await statusBarItem(page, 'model').filter({ hasText: 'Sign in' }).click();
    await enterInChina(page, sandbox.keys['coding-plan/international'] ?? '');
    await takeButton(notification(page, /refused the Coding Plan key that ends in intl \(401\)/), WAY_ON);

    const question = dialog(page).filter({ hasText: 'Check the other regions of this provider?' });
    const { host } = new URL(sandbox.origin);
    await question.getByText(`International (Singapore) at ${host}`).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();

    await question.waitFor({ state: 'detached' });
    assert.equal(asked('international'), 0);
  });

  it('is found and switched to, in the panel', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    const panel = webview(page);
    const problem = panel.locator('.problem');
    await problem.getByRole('button', { name: WAY_ON }).click();
    await dialog(page).getByRole('button', { name: 'Check', exact: true }).click();
    await problem.getByText('This key answers on International (Singapore), not on China (Beijing).').waitFor();
    await problem.getByRole('button', { name: 'Switch' }).click();

    await panel.getByRole('heading', { name: /^Signed in with Coding Plan · International/ }).waitFor();
    await statusBarItem(page, 'model').filter({ hasText: 'qwen3-coder-plus' }).waitFor();
    assert.ok(asked('international') > 0);
  });

  it('is held back where it looks like one for another provider', async () => {
    const { page } = workbench();
    const panel = webview(page);
    await panel.getByRole('button', { name: 'Add account' }).click();
    await panel.getByRole('button', { name: 'API key', exact: true }).click();
    await panel.getByRole('combobox', { name: 'Provider' }).click();
    await panel.getByRole('option', { name: 'DeepSeek' }).click();
    await panel.getByRole('textbox', { name: /API key/ }).fill(sandbox.keys['openrouter'] ?? '');
    await page.keyboard.press('Enter');
    const problem = panel.locator('.problem');
    await problem.getByText('This looks like a key of OpenRouter.').waitFor();
    await problem.getByRole('button', { name: 'Send it to DeepSeek anyway' }).waitFor();
    assert.ok(sandbox.requests.every(({ path }) => !path.startsWith('/deepseek')));
    await problem.getByRole('button', { name: 'Use it for OpenRouter' }).click();

    await panel.getByRole('heading', { name: /^Signed in with OpenRouter/ }).waitFor();
  });

  it('is asked about by no button that tells of another key', async () => {
    const { page } = workbench();
    await runCommand(page, 'View: Close All Editors');
    await runCommand(page, 'Notifications: Clear All Notifications');
    const refused = (end: string) => notification(page, new RegExp(`that ends in ${end} \\(401\\)`));
    for (const end of ['1111', '2222']) {
      await runCommand(page, 'Qwen: Sign in');
      await enterInChina(page, `sk-sp-wrong-${end}`);
      await refused(end).waitFor();
    }

    await takeButton(refused('1111'), WAY_ON);

    await webview(page).locator('.problem').getByText('that ends in 2222').waitFor();
    assert.equal(await dialog(page).count(), 0);
  });
});
