import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

import { useWorkbench } from '../host/fixture.mjs';
import {
  answerDialog,
  enterKey,
  notification,
  runCommand,
  statusBarItem,
  takeButton,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

describe('sign-out', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    return { settings: sandbox.settings };
  });
  after(() => sandbox.stop());

  const model = (page: Page) => statusBarItem(page, 'model');
  const dialog = (page: Page) => page.locator('.monaco-dialog-box');
  const list = (page: Page) => page.locator('.quick-input-widget').filter({ hasText: 'All of them' });
  const focusedRow = (page: Page) => page.locator('.quick-input-list .monaco-list-row.focused');
  const signIn = async (page: Page, provider: string, key: string) => {
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^API key/);
    await takeOption(page, new RegExp(`^${provider}`));
    await enterKey(page, provider, key);
    await notification(page, `Signed in with ${provider}`).waitFor();
  };

  it('has nothing chosen, so that Enter alone signs out of nothing', async () => {
    const { page } = workbench();
    await signIn(page, 'OpenAI', sandbox.keys['openai'] ?? '');
    await signIn(page, 'DeepSeek', sandbox.keys['deepseek'] ?? '');
    await runCommand(page, 'Qwen: Sign out');
    await list(page).waitFor();

    assert.equal(await focusedRow(page).count(), 0);
    await page.keyboard.press('Enter');

    assert.equal(await list(page).isVisible(), true);
    assert.equal(await dialog(page).count(), 0);
  });

  it('asks about the account that is found and has the focus', async () => {
    const { page } = workbench();
    await page.keyboard.type('openai');
    await focusedRow(page).filter({ hasText: 'OpenAI' }).waitFor();
    await page.keyboard.press('Enter');

    await dialog(page).getByText('Sign out of OpenAI?').waitFor();
    await dialog(page)
      .getByText(/This removes the OpenAI key that ends in enai from the keychain/)
      .waitFor();
  });

  it('is done after a yes, names what is in use now, and can be undone', async () => {
    const { page } = workbench();
    await answerDialog(page, 'Sign out');
    const toast = notification(page, 'Forgotten: the OpenAI key that ends in enai.');
    await takeButton(toast, 'Undo');

    await notification(page, 'Back again: the OpenAI key that ends in enai.').waitFor();
  });

  it('by the panel asks just so, and a no leaves everything', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    const button = webview(page).getByRole('button', { name: /^Sign out of OpenAI/ });
    await button.press('Enter');
    await dialog(page).getByText('Sign out of OpenAI?').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await dialog(page).waitFor({ state: 'detached' });

    await button.waitFor();
  });

  it('of everything says that no model is left', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign out');
    await takeOption(page, /All of them/);
    await dialog(page).getByText('Sign out of everything?').waitFor();
    await answerDialog(page, 'Sign out');

    await notification(page, /Forgotten: .*; .*\. No model is in use now\./).waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });
});
