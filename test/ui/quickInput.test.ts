import assert from 'node:assert/strict';
import { useWorkbench } from '../host/fixture.mjs';
import { runCommand, takeOption } from '../host/workbench.mjs';

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
