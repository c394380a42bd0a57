import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually';
import { useWorkbench } from '../host/fixture.mjs';
import {
  answerDialog,
  enterKey,
  notification,
  runCommand,
  statusBarItem,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { type Sandbox, startSandbox, useSandbox } from './sandbox';

const NEXT_PROBLEM = 'Go to Next Problem in Files (Error, Warning, Info)';

describe('managing providers, by clicks', () => {
  const { workbench, sandbox } = useSandbox();

  const userSettings = () => path.join(workbench().server.userData, 'User/settings.json');
  const qwenSettings = () => path.join(workbench().home, '.qwen/settings.json');
  const page = () => webview(workbench().page).getByRole('tabpanel', { name: 'Providers' });
  /** The rows that stand in a file. */
  const rows = (file: string) => page().getByRole('listitem').filter({ hasText: file });
  const button = (name: string | RegExp) =>
    page()
      .getByRole('button', { name, exact: typeof name === 'string' })
      .and(page().locator(':visible'));
  const names = async (file: string) => await rows(file).locator('.name > :first-child').allInnerTexts();
  const field = (label: RegExp) => page().getByRole('textbox', { name: label }).and(page().locator(':visible'));
  const fill = async (label: RegExp, text: string) => await field(label).fill(text);
  const more = async (name: string, item: string) => {
    await button(`More for ${name}`).click();
    await page().getByRole('menuitem', { name: item }).click();
  };
  const saveTo = async (file: string) => {
    await page().getByRole('combobox', { name: 'Save to' }).click();
    await page().getByRole('option', { name: file }).and(page().locator(':visible')).click();
  };
  const dialog = (variable: string) =>
    workbench()
      .page.locator('.monaco-dialog-box')
      .filter({ hasText: `Send the key in ${variable} to` });
  const picked = async (workbenchPage: Page, name: RegExp) => {
    await statusBarItem(workbenchPage, 'model').click();
    const widget = workbenchPage.locator('.quick-input-widget');
    await widget.getByRole('option', { name }).waitFor();
    await workbenchPage.keyboard.press('Escape');
    await widget.waitFor({ state: 'hidden' });
  };

  before('writes comments into the settings', async () => {
    const text = await readFile(userSettings(), 'utf8');
    await writeFile(
      userSettings(),
      text.replace('{', '{ // the first line\n').replace(/\}\s*$/, '  // the last line\n}\n'),
    );
    await mkdir(path.dirname(qwenSettings()), { recursive: true });
    await writeFile(
      qwenSettings(),
      '{\n  // written by hand\n  "modelProviders": {\n    "openai": [] // none yet\n  }\n}\n',
    );
  });

  it('opens on its page by the command', async () => {
    await statusBarItem(workbench().page, 'model').waitFor();
    await runCommand(workbench().page, 'Qwen: Manage providers');

    await page().getByRole('heading', { name: 'Providers' }).waitFor();
    await button('Add provider…').waitFor();
  });

  it('lets nothing in it send a form elsewhere or move its addresses', async () => {
    const policy = await webview(workbench().page)
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute('content');

    assert.match(policy ?? '', /default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'nonce-/);
  });

  it('says what is wrong with an entry before it is written', async () => {
    await button('Add provider…').click();
    await saveTo('VS Code settings');
    await fill(/^Base URL/, 'not an address');
    await page().getByText('is not a web address').waitFor();
    await button('Save').click();

    await page().getByText('Enter the id by which the server knows the model').waitFor();
  });

  it('adds an entry once it was tried, which the picker offers', async () => {
    await fill(/^Model id/, 'gpt-4o');
    await fill(/^Name/, 'My model');
    await fill(/^Base URL/, `${sandbox().origin}/openai/v1/chat/completions`);
    await page().getByText(`Requests go to ${sandbox().origin}/openai/v1`, { exact: true }).waitFor();
    await fill(/^Key variable/, 'SANDBOX_KEY');
    await page().getByText('Key from the environment variable SANDBOX_KEY').first().waitFor();
    await button('Try').click();
    await dialog('SANDBOX_KEY').waitFor();
    await answerDialog(workbench().page, 'Cancel');
    await page().getByText('Nothing was sent.').first().waitFor();
    await button('Try').click();
    await answerDialog(workbench().page, 'Save and send');
    await page()
      .getByText(/^Hello from gpt-4o/)
      .waitFor();
    await button('Save').click();

    await rows('VS Code settings').getByText('My model', { exact: true }).waitFor();
    await picked(workbench().page, /My model/);
  });

  it('leads to the form for a key that is missing, and keeps what was typed', async () => {
    const signIn = webview(workbench().page).getByRole('tabpanel', { name: 'Home' });
    await button(/^Edit My model/).click();
    await fill(/^Base URL/, 'https://models.example.com/v1');
    await fill(/^Key variable/, 'NOBODY_SET_THIS');
    await button('Enter key…').click();

    await signIn.getByRole('textbox', { name: /^API key/ }).waitFor();
    const typed = 'https://models.example.com/v1';
    await eventually(() => signIn.getByRole('textbox', { name: 'Base URL' }).inputValue(), typed);
    await webview(workbench().page).getByRole('tab', { name: 'Providers' }).click();
    await eventually(() => field(/^Base URL/).inputValue(), typed);
    await button('Cancel').click();
  });

  it('adds another one, edits it and moves it up', async () => {
    await button('Duplicate My model').click();
    await fill(/^Model id/, 'gpt-4o-mini');
    await fill(/^Name/, '');
    await button('Save').click();
    await rows('VS Code settings').getByText('gpt-4o-mini', { exact: true }).waitFor();

    await button('Edit gpt-4o-mini').click();
    await fill(/^Name/, 'Small');
    await button('Save').click();
    await rows('VS Code settings').getByText('Small', { exact: true }).waitFor();
    await more('Small', 'Move up');

    await rows('VS Code settings').first().getByText('Small', { exact: true }).waitFor();
    await eventually(() => names('VS Code settings'), ['Small', 'My model']);
    await button('More for Small').and(page().locator(':focus')).waitFor();
  });

  it('tests an entry and shows the answer below it', async () => {
    await button('Test My model').click();

    await rows('VS Code settings')
      .filter({ hasText: 'My model' })
      .getByText(/^Hello from gpt-4o/)
      .waitFor();
  });

  it('adds models that the server names', async () => {
    await more('My model', 'Fetch models…');
    await page()
      .getByRole('heading', { name: /^Models of/ })
      .waitFor();
    await page().getByRole('checkbox').and(page().locator(':enabled')).first().check();
    await button('Add 1 model').click();

    await page().getByRole('heading', { name: 'Providers' }).waitFor();
    await rows('VS Code settings').nth(2).waitFor();
    await eventually(() => rows('VS Code settings').count(), 3);
  });

  it('removes an entry once it was asked', async () => {
    await button('Remove Small').click();
    await page().getByRole('group', { name: 'Remove Small?' }).getByRole('button', { name: 'Remove' }).click();

    await rows('VS Code settings').getByText('Small', { exact: true }).waitFor({ state: 'detached' });
  });

  it("adds to Qwen Code's own file", async () => {
    await button('Add provider…').click();
    await saveTo('Qwen Code settings');
    await fill(/^Model id/, 'local-model');
    await fill(/^Base URL/, 'http://127.0.0.1:11434/v1');
    await button('Save').click();
    await answerDialog(workbench().page, 'Save and send');

    await rows('Qwen Code settings').getByText('local-model', { exact: true }).waitFor();
    const text = await readFile(qwenSettings(), 'utf8');
    assert.match(text, /\/\/ written by hand/);
    assert.match(text, /\/\/ none yet/);
  });

  it('changes the name and the key of an account, once its server has taken the key', async () => {
    const { page: workbenchPage } = workbench();
    const key = sandbox().keys['coding-plan/china'] ?? '';
    await runCommand(workbenchPage, 'Qwen: Sign in');
    await takeOption(workbenchPage, /^Coding Plan/);
    await takeOption(workbenchPage, /Coding Plan · China/);
    await enterKey(workbenchPage, 'Coding Plan', key);
    await notification(workbenchPage, 'Signed in with Coding Plan · China (Beijing)').waitFor();
    await runCommand(workbenchPage, 'Qwen: Manage providers');
    await button('Edit Coding Plan · China (Beijing)').click();
    await fill(/^Name/, 'Work');
    await fill(/^API key/, 'sk-sp-0123456789wrong');
    await button('Save').click();
    const palette = workbenchPage.locator('.quick-input-widget').getByRole('textbox');
    await workbenchPage.keyboard.press('F1');
    await page().getByText('refused the Coding Plan key').first().waitFor();
    await palette.and(workbenchPage.locator(':focus')).waitFor();
    await workbenchPage.keyboard.press('Escape');
    await fill(/^API key/, key);
    await button('Save').click();

    await button('Edit Work').waitFor();
    await rows('Work')
      .getByText(`key ends in ${key.slice(-4)}`)
      .waitFor();
  });

  it('sends the key of an account to another address once the person has said yes', async () => {
    const { page: workbenchPage } = workbench();
    const { host } = new URL(sandbox().origin);
    const key = sandbox().keys['openai'] ?? '';
    const input = workbenchPage.locator('.quick-input-widget');
    const enter = async (prompt: RegExp, text: string) => {
      await input.getByText(prompt).first().waitFor();
      await input.getByRole('textbox').fill(text);
      await workbenchPage.keyboard.press('Enter');
    };
    await runCommand(workbenchPage, 'Qwen: Sign in');
    await takeOption(workbenchPage, /^API key/);
    await takeOption(workbenchPage, /^Another OpenAI-compatible server/);
    await enter(/^Base URL of/, `${sandbox().origin}/openai/v1`);
    await enter(/^API key/, key);
    await notification(workbenchPage, `Signed in with ${host}`).waitFor();
    await runCommand(workbenchPage, 'Qwen: Manage providers');
    await button(`Edit ${host}`).click();
    await fill(/^Base URL/, `${sandbox().origin}/deepseek/v1`);
    await button('Save').click();
    const question = workbenchPage
      .locator('.monaco-dialog-box')
      .filter({ hasText: `Send the key that ends in ${key.slice(-4)} to http://${host}/deepseek/v1?` });
    await question.getByText(`It was saved for http://${host}/openai/v1.`).waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await page().getByText('Nothing was changed.').first().waitFor();
    const sent = () => sandbox().requests.filter((request) => request.path.startsWith('/deepseek')).length;
    assert.equal(sent(), 0);

    await button('Save').click();
    await question.getByRole('button', { name: 'Send the key' }).click();
    await page()
      .getByText(/refused the key/)
      .first()
      .waitFor();
    assert.ok(sent() > 0);
    await button('Cancel').click();
  });

  it('kept every comment of the settings', async () => {
    const text = await readFile(userSettings(), 'utf8');

    assert.match(text, /^\{ \/\/ the first line/);
    assert.match(text, /\/\/ the last line\n\}/);
    assert.match(text, /"id": "gpt-4o"/);
  });

  it('shows in the editor why a file cannot be opened', async () => {
    const { page: window } = workbench();
    await rename(qwenSettings(), `${qwenSettings()}.aside`);
    await mkdir(qwenSettings());
    await runCommand(window, 'Qwen: Manage providers');
    await button('Open file: Qwen Code settings').click();

    await window.locator('.monaco-editor-pane-placeholder').filter({ hasText: 'is a directory' }).waitFor();
    await rmdir(qwenSettings());
    await rename(`${qwenSettings()}.aside`, qwenSettings());
  });
});

describe("VS Code's own settings, open in an editor", () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    const entry = { id: 'gpt-4o', envKey: sandbox.keys['openai'], baseUrl: `${sandbox.origin}/openai/v1` };
    const providers = { 'qwen.modelProviders': { openai: [entry] }, 'files.autoSave': 'off' };
    // A window of its own: VS Code may bring an editor with changes back over the settings of the next block.
    return { settings: { ...sandbox.settings, ...providers, 'workbench.editor.useModal': 'off' }, unpacked: [] };
  });
  after(() => sandbox.stop());

  const editor = () => workbench().page.locator('.editor-instance .monaco-editor').first();
  const tab = () => workbench().page.locator('.tabs-container .tab').filter({ hasText: 'settings.json' });
  const unsaved = () => tab().and(workbench().page.locator('.dirty'));
  const onDisk = () => readFile(path.join(workbench().server.userData, 'User/settings.json'), 'utf8');
  const panel = () => webview(workbench().page).getByRole('tabpanel', { name: 'Providers' });
  const button = (name: string) => panel().getByRole('button', { name, exact: true }).and(panel().locator(':visible'));
  /** Writes a comment at the end of the settings, which leaves them unsaved. */
  const write = async (comment: string) => {
    const { keyboard } = workbench().page;
    await editor().locator('.native-edit-context, textarea').first().focus();
    await keyboard.press('Control+End');
    await keyboard.insertText(`\n// ${comment}`);
    await unsaved().waitFor();
  };
  const saved = async () => {
    await workbench().page.keyboard.press('Control+s');
    await unsaved().waitFor({ state: 'detached' });
  };

  it('shows the mark of a key that stands in it', async () => {
    const { page } = workbench();
    await runCommand(page, 'Preferences: Open User Settings (JSON)');
    await editor().getByText('"workbench.startupEditor"').waitFor();
    await runCommand(page, NEXT_PROBLEM);

    await editor().locator('.squiggly-error').first().waitFor();
  });

  it('gives the key to the keychain, though they have changes that are not saved, and saves none of those', async () => {
    const { page } = workbench();
    await page.keyboard.press('Escape');
    await write('mine');
    await editor().getByText('sk-sandbox-openai').click();
    // Before there is a light bulb, VS Code knows of nothing to mend.
    await editor().locator('.lightBulbWidget').filter({ visible: true }).first().waitFor();
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget .monaco-list-row').filter({ hasText: 'Move this key to the keychain' });
    await fix.waitFor();
    for (; (await fix.and(page.locator('.focused')).count()) === 0; await page.keyboard.press('ArrowDown'));
    await page.keyboard.press('Enter');

    await notification(page, 'Signed in with').first().waitFor();
    await editor().getByText('"OPENAI_API_KEY"').waitFor();
    assert.match(await onDisk(), /sk-sandbox-openai/);
    await saved();
    assert.match(await onDisk(), /"envKey": "OPENAI_API_KEY"[^]*\/\/ mine$/);
    assert.doesNotMatch(await onDisk(), /sk-sandbox-openai/);
  });

  it('are changed by the panel in that editor, which can be saved afterwards', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Manage providers');
    await button('Edit gpt-4o').click();
    await panel().getByRole('textbox', { name: /^Name/ }).and(panel().locator(':visible')).fill('My own');
    await button('Save').click();
    await button('Edit My own').waitFor();

    await tab().click();
    await editor().getByText('"My own"').waitFor();
    await write('later');
    await saved();
    assert.match(await onDisk(), /"name": "My own"[^]*\/\/ mine\n\/\/ later$/);
  });

  it('are left alone by the panel while they have changes that are not saved, which is said', async () => {
    const { page } = workbench();
    await write('not yet');
    await runCommand(page, 'Qwen: Manage providers');
    await button('Edit My own').click();
    await panel().getByRole('textbox', { name: /^Name/ }).and(panel().locator(':visible')).fill('Other');
    await button('Save').click();

    await panel().getByText('have changes that are not saved').and(panel().locator(':visible')).waitFor();
    assert.doesNotMatch(await onDisk(), /Other|not yet/);
    await tab().click();
    await saved();
  });
});

describe('the side bar', () => {
  const { workbench } = useSandbox();

  const icon = (page: Page) => page.locator('.activitybar').getByRole('tab', { name: 'Qwen' });

  it('loads nothing before it is opened, and then shows the first page', async () => {
    const { page } = workbench();
    await statusBarItem(page, 'model').filter({ hasText: 'Sign in' }).waitFor();
    await eventually(() => page.locator('iframe.webview').count(), 0);
    await icon(page).click();

    await webview(page).getByRole('heading', { name: 'Not signed in' }).waitFor();
  });
});
