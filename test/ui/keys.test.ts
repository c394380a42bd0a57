import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import {
  notification,
  openNotifications,
  runCommand,
  statusBarItem,
  takeOption,
  webview,
  enterKey,
  takeButton,
  answerDialog,
} from '../host/workbench.mjs';
import { useSandbox } from './sandbox';

const WAY_ON = 'Check the other regions';
const dialog = (page: Page) => page.locator('.monaco-dialog-box');

describe('signing in with an API key, in the panel', () => {
  const { workbench, sandbox } = useSandbox();

  const model = (page: Page) => statusBarItem(page, 'model');
  const openForm = async (page: Page, provider: RegExp) => {
    const panel = webview(page);
    await panel.getByRole('button', { name: 'API key', exact: true }).click();
    await panel.getByRole('combobox', { name: 'Provider' }).click();
    await panel.getByRole('option', { name: provider }).click();
    return panel;
  };

  it('is reached from the first step of the walkthrough', async () => {
    const { page } = workbench();
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await takeOption(page, /Get started with Qwen Auth/);

    await page.locator('.gettingStartedContainer .monaco-button').filter({ hasText: 'Open auth panel' }).click();

    await webview(page).getByRole('heading', { name: 'Not signed in' }).waitFor();
  });

  it('shows the URL that requests will really go to', async () => {
    const panel = await openForm(workbench().page, /Another OpenAI-compatible server/);

    await panel.getByRole('textbox', { name: 'Base URL' }).fill(`${sandbox().origin}/openai/v1/chat/completions/`);

    await panel.getByText(`${sandbox().origin}/openai/v1`, { exact: false }).first().waitFor();
    await panel.getByText('/chat/completions was cut off').waitFor();
  });

  it('says that a key is refused, and keeps nothing', async () => {
    const { page } = workbench();
    const panel = webview(page);

    await panel.getByRole('textbox', { name: /API key/ }).fill('sk-not-the-right-one-77aa');
    await page.keyboard.press('Enter');

    await panel
      .getByText(/refused the key that ends in 77aa \(401\)/)
      .first()
      .waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });

  it('is signed in with the right key', async () => {
    const { page } = workbench();
    const panel = webview(page);

    await panel.getByRole('textbox', { name: /API key/ }).fill(sandbox().keys['openai'] ?? '');
    await page.keyboard.press('Enter');

    await panel.getByRole('heading', { name: /^Signed in with/ }).waitFor();
    await model(page).filter({ hasText: /gpt/ }).waitFor();
  });

  it('says once why a test from the palette failed, while the panel shows it', async () => {
    const { page } = workbench();
    const failed = /has a problem of its own right now \(503\)/;
    sandbox().faults.add({ on: '/openai/v1/chat/completions', reply: { status: 503, body: '' } });

    await runCommand(page, 'Qwen: Test connection');

    await webview(page).getByText(failed).first().waitFor();
    await openNotifications(page);
    assert.equal(await notification(page, failed).count(), 0);
    await runCommand(page, 'Notifications: Hide Notifications');
  });

  it('takes a step of the walkthrough by an answer, and not by a test that failed', async () => {
    const { page } = workbench();
    const step = page.locator('.gettingStartedContainer [data-done-step-id$="#test"]').first();
    const openWalkthrough = async () => {
      await runCommand(page, 'Welcome: Open Walkthrough...');
      await takeOption(page, /Get started with Qwen Auth/);
      await step.waitFor();
    };
    await openWalkthrough();
    assert.equal(await step.getAttribute('aria-checked'), 'false');

    await runCommand(page, 'Qwen: Open auth panel');
    await webview(page).getByRole('button', { name: 'Test connection' }).click();
    await webview(page)
      .getByText(/^Hello from/)
      .waitFor();

    await openWalkthrough();
    await step.and(page.locator('[aria-checked="true"]')).waitFor();
    await runCommand(page, 'Qwen: Open auth panel');
  });

  it('needs no key for a local server', async () => {
    await webview(workbench().page).getByRole('button', { name: 'Add account' }).click();
    const panel = await openForm(workbench().page, /Ollama/);

    await panel.getByRole('button', { name: 'Sign in', exact: true }).click();

    await panel
      .getByRole('group', { name: /Ollama/ })
      .or(panel.getByText('Ollama'))
      .first()
      .waitFor();
    await panel.getByText('· no key').first().waitFor();
  });

  it('has a new model once its server is asked again in the picker, which says how old the list is', async () => {
    const { page } = workbench();
    sandbox().faults.add({ on: '/openai/v1/models', reply: { body: '{"data":[{"id":"gpt-brand-new"}]}' } });
    await model(page).click();
    const picker = page.locator('.quick-input-widget');
    await picker
      .getByText(/ · as of /)
      .first()
      .waitFor();

    await picker.getByRole('button', { name: 'Ask the servers for their models again' }).click();

    await picker.getByText('gpt-brand-new').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('leaves no key in any file of the profile', async () => {
    const { server } = workbench();

    const settings = await readFile(path.join(server.userData, 'User/settings.json'), 'utf8');

    assert.ok(!settings.includes(sandbox().keys['openai'] ?? 'missing'));
  });
});

describe('a key of another region', () => {
  const { workbench, sandbox } = useSandbox();

  const asked = (region: string) =>
    sandbox().requests.filter((request) => request.path.startsWith(`/coding/${region}`)).length;

  const enterInChina = async (page: Page, key: string) => {
    await takeOption(page, /Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await enterKey(page, 'Coding Plan', key);
  };

  it('is sent nowhere else while the person has not said yes, in the palette', async () => {
    const { page } = workbench();
    await statusBarItem(page, 'model').filter({ hasText: 'Sign in' }).click();
    await enterInChina(page, sandbox().keys['coding-plan/international'] ?? '');
    await takeButton(notification(page, /refused the Coding Plan key that ends in intl \(401\)/), WAY_ON);

    const question = dialog(page).filter({ hasText: 'Check the other regions of this provider?' });
    const { host } = new URL(sandbox().origin);
    await question.getByText(`International (Singapore) at ${host}`).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();

    await question.waitFor({ state: 'detached' });
    assert.equal(asked('international'), 0);
  });

  it('is found and switched to, in the panel', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    const panel = webview(page);
    const problem = panel.locator('.problem');
    await problem.getByRole('button', { name: WAY_ON }).click();
    await dialog(page).getByRole('button', { name: 'Check', exact: true }).click();
    await problem.getByText('This key answers on International (Singapore), not on China (Beijing).').waitFor();
    await problem.getByRole('button', { name: 'Switch' }).click();

    await panel.getByRole('heading', { name: /^Signed in with Coding Plan · International/ }).waitFor();
    await statusBarItem(page, 'model').filter({ hasText: 'qwen3-coder-plus' }).waitFor();
    assert.ok(asked('international') > 0);
  });

  it('is held back where it looks like one for another provider', async () => {
    const { page } = workbench();
    const panel = webview(page);
    await panel.getByRole('button', { name: 'Add account' }).click();
    await panel.getByRole('button', { name: 'API key', exact: true }).click();
    await panel.getByRole('combobox', { name: 'Provider' }).click();
    await panel.getByRole('option', { name: 'DeepSeek' }).click();
    await panel.getByRole('textbox', { name: /API key/ }).fill(sandbox().keys['openrouter'] ?? '');
    await page.keyboard.press('Enter');
    const problem = panel.locator('.problem');
    await problem.getByText('This looks like a key of OpenRouter.').waitFor();
    await problem.getByRole('button', { name: 'Send it to DeepSeek anyway' }).waitFor();
    assert.ok(sandbox().requests.every((request) => !request.path.startsWith('/deepseek')));
    await problem.getByRole('button', { name: 'Use it for OpenRouter' }).click();

    await panel.getByRole('heading', { name: /^Signed in with OpenRouter/ }).waitFor();
  });

  it('is asked about by no button that tells of another key', async () => {
    const { page } = workbench();
    await runCommand(page, 'View: Close All Editors');
    await runCommand(page, 'Notifications: Clear All Notifications');
    const refused = (end: string) => notification(page, new RegExp(`that ends in ${end} \\(401\\)`));
    for (const end of ['1111', '2222']) {
      await runCommand(page, 'Qwen: Sign in');
      await enterInChina(page, `sk-sp-wrong-${end}`);
      await refused(end).waitFor();
    }

    await takeButton(refused('1111'), WAY_ON);

    await webview(page).locator('.problem').getByText('that ends in 2222').waitFor();
    assert.equal(await dialog(page).count(), 0);
  });
});

describe('sign-out', () => {
  const { workbench, sandbox } = useSandbox();

  const model = (page: Page) => statusBarItem(page, 'model');
  const list = (page: Page) => page.locator('.quick-input-widget').filter({ hasText: 'All of them' });
  const focusedRow = (page: Page) => page.locator('.quick-input-list .monaco-list-row.focused');
  const signIn = async (page: Page, provider: string, key: string) => {
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^API key/);
    await takeOption(page, new RegExp(`^${provider}`));
    await enterKey(page, provider, key);
    await notification(page, `Signed in with ${provider}`).waitFor();
  };

  it('has nothing chosen, so that Enter alone signs out of nothing', async () => {
    const { page } = workbench();
    await signIn(page, 'OpenAI', sandbox().keys['openai'] ?? '');
    await signIn(page, 'DeepSeek', sandbox().keys['deepseek'] ?? '');
    await runCommand(page, 'Qwen: Sign out');
    await list(page).waitFor();

    assert.equal(await focusedRow(page).count(), 0);
    await page.keyboard.press('Enter');

    assert.equal(await list(page).isVisible(), true);
    assert.equal(await dialog(page).count(), 0);
  });

  it('asks about the account that is found and has the focus', async () => {
    const { page } = workbench();
    await page.keyboard.type('openai');
    await focusedRow(page).filter({ hasText: 'OpenAI' }).waitFor();
    await page.keyboard.press('Enter');

    await dialog(page).getByText('Sign out of OpenAI?').waitFor();
    await dialog(page)
      .getByText(/This removes the OpenAI key that ends in enai from the keychain/)
      .waitFor();
  });

  it('is done after a yes, names what is in use now, and can be undone', async () => {
    const { page } = workbench();
    await answerDialog(page, 'Sign out');
    const toast = notification(page, 'Forgotten: the OpenAI key that ends in enai.');
    await takeButton(toast, 'Undo');

    await notification(page, 'Back again: the OpenAI key that ends in enai.').waitFor();
  });

  it('by the panel asks just so, and a no leaves everything', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    const button = webview(page).getByRole('button', { name: /^Sign out of OpenAI/ });
    await button.press('Enter');
    await dialog(page).getByText('Sign out of OpenAI?').waitFor();
    await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    await dialog(page).waitFor({ state: 'detached' });

    await button.waitFor();
  });

  it('of everything says that no model is left', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign out');
    await takeOption(page, /All of them/);
    await dialog(page).getByText('Sign out of everything?').waitFor();
    await answerDialog(page, 'Sign out');

    await notification(page, /Forgotten: .*; .*\. No model is in use now\./).waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });
});
