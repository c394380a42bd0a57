import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import {
  notification,
  openNotifications,
  runCommand,
  statusBarItem,
  takeButton,
  takeOption,
} from '../host/workbench.mjs';
import { useSandbox } from './sandbox';

describe('a configuration in files', () => {
  const { workbench, sandbox } = useSandbox({
    workbench: ({ keys }) => ({ env: { OPENAI_API_KEY: keys['openai'] } }),
  });

  const model = (page: Page) => statusBarItem(page, 'model');
  const explanation = (page: Page) =>
    page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
  const writeEnv = async (id: string) => {
    const lines = [`OPENAI_BASE_URL=${sandbox().origin}/openai/v1`, `OPENAI_MODEL=${id}`];
    await writeFile(path.join(workbench().server.folder, '.env'), `${lines.join('\n')}\n`);
  };

  it('is in use as soon as the file is there', async () => {
    const { page } = workbench();
    await writeEnv('gpt-4o-mini');

    await model(page).filter({ hasText: 'gpt-4o-mini' }).waitFor();
  });

  it('sends a key of the person nowhere before they say yes', async () => {
    const { page } = workbench();
    const { host } = new URL(sandbox().origin);
    await openNotifications(page);
    const question = notification(page, `This workspace wants to send your key that ends in enai to ${host}.`);
    await question.waitFor();

    await runCommand(page, 'Qwen: Test connection');
    await notification(page, 'Nothing was sent.').nth(1).waitFor();

    assert.deepEqual(sandbox().requests, []);
    await takeButton(question.last(), 'Allow for this workspace');
  });

  it('is answered for once they said yes', async () => {
    const { page } = workbench();

    await runCommand(page, 'Qwen: Test connection');

    await notification(page, /answered in \d+ ms: Hello from gpt-4o-mini/).waitFor();
  });

  it('is explained, with file and line', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Explain configuration');

    await explanation(page)
      .getByText(/from OPENAI_MODEL in .*\.env, line 2, named by the variables/)
      .waitFor();
    await explanation(page).getByText('from the environment variable OPENAI_API_KEY').waitFor();
    await explanation(page).getByText('found, and the only one that is read').waitFor();
  });

  it('is followed when the file changes', async () => {
    const { page } = workbench();
    await writeEnv('gpt-4o');

    await model(page)
      .filter({ hasText: /gpt-4o$/ })
      .waitFor();
  });

  it('may be a sentence that is pasted where it is asked for', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Configure from text…');
    const input = page.locator('.quick-input-widget').getByPlaceholder(/a sentence/);
    await input.fill('DeepSeek key: sk-0123456789abcdef');
    await page.locator('.quick-input-widget').getByText('Provider: DeepSeek').waitFor();
    while ((await input.inputValue()) !== 'DeepSeek key: ••••cdef') await page.waitForTimeout(20);
    await input.press('Enter');

    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('Provider: DeepSeek').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    // It gives the focus back as it goes.
    await dialog.waitFor({ state: 'detached' });
  });

  it('may be a sentence, which is shown before anything is done', async () => {
    const { page } = workbench();
    const key = sandbox().keys['bailian/beijing'] ?? '';
    await runCommand(page, 'Qwen: Configure from text…');
    const sentence = `Help me configure a third-party API model, Bailian API is: ${key}, model is: qwen3.7-max`;
    await page
      .locator('.quick-input-widget')
      .getByPlaceholder(/a sentence/)
      .fill(sentence);
    await takeOption(page, /^Use this text/);

    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('API key: Ends in jing').waitFor();
    await dialog.getByRole('button', { name: 'Sign in' }).click();

    await model(page).filter({ hasText: 'qwen3.7-max' }).waitFor();
  });
});
