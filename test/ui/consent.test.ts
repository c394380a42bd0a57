import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { answerDialog, notification, runCommand, takeButton } from '../host/workbench.mjs';
import { useSandbox } from './sandbox';

describe('a workspace that names a variable of no provider', () => {
  const { workbench, sandbox } = useSandbox({
    workbench: ({ keys }) => ({ env: { GITHUB_TOKEN: keys['openai'] } }),
  });

  const first = (page: Page) => notification(page, 'This workspace wants to send your key that ends in enai to').last();
  const second = (page: Page) =>
    page
      .locator('.monaco-dialog-box')
      .filter({ hasText: 'GITHUB_TOKEN is no variable for the key of a model provider.' });

  it('is asked about twice, and a no to the second question sends nothing', async () => {
    const { page, server } = workbench();
    const baseUrl = `${sandbox().origin}/openai/v1`;
    const openai = [{ id: 'gpt-4o', envKey: 'GITHUB_TOKEN', baseUrl }];
    await mkdir(path.join(server.folder, '.qwen'), { recursive: true });
    const settings = { $version: 4, modelProviders: { openai }, model: { name: 'gpt-4o', baseUrl } };
    await writeFile(path.join(server.folder, '.qwen/settings.json'), JSON.stringify(settings));
    await takeButton(first(page), 'Allow for this workspace');
    await second(page).waitFor();
    await answerDialog(page, 'Cancel');

    await runCommand(page, 'Qwen: Test connection');
    await notification(page, 'Nothing was sent.').first().waitFor();
    assert.deepEqual(sandbox().requests, []);
  });

  it('is answered after a yes to both', async () => {
    const { page } = workbench();
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'Qwen: Test connection');
    await takeButton(first(page), 'Allow for this workspace…');
    await answerDialog(page, 'Allow for this workspace');
    await answerDialog(page, 'Send GITHUB_TOKEN');

    await runCommand(page, 'Qwen: Test connection');
    await notification(page, /answered in \d+ ms: Hello from gpt-4o/).waitFor();
  });
});
