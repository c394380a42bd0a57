import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useFreshWorkbench } from '../host/fixture.mjs';
import { notification, statusBarItem, takeButton, takeOption } from '../host/workbench.mjs';
import { useSandbox } from './sandbox';

/** Counts what a person does: each click, choice, paste or Enter is one. Typing a question is none. */
class Steps {
  count = 0;

  async take<T>(work: Promise<T>): Promise<T> {
    this.count += 1;
    return await work;
  }
}

describe('the steps of a person, from a fresh profile', () => {
  const { workbench, sandbox } = useSandbox({ use: useFreshWorkbench });

  const model = (page: Page) => statusBarItem(page, 'model');
  const field = (page: Page) => page.locator('.quick-input-widget').getByRole('textbox');
  const signedIn = (page: Page) => notification(page, 'Signed in with').last();

  const begin = async (page: Page, steps: Steps, way: RegExp) => {
    await model(page).filter({ hasText: 'Qwen: Sign in' }).waitFor();
    await steps.take(model(page).click());
    await steps.take(takeOption(page, way));
  };
  const pasteKey = async (page: Page, steps: Steps, key: string) => {
    await page
      .locator('.quick-input-widget')
      .getByText(/^API key of/)
      .waitFor();
    await steps.take(field(page).fill(key));
    await steps.take(page.keyboard.press('Enter'));
  };
  const test = async (page: Page, steps: Steps) => {
    await signedIn(page).waitFor();
    assert.match(await signedIn(page).innerText(), /The model is /);
    await steps.take(takeButton(signedIn(page), 'Test connection'));
    await notification(page, /answered in \d+ ms: Hello from/).waitFor();
  };

  const ways: readonly (readonly [way: string, go: (page: Page, steps: Steps) => Promise<void>])[] = [
    [
      'a Coding Plan',
      async (page, steps) => {
        await begin(page, steps, /^Coding Plan/);
        await steps.take(takeOption(page, /Coding Plan · China/));
        await pasteKey(page, steps, sandbox().keys['coding-plan/china'] ?? '');
      },
    ],
    [
      'a key of OpenAI',
      async (page, steps) => {
        await begin(page, steps, /^API key/);
        await steps.take(takeOption(page, /^OpenAI/));
        await pasteKey(page, steps, sandbox().keys['openai'] ?? '');
      },
    ],
    ['Ollama', (page, steps) => begin(page, steps, /^Ollama/)],
    [
      'OpenRouter',
      async (page, steps) => {
        const opened = page.context().waitForEvent('page');
        await begin(page, steps, /^OpenRouter/);
        const signInPage = await opened;
        await steps.take(signInPage.getByRole('button', { name: 'Approve' }).click());
        await signedIn(page).waitFor();
        await signInPage.close();
      },
    ],
    [
      'Qwen OAuth',
      async (page, steps) => {
        await begin(page, steps, /^Qwen OAuth/);
        const opened = page.context().waitForEvent('page');
        await steps.take(
          page
            .locator('.monaco-dialog-box')
            .getByRole('button', { name: /Copy code/ })
            .click(),
        );
        const signInPage = await opened;
        await steps.take(signInPage.getByRole('button', { name: 'Approve' }).click());
        await signedIn(page).waitFor();
        await signInPage.close();
      },
    ],
  ];

  for (const [way, go] of ways)
    it(`are at most 6 to an answer by ${way}`, async () => {
      const { page } = workbench();
      const steps = new Steps();

      await go(page, steps);
      await test(page, steps);

      assert.ok(steps.count <= 6, `${steps.count} steps`);
    });

  it("are at most 8 to an answer in VS Code's chat", async () => {
    const { page } = workbench();
    const steps = new Steps();
    await begin(page, steps, /^Coding Plan/);
    await steps.take(takeOption(page, /Coding Plan · China/));
    await pasteKey(page, steps, sandbox().keys['coding-plan/china'] ?? '');

    await steps.take(takeButton(signedIn(page), 'Use Qwen in Chat'));
    await steps.take(page.locator('.monaco-dialog-box').getByRole('button', { name: 'Set up chat' }).click());
    await page.locator('.chat-input-toolbars').getByText('Qwen · model of the status bar').waitFor();
    await page.keyboard.insertText('Hello from a person');
    await page.locator('.interactive-input-part .view-lines').filter({ hasText: 'a person' }).waitFor();
    await steps.take(page.keyboard.press('Enter'));

    await page
      .locator('.interactive-response')
      .last()
      .getByText(/Hello from qwen3-coder-plus in the sandbox/)
      .waitFor({ timeout: 90_000 });
    assert.ok(steps.count <= 8, `${steps.count} steps`);
  });
});
