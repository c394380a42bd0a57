import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import { notification, openNotifications, runCommand, statusBarItem, takeOption, webview } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

describe('signing in with an API key, in the panel', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    return { settings: sandbox.settings };
  });
  after(() => sandbox.stop());

  const model = (page: Page) => statusBarItem(page, 'model');
  const openForm = async (page: Page, provider: RegExp) => {
    const panel = webview(page);
    await panel.getByRole('button', { name: 'API key', exact: true }).click();
    await panel.getByRole('combobox', { name: 'Provider' }).click();
    await panel.getByRole('option', { name: provider }).click();
    return panel;
  };

  it('is reached from the first step of the walkthrough', async () => {
    const { page } = workbench();
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await takeOption(page, /Get started with Qwen Auth/);

    await page.locator('.gettingStartedContainer .monaco-button').filter({ hasText: 'Open auth panel' }).click();

    await webview(page).getByRole('heading', { name: 'Not signed in' }).waitFor();
  });

  it('shows the URL that requests will really go to', async () => {
    const panel = await openForm(workbench().page, /Another OpenAI-compatible server/);

    await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${sandbox.origin}/openai/v1/chat/completions/`);

    await panel.getByText(`${sandbox.origin}/openai/v1`, { exact: false }).first().waitFor();
    await panel.getByText('/chat/completions was cut off').waitFor();
  });

  it('says that a key is refused, and keeps nothing', async () => {
    const { page } = workbench();
    const panel = webview(page);

    await panel.getByRole('textbox', { name: /API key/ }).fill('sk-not-the-right-one-77aa');
    await page.keyboard.press('Enter');

    await panel
      .getByText(/refused the key that ends in 77aa \(401\)/)
      .first()
      .waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });

  it('is signed in with the right key', async () => {
    const { page } = workbench();
    const panel = webview(page);

    await panel.getByRole('textbox', { name: /API key/ }).fill(sandbox.keys['openai'] ?? '');
    await page.keyboard.press('Enter');

    await panel.getByRole('heading', { name: /^Signed in with/ }).waitFor();
    await model(page).filter({ hasText: /gpt/ }).waitFor();
  });

  it('says once why a test from the palette failed, while the panel shows it', async () => {
    const { page } = workbench();
    const failed = /has a problem of its own right now \(503\)/;
    sandbox.faults.add({ on: '/openai/v1/chat/completions', reply: { status: 503, body: '' } });

    await runCommand(page, 'Qwen: Test connection');

    await webview(page).getByText(failed).first().waitFor();
    await openNotifications(page);
    assert.equal(await notification(page, failed).count(), 0);
    await runCommand(page, 'Notifications: Hide Notifications');
  });

  it('needs no key for a local server', async () => {
    await webview(workbench().page).getByRole('button', { name: 'Add account' }).click();
    const panel = await openForm(workbench().page, /Ollama/);

    await panel.getByRole('button', { name: 'Sign in', exact: true }).click();

    await panel
      .getByRole('group', { name: /Ollama/ })
      .or(panel.getByText('Ollama'))
      .first()
      .waitFor();
    await panel.getByText('no key ·').waitFor();
  });

  it('has a new model once its server is asked again in the picker, which says how old the list is', async () => {
    const { page } = workbench();
    sandbox.faults.add({ on: '/openai/v1/models', reply: { body: '{"data":[{"id":"gpt-brand-new"}]}' } });
    await model(page).click();
    const picker = page.locator('.quick-input-widget');
    await picker
      .getByText(/ · as of /)
      .first()
      .waitFor();

    await picker.getByRole('button', { name: 'Ask the servers for their models again' }).click();

    await picker.getByText('gpt-brand-new').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('leaves no key in any file of the profile', async () => {
    const { server } = workbench();

    const settings = await readFile(path.join(server.userData, 'User/settings.json'), 'utf8');

    assert.ok(!settings.includes(sandbox.keys['openai'] ?? 'missing'));
  });
});
