import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import {
  answerDialog,
  enterKey,
  extensionLoaded,
  notification,
  runCommand,
  statusBarItem,
  takeButton,
} from '../host/workbench.mjs';
import { IN_USE_NAME } from '../../src/core/views/languageModelsView';
import { useSandbox } from './sandbox';

describe("VS Code's own chat, without a GitHub account", () => {
  const { workbench, sandbox } = useSandbox({
    // A profile of its own, which nobody has set a chat up in.
    workbench: () => ({ unpacked: [] }),
  });

  const model = (page: Page) => statusBarItem(page, 'model');
  const dialog = (page: Page) => page.locator('.monaco-dialog-box');
  const quickInput = (page: Page) => page.locator('.quick-input-widget');
  // By the keyboard, as notifications may lie over it.
  const input = (page: Page) =>
    page.locator('.interactive-input-part').locator('.native-edit-context, textarea').first();
  const answer = (page: Page) => page.locator('.interactive-response').last();
  const toolbar = (page: Page) => page.locator('.chat-input-toolbars');
  const say = async (page: Page, text: string) => {
    await input(page).focus();
    // After a reload VS Code may bring back what was typed last.
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
    await page
      .locator('.interactive-input-part .view-lines')
      .filter({ hasText: text.slice(-8) })
      .waitFor();
    await page.keyboard.press('Enter');
    await page
      .locator('.interactive-request')
      .filter({ hasText: text.slice(-8) })
      .last()
      .waitFor();
  };
  /** Modes are there some time after the chat is. */
  const chooseMode = async (page: Page, name: string) => {
    const mode = page.getByRole('menuitemcheckbox', { name }).or(page.getByRole('option', { name })).first();
    const isOffered = async () => {
      await toolbar(page)
        .getByRole('button', { name: /^(Set )?Agent|Ask/ })
        .first()
        .click();
      return await mode.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
    };
    while (!(await isOffered())) await page.keyboard.press('Escape');
    await mode.click();
  };

  /** A link of the answer that runs a command. */
  const way = (page: Page, name: string) => answer(page).locator('a[data-href^="command:qwen"]', { hasText: name });
  /** Chooses a model below the message, from among the others there. */
  const chooseModel = async (page: Page, name: string) => {
    const choose = async (): Promise<void> => {
      await toolbar(page).getByText(IN_USE_NAME).click({ timeout: 5000 });
      await page.getByPlaceholder('Search models').fill(name, { timeout: 5000 });
      // The entry for the model in use has its name too, behind its own.
      await page.locator(`.action-widget [aria-label^="${name}"]`).first().click({ timeout: 5000 });
    };
    // The list closes where something else takes the focus, as the end of an answer does; then it is opened again.
    for (let tries = 1; tries < 4 && !(await toolbar(page).getByText(name).isVisible()); tries += 1)
      await choose().catch(() => undefined);
    await toolbar(page).getByText(name).waitFor();
  };

  it('has @qwen, which says how to sign in', async () => {
    const { page } = workbench();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
    await runCommand(page, 'Chat: Open Chat');

    await say(page, '@qwen /auth');

    await answer(page).getByText('Not signed in').waitFor();
    for (const name of ['Coding Plan', 'API key', 'OpenRouter', 'Qwen OAuth']) {
      await way(page, name).waitFor();
    }
    await answer(page).getByRole('button', { name: 'Sign in' }).waitFor();
  });

  it('signs in by a link of the answer', async () => {
    const { page } = workbench();
    await way(page, 'API key').click();
    await quickInput(page)
      .getByRole('option', { name: /^OpenAI/ })
      .click();
    await enterKey(page, 'OpenAI', sandbox().keys['openai'] ?? '');

    await model(page).filter({ hasText: /gpt/ }).waitFor();
  });

  it('says what Use Qwen in Chat will do, and does nothing after a no', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Use Qwen in Chat');

    await dialog(page).getByText('Turns on the chat that is built into VS Code').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();

    await dialog(page).waitFor({ state: 'detached' });
  });

  it('is set up after a yes, with the entry chosen that is the model in use', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Use Qwen in Chat');

    await dialog(page).getByRole('button', { name: 'Set up chat' }).click();

    await toolbar(page).getByText(IN_USE_NAME).waitFor();
  });

  it('answers in Ask', async () => {
    const { page } = workbench();
    await chooseMode(page, 'Ask');

    await say(page, 'Hello from a person');

    await answer(page)
      .getByText(/Hello from gpt-\S+ in the sandbox\. You said: Hello from a person/)
      .waitFor();
  });

  it('makes a file in Agent, by a tool that the model calls', async () => {
    const { page, server } = workbench();
    const file = path.join(server.folder, 'hello.txt');
    await chooseMode(page, 'Agent');

    await say(page, `use the tool create_file ${JSON.stringify({ filePath: file, content: 'Made by the agent' })}`);

    await answer(page).getByText('The tool answered:').waitFor();
    // It is saved a moment after it was made.
    const text = async () => await readFile(file, 'utf8').catch(() => '');
    while ((await text()) !== 'Made by the agent') await page.waitForTimeout(50);
  });

  it('switches the model by its name', async () => {
    const { page } = workbench();

    await say(page, '@qwen /model gpt-4o-mini');

    await answer(page).getByText('gpt-4o-mini is in use now.').waitFor();
    await model(page).filter({ hasText: 'gpt-4o-mini' }).waitFor();
  });

  it('answers with the other model from then on', async () => {
    const { page } = workbench();

    await say(page, 'Which one are you?');

    await answer(page)
      .getByText(/Hello from gpt-4o-mini in the sandbox/)
      .waitFor();
  });

  it('is opened without a question the next time', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Use Qwen in Chat');

    await toolbar(page).getByText(IN_USE_NAME).waitFor();
    assert.equal(await dialog(page).count(), 0);
  });

  it('is offered the model in use, once it has asked one of its own and the person switches', async () => {
    const { page } = workbench();
    await chooseModel(page, 'gpt-4o-mini');
    await say(page, 'And you?');
    await answer(page).getByText('You said: And you?').waitFor();

    await say(page, '@qwen /model gpt-4o');

    const offer = notification(page, 'The model in use is gpt-4o. The chat stays on gpt-4o-mini.');
    await takeButton(offer, 'Use it in the chat too');
    await toolbar(page).getByText(IN_USE_NAME).waitFor();
  });

  it('says what is wrong, with the button that mends it', async () => {
    const { page } = workbench();
    sandbox().faults.add({
      on: '/openai/v1/chat/completions',
      times: Infinity,
      reply: {
        status: 401,
        body: '{"error":{"message":"Revoked. [Renew](https://a.example.org) it.","code":"invalid_api_key"}}',
      },
    });

    await say(page, 'Are you there?');

    const refused = notification(page, 'refused the OpenAI key that ends in enai (401).');
    await refused.getByRole('button', { name: 'Enter another key' }).waitFor();
    await answer(page).getByText('refused the OpenAI key that ends in enai (401).').waitFor();
    assert.doesNotMatch((await answer(page).textContent()) ?? '', /extensionHostProcess/);
  });

  it('makes no link of what a server says, by @qwen neither', async () => {
    const { page } = workbench();
    await answer(page).getByText('(Renew)(https://a.example.org)').waitFor();
    await say(page, '@qwen Are you there?');

    await answer(page).getByText('(Renew)(https://a.example.org)').waitFor();
    assert.equal(await page.locator('.interactive-response a').filter({ hasText: 'Renew' }).count(), 0);
    sandbox().faults.clear();
  });

  it('says how to sign in again after a sign-out', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign out');
    await answerDialog(page, 'Sign out');
    await model(page).filter({ hasText: 'Sign in' }).waitFor();

    await say(page, 'Still there?');
    await answer(page).getByText('You are not signed in. Run "Qwen: Sign in".').waitFor();
    await say(page, '@qwen /auth');
    await answer(page).getByText('Not signed in').waitFor();
  });

  it('does so after a reload too', async () => {
    const { page } = workbench();
    await page.reload({ waitUntil: 'commit' });
    await extensionLoaded(page);
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
    await runCommand(page, 'Chat: Open Chat');

    await say(page, '@qwen /auth');

    await answer(page).getByText('Not signed in').waitFor();
  });

  it('is configured by a sentence, and tells no model the key in it', async () => {
    const { page } = workbench();
    const key = sandbox().keys['openai'] ?? '';

    await say(page, `@qwen Help me configure a third-party API model, OpenAI API is: ${key}, model is: gpt-4o`);
    await dialog(page).getByText('This is what was understood').waitFor();
    await dialog(page).getByRole('button', { name: 'Sign in' }).click();

    await answer(page).getByText('Signed in with OpenAI').waitFor();
    await model(page).filter({ hasText: 'gpt-4o' }).waitFor();
    assert.ok(sandbox().requests.every(({ json }) => !JSON.stringify(json ?? '').includes(key)));
  });

  it('says that what was configured by a sentence did not work', async () => {
    const { page } = workbench();

    await say(page, '@qwen /auth OpenAI API is: sk-wrong-0123456789, model is: gpt-4o');
    await dialog(page).getByRole('button', { name: 'Sign in' }).click();

    await answer(page).getByText('That did not work:').waitFor();
    await answer(page).getByText('refused the OpenAI key that ends in 6789 (401).').waitFor();
  });

  it('says that nothing was configured after a no', async () => {
    const { page } = workbench();

    await say(page, '@qwen /auth OpenAI API is: sk-wrong-0123456789, model is: gpt-4o');
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();

    await answer(page).getByText('Cancelled.').waitFor();
  });
});
