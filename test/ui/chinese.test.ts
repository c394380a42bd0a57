import assert from 'node:assert/strict';
import { eventually } from '../eventually';
import { notification, runCommand, statusBarItem, takeOption } from '../host/workbench.mjs';
import { chinese } from '../l10n/sentences.mjs';
import { useSandbox } from './sandbox';

/** The Chinese of a sentence up to its first place, as a person reads it. Fails where there is none. */
function said(english: string): string {
  const beginning = chinese()[english]?.split('{')[0]?.trim();
  assert.ok(beginning, `no Chinese begins "${english}"`);
  return beginning;
}

describe('VS Code in Chinese', () => {
  const { workbench, sandbox } = useSandbox({ workbench: () => ({ language: 'zh-cn' }) });

  it('signs in with a Coding Plan by clicks, from the status bar to the message that it is done', async () => {
    const { page } = workbench();
    const quickInput = page.locator('.quick-input-widget');
    const methods = quickInput.getByPlaceholder(said('How do you want to sign in?'));
    // What is still loading may take the focus, and so close the list.
    await eventually(async () => {
      if (!(await methods.isVisible())) await statusBarItem(page, 'model').click();
      return await methods.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    }, true);
    await takeOption(page, /^Coding Plan/);
    await quickInput.getByPlaceholder(said('Which plan and region does the key belong to?')).waitFor();
    // The region in China comes first.
    await takeOption(page, /^Coding Plan · /);
    await quickInput.locator('input[type="password"]').fill(sandbox().keys['coding-plan/china'] ?? '');
    await page.keyboard.press('Enter');

    await notification(page, said('Signed in with {account}.')).waitFor();
    await statusBarItem(page, 'model').filter({ hasText: 'qwen3-coder-plus' }).waitFor();
  });

  it('gets an answer by the command of a Chinese title', async () => {
    const { page } = workbench();

    await runCommand(page, 'Qwen: 测试连接');

    await notification(page, /qwen3-coder-plus 用 \d+ ms 回答：Hello from qwen3-coder-plus/).waitFor();
  });
});
