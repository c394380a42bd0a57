import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useWorkbench } from '../host/fixture.mjs';
import {
  notification,
  openWorkbench,
  runCommand,
  statusBarItem,
  takeButton,
  takeMenuItem,
  takeOption,
} from '../host/workbench.mjs';
import { parseJson } from '../../src/core/base/json';
import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { type Sandbox, startSandbox } from './sandbox';

/** What Qwen Code keeps of a sign-in. */
const SIGNED_IN = { access_token: 'of-qwen-code', refresh_token: 'of-qwen-code', token_type: 'Bearer', expiry_date: 0 };

describe('signing in with a Coding Plan, without the panel', () => {
  let sandbox: Sandbox;
  let qwenCode: TemporaryFolder;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    qwenCode = createTemporaryFolder({ 'oauth_creds.json': SIGNED_IN });
    return { settings: sandbox.settings, unpacked: ['test/consumer'], env: { QWEN_HOME: qwenCode.at('.') } };
  });
  after(async () => {
    qwenCode.remove();
    await sandbox.stop();
  });

  const model = (page: Page) => statusBarItem(page, 'model');
  const quickInput = (page: Page) => page.locator('.quick-input-widget');

  const openAccounts = (page: Page) => page.getByRole('button', { name: /^Accounts/ }).click({ force: true });
  /** What stands in the Accounts menu. */
  const accounts = async (page: Page): Promise<readonly string[]> => {
    await openAccounts(page);
    const items = page.locator('.context-view').getByRole('menuitem');
    await items.first().waitFor();
    const names = await items.allInnerTexts();
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'detached' });
    return names;
  };

  it('is offered the sign-in of Qwen Code, and leaves it alone after a no', async () => {
    const { page } = workbench();
    const offer = notification(page, 'Qwen Code is signed in on this computer: use that sign-in here?');
    await offer.getByRole('button', { name: 'No', exact: true }).press('Enter');
    await offer.waitFor({ state: 'detached' });

    const left = await qwenCode.files.read(qwenCode.at('oauth_creds.json'));
    assert.deepEqual(left.kind === 'text' && parseJson(left.text), SIGNED_IN);
  });

  it('begins in the status bar and asks for the plan and its region', async () => {
    const { page } = workbench();
    await model(page).filter({ hasText: 'Sign in' }).click();

    // Read aloud by its name, not by that of an icon.
    await takeOption(page, /^Coding Plan/);
    await takeOption(page, /Coding Plan · China/);

    await quickInput(page).getByText('API key of Coding Plan').waitFor();
  });

  it('says what a key of the plan looks like', async () => {
    const { page } = workbench();

    await quickInput(page).getByRole('textbox').fill('sk-of-another-kind');

    await quickInput(page).getByText('A Coding Plan key begins with "sk-sp-"').waitFor();
  });

  it('names host, plan and last four characters of a refused key', async () => {
    const { page } = workbench();

    await quickInput(page).getByRole('textbox').fill('sk-sp-this-one-is-revoked-a289');
    await page.keyboard.press('Enter');

    const { host } = new URL(sandbox.origin);
    const refused = notification(page, `${host} refused the Coding Plan key that ends in a289 (401).`);
    await takeButton(refused, 'Enter another key');
    await quickInput(page).getByText('API key of Coding Plan').waitFor();
  });

  it('is signed in with the right key, without a reload', async () => {
    const { page } = workbench();

    await quickInput(page)
      .getByRole('textbox')
      .fill(sandbox.keys['coding-plan/china'] ?? '');
    await page.keyboard.press('Enter');

    await notification(page, 'Signed in with Coding Plan · China (Beijing). The model is qwen3-coder-plus.').waitFor();
    await model(page).filter({ hasText: 'qwen3-coder-plus' }).waitFor();
  });

  it('offers the ten models of the plan', async () => {
    const { page } = workbench();
    await model(page).click();

    await quickInput(page)
      .getByRole('option', { name: /^qwen3-coder-plus, .*in use\b/ })
      .waitFor();
    await takeOption(page, /^qwen3\.7-plus/);

    await model(page).filter({ hasText: 'qwen3.7-plus' }).waitFor();
  });

  it('gets a real answer', async () => {
    const { page } = workbench();

    sandbox.behavior.chunkGap = 100;
    await runCommand(page, 'Qwen: Test connection');

    await page.locator('.statusbar').getByText('Testing the connection').waitFor();
    sandbox.behavior.chunkGap = 5;
    await notification(page, /answered in \d+ ms: Hello from qwen3\.7-plus/).waitFor();
  });

  it('is an account that another extension gets once the person allows it', async () => {
    const { page } = workbench();
    await runCommand(page, 'Consumer: Get session');

    const question = page
      .locator('.monaco-dialog-box')
      .filter({ hasText: "The extension 'Consumer' wants to sign in" });
    await question.getByRole('button', { name: 'Allow' }).click();
    await takeOption(page, /Coding Plan · China/);

    await notification(page, /Consumer got Coding Plan · China \(Beijing\)/).waitFor();
  });

  it("is signed out in VS Code's Accounts menu of another window, and gone from all of them", async () => {
    const { browser, context, page, server } = workbench();
    const other = await openWorkbench(browser, server, { context });
    await model(other.page).filter({ hasText: 'qwen3.7-plus' }).waitFor();
    assert.ok((await accounts(page)).some((name) => name.startsWith('Coding Plan · China')));

    await openAccounts(other.page);
    await takeMenuItem(other.page, /Coding Plan · China/);
    await takeMenuItem(other.page, 'Sign Out');
    await other.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Sign Out' }).click();

    await notification(other.page, 'Forgotten: the Coding Plan · China (Beijing) key that ends in hina.').waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
    while ((await accounts(page)).some((name) => name.startsWith('Coding Plan'))) continue;
  });
});
