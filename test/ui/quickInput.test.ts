import assert from 'node:assert/strict';
import { useWorkbench } from '../host/fixture.mjs';
import { answerDialog, runCommand, takeOption } from '../host/workbench.mjs';
import { useSandbox } from './sandbox';

describe('an address that is typed where VS Code makes links of words', () => {
  const workbench = useWorkbench();

  it('is shown as it is, and leads to no command', async () => {
    const { page } = workbench();
    const widget = page.locator('.quick-input-widget');
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^API key/);
    await takeOption(page, /^Another OpenAI-compatible server/);
    await widget
      .getByText(/^Base URL of/)
      .first()
      .waitFor();

    await widget
      .getByRole('textbox')
      .fill('https://models.example.com/$(check)/[Verified](command:workbench.action.quit)');

    const message = widget.locator('.quick-input-message').filter({ hasText: 'Requests go to' });
    await message.waitFor();
    assert.equal(await message.locator('a, .codicon-check').count(), 0);
    await page.keyboard.press('Escape');
  });
});

describe('a text that is pasted in the place of a sign-in', () => {
  const { workbench, sandbox } = useSandbox({
    // A profile of its own, which nobody has set a chat up in.
    workbench: () => ({ unpacked: [] }),
  });

  it('is the sign-in that Use Qwen in Chat waits for', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Use Qwen in Chat');
    await takeOption(page, /^Paste anything/);
    await page
      .locator('.quick-input-widget')
      .getByPlaceholder(/a sentence/)
      .fill(`OpenAI key: ${sandbox().keys['openai'] ?? ''}`);
    await takeOption(page, /^Use this text/);

    await answerDialog(page, 'Sign in');

    await page.locator('.monaco-dialog-box').getByText('Use Qwen in the chat of VS Code?').waitFor();
  });
});
