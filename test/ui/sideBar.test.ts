import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import { statusBarItem, webview } from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from '../sandbox/sandbox';

describe('the side bar', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    return { settings: sandbox.settings };
  });
  after(() => sandbox.stop());

  const icon = (page: Page) => page.locator('.activitybar').getByRole('tab', { name: 'Qwen' });

  it('loads nothing before it is opened, and then shows the first page', async () => {
    const { page } = workbench();
    await statusBarItem(page, 'model').filter({ hasText: 'Sign in' }).waitFor();
    assert.equal(await page.locator('iframe.webview').count(), 0);
    await icon(page).click();

    await webview(page).getByRole('heading', { name: 'Not signed in' }).waitFor();
  });
});
