import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import {
  notification,
  runCommand,
  saveAsSuggested,
  statusBarItem,
  takeButton,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { type Sandbox, startSandbox } from './sandbox';

const LEFT_OUT = /Images were left out: qwen3:8b at 127\.0\.0\.1:\d+ does not read them\. If it does, say so in its/;

describe('another extension that uses a model', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const variables = {
      OPENAI_API_KEY: sandbox.keys['openai'] ?? '',
      OPENAI_BASE_URL: `${sandbox.origin}/openai/v1`,
      OPENAI_MODEL: 'gpt-5.2',
    };
    // Known to read no images.
    const blind = { id: 'qwen3:8b', baseUrl: `${sandbox.origin}/local/v1`, generationConfig: { modalities: {} } };
    return {
      settings: { ...sandbox.settings, 'qwen.modelProviders': { openai: [blind] } },
      unpacked: ['test/consumer'],
      env: variables,
    };
  });
  after(() => sandbox.stop());

  const ask = (page: Page) => runCommand(page, 'Consumer: Ask a model');
  const answered = (page: Page) => notification(page, /Consumer heard: Hello from/);
  const row = (page: Page) => webview(page).getByRole('row', { name: /Consumer/ });
  const requests = (page: Page, count: number) => row(page).getByRole('cell', { name: String(count), exact: true });
  const settings = () => readFileSync(path.join(workbench().server.userData, 'User/settings.json'), 'utf8');

  it('is answered, and the person is told of it', async () => {
    const { page } = workbench();
    await statusBarItem(page, 'model').filter({ hasText: 'gpt-5.2' }).waitFor();
    await ask(page);
    await answered(page).waitFor();

    const told = notification(page, /Consumer \(qwen-auth-test\.consumer\) uses your models for the first time/);
    await takeButton(told, 'Show usage');

    await requests(page, 1).first().waitFor();
  });

  it('is told of once, and counted from then on', async () => {
    const { page } = workbench();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await ask(page);
    await answered(page).waitFor();
    await requests(page, 2).first().waitFor();

    assert.equal(await notification(page, /for the first time/).count(), 0);
  });

  it('is kept out once it is blocked, and told why', async () => {
    const { page } = workbench();
    await webview(page).getByRole('button', { name: 'Block Consumer' }).click();
    await webview(page).getByRole('button', { name: 'Allow Consumer' }).waitFor();
    await ask(page);

    await notification(page, /Consumer got Blocked: You have blocked Consumer/).waitFor();
    assert.match(settings(), /"qwen\.chat\.blockedExtensions": \[\s*"qwen-auth-test\.consumer"\s*\]/);
    await requests(page, 2).first().waitFor();
  });

  it('is answered again when it is allowed', async () => {
    const { page } = workbench();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await webview(page).getByRole('button', { name: 'Allow Consumer' }).click();
    await webview(page).getByRole('button', { name: 'Block Consumer' }).waitFor();
    await ask(page);

    await answered(page).waitFor();
    await requests(page, 3).first().waitFor();
    assert.doesNotMatch(settings(), /blockedExtensions/);
  });

  it('is in the file that is exported', async () => {
    const { page, home } = workbench();
    await webview(page).getByRole('button', { name: 'Export…' }).click();
    await saveAsSuggested(page, 'Export usage');
    await notification(page, /Saved to .*qwen-usage\.csv/).waitFor();

    assert.match(
      readFileSync(path.join(home, 'qwen-usage.csv'), 'utf8'),
      /,qwen-auth-test\.consumer,3,0,0,\d+,\d+,0\r\n/,
    );
  });

  it('is forgotten when the person says so', async () => {
    const { page } = workbench();
    await webview(page).getByRole('button', { name: 'Reset…' }).click();
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Reset' }).click();

    await notification(page, /Forgotten: the count of 3 requests since/).waitFor();
    await webview(page).getByText('No requests in the last 14 days.').waitFor();
  });

  it('has no key written down for it unless the person insists', async () => {
    const { page, home } = workbench();
    await runCommand(page, 'Consumer: Take the key');
    await page
      .getByRole('dialog')
      .getByText(/Your key would stand in .* in plain text/)
      .waitFor();
    await page.keyboard.press('Escape');

    await notification(page, 'Consumer got nothing').waitFor();
    assert.equal(existsSync(path.join(home, '.qwen/settings.json')), false);
  });

  it('tells the person that its image was left out, once for each question', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Switch model');
    await takeOption(page, /^qwen3:8b/);
    await statusBarItem(page, 'model').filter({ hasText: 'qwen3:8b' }).waitFor();
    await runCommand(page, 'Consumer: Show an image to a model');

    const warning = notification(page, LEFT_OUT);
    await warning.getByRole('button', { name: 'Switch model' }).waitFor();
    assert.equal(await warning.count(), 1);
    assert.doesNotMatch(sandbox.requests.at(-1)?.text ?? '', /image_url/);
  });
});
