import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import { notification, reloadWindow, runCommand, statusBarItem, takeOption, webview } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

describe('signing in with Qwen OAuth, by clicks', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    return { settings: sandbox.settings };
  });
  after(() => sandbox.stop());

  const model = (page: Page) => statusBarItem(page, 'model');

  it('shows in the status bar that nobody is signed in', async () => {
    const { page } = workbench();

    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });

  it('shows the user code as text, and a way out', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    const panel = webview(page);

    await panel.getByRole('button', { name: 'Qwen OAuth', exact: true }).click();
    await panel.getByRole('button', { name: 'Sign in with Qwen OAuth' }).click();

    const code = panel.getByText(/^[A-Z]{4}-[A-Z]{4}$/);
    await code.waitFor();
    assert.deepEqual(sandbox.pendingUserCodes, [await code.innerText()]);
    await panel.getByRole('button', { name: 'Cancel' }).waitFor();
  });

  it('is signed in once the page in the browser was approved', async () => {
    const { page, context } = workbench();
    const opened = context.waitForEvent('page');
    await webview(page).getByRole('button', { name: 'Copy code & open browser' }).click();
    const signInPage = await opened;

    await signInPage.getByRole('button', { name: 'Approve' }).click();
    await signInPage.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await signInPage.close();

    await model(page).filter({ hasText: 'coder-model' }).waitFor();
    await webview(page)
      .getByRole('heading', { name: /^Signed in with/ })
      .waitFor();
  });

  it('shows the answer of the model and where all came from', async () => {
    const { page } = workbench();
    const panel = webview(page);

    await panel.getByRole('button', { name: 'Test connection' }).click();

    await panel.getByText(/^Hello from coder-model/).waitFor();
    await panel.getByText('the keychain (qwen-oauth)').waitFor();
  });

  it('switches the model in the picker of the status bar', async () => {
    const { page } = workbench();
    await model(page).click();

    await takeOption(page, /vision-model/);

    await model(page).filter({ hasText: 'vision-model' }).waitFor();
  });

  it('is still signed in with that model after a reload', async () => {
    const { page } = workbench();

    await reloadWindow(page);

    await model(page).filter({ hasText: 'vision-model' }).waitFor({ timeout: 30_000 });
  });

  it('has counted over the reload what it sent', async () => {
    const { page } = workbench();
    const sent = sandbox.requests.filter(({ path }) => path === '/v1/chat/completions').length;

    await page.getByLabel(`Last 24 hours: ${sent} of 1,000 requests (counted here)`).first().waitFor();
  });

  it('says what was forgotten when signing out', async () => {
    const { page } = workbench();
    const { host } = new URL(sandbox.origin);

    await runCommand(page, 'Qwen: Sign out');

    await notification(page, `Forgotten: the sign-in at ${host}.`).waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });
});
