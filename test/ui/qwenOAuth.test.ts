import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually';
import { useWorkbench } from '../host/fixture.mjs';
import {
  notification,
  reloadWindow,
  runCommand,
  statusBarItem,
  takeOption,
  webview,
  takeButton,
} from '../host/workbench.mjs';
import { type Sandbox, startSandbox, useSandbox } from './sandbox';

describe('signing in with Qwen OAuth, by clicks', () => {
  const { workbench, sandbox } = useSandbox();

  const model = (page: Page) => statusBarItem(page, 'model');

  it('shows in the status bar that nobody is signed in', async () => {
    const { page } = workbench();

    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });

  it('shows the user code as text, and a way out', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    const panel = webview(page);

    await panel.getByRole('button', { name: 'Qwen OAuth', exact: true }).click();
    await panel.getByRole('button', { name: 'Sign in with Qwen OAuth' }).click();

    const code = panel.getByText(/^[A-Z]{4}-[A-Z]{4}$/);
    await code.waitFor();
    assert.deepEqual(sandbox().pendingUserCodes, [await code.innerText()]);
    await panel.getByRole('button', { name: 'Cancel' }).waitFor();
  });

  it('is signed in once the page in the browser was approved', async () => {
    const { page, context } = workbench();
    const opened = context.waitForEvent('page');
    await webview(page).getByRole('button', { name: 'Copy code & open browser' }).click();
    const signInPage = await opened;

    await signInPage.getByRole('button', { name: 'Approve' }).click();
    await signInPage.getByRole('heading', { name: 'You are signed in' }).waitFor();
    await signInPage.close();

    await model(page).filter({ hasText: 'coder-model' }).waitFor();
    await webview(page)
      .getByRole('heading', { name: /^Signed in with/ })
      .waitFor();
  });

  it('shows the answer of the model and where all came from', async () => {
    const { page } = workbench();
    const panel = webview(page);

    await panel.getByRole('button', { name: 'Test connection' }).click();

    await panel.getByText(/^Hello from coder-model/).waitFor();
    await panel.getByText('the keychain (qwen-oauth)').waitFor();
  });

  it('switches the model in the picker of the status bar', async () => {
    const { page } = workbench();
    await model(page).click();

    await takeOption(page, /vision-model/);

    await model(page).filter({ hasText: 'vision-model' }).waitFor();
  });

  it('is still signed in with that model after a reload', async () => {
    const { page } = workbench();

    await reloadWindow(page);

    await model(page).filter({ hasText: 'vision-model' }).waitFor();
  });

  it('has counted over the reload what it sent', async () => {
    const { page } = workbench();
    const sent = sandbox().requests.filter((request) => request.path === '/v1/chat/completions').length;

    await page.getByLabel(`Last 24 hours: ${sent} of 1,000 requests (counted here)`).first().waitFor();
  });

  it('says what was forgotten when signing out', async () => {
    const { page } = workbench();
    const { host } = new URL(sandbox().origin);

    await runCommand(page, 'Qwen: Sign out');

    await notification(page, `Forgotten: the sign-in at ${host}.`).waitFor();
    await model(page).filter({ hasText: 'Sign in' }).waitFor();
  });

  it("uses Qwen Code's sign-in for who is signed out, and says where it is now", async () => {
    const { page, home } = workbench();
    const file = path.join(home, '.qwen/oauth_creds.json');
    const tokens = {
      access_token: 'access-of-qwen-code',
      refresh_token: 'refresh-of-qwen-code',
      token_type: 'Bearer',
      expiry_date: Date.now() + 3_600_000,
      resource_url: 'portal.qwen.ai',
    };
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(tokens));
    await runCommand(page, "Qwen: Use Qwen Code's sign-in");
    await takeOption(page, /^Use it/);

    await notification(page, "You are signed in with Qwen Code's sign-in. It moves here").waitFor();
    await model(page).filter({ hasText: 'coder-model' }).waitFor();
    await eventually(() => existsSync(file), false);
  });
});

describe('signing in by a redirect, by clicks', () => {
  let sandbox: Sandbox;
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox();
    sandbox.behavior.grants = 'code';
    return { settings: sandbox.settings };
  });
  before(() => workbench().context.grantPermissions(['clipboard-read', 'clipboard-write']));
  after(() => sandbox.stop());

  const button = (name: string) => webview(workbench().page).getByRole('button', { name });

  /** The sign-in page that opens by itself; to be called before what opens it. */
  const opened = async (): Promise<Page> => await workbench().context.waitForEvent('page');

  /** The sign-in page, as in a browser elsewhere. */
  async function openCopiedLink(): Promise<Page> {
    const { page, context } = workbench();
    await page.evaluate(`navigator.clipboard.writeText('')`);
    await button('Copy the link').click();
    let link = '';
    while (link === '') link = await page.evaluate<string>('navigator.clipboard.readText()');
    const signInPage = await context.newPage();
    await signInPage.goto(link);
    return signInPage;
  }

  it('names the other ways in a notification where the server cannot be used', async () => {
    const { page } = workbench();
    sandbox.behavior.metadata = 'none';
    await statusBarItem(page, 'model').filter({ hasText: 'Sign in' }).click();
    await takeOption(page, /Qwen OAuth/);

    await takeButton(notification(page, 'has no discovery document'), 'Other ways');
    sandbox.behavior.metadata = 'both';
    await takeOption(page, /Enter an API key/);

    await takeOption(page, /OpenRouter/);
    await takeOption(page, /Enter an API key/);
    await page.locator('.quick-input-widget').getByText('API key of OpenRouter').waitFor();
    await page.keyboard.press('Escape');
  });

  it('says where it waits for the person, and takes a no', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    await button('Sign in with Qwen OAuth').click();
    await webview(page)
      .getByText(`Sign in on ${new URL(sandbox.origin).host} in your browser`)
      .first()
      .waitFor();

    const signInPage = await openCopiedLink();
    await signInPage.getByRole('button', { name: 'Deny' }).click();

    await webview(page).getByRole('heading', { name: 'The sign-in failed' }).waitFor();
    await signInPage.close();
  });

  it('says after a reload what became of it, with the ways on', async () => {
    const { page } = workbench();
    await button('Sign in with Qwen OAuth').click();
    await button('Copy the link').waitFor();
    await reloadWindow(page);

    await notification(page, 'was interrupted before it was done').waitFor();
    await button('Paste the address by hand').waitFor();
  });

  it('takes the address that the browser ended on, pasted by hand', async () => {
    const { page } = workbench();
    await button('Paste the address by hand').click();
    const signInPage = await openCopiedLink();
    const redirected = signInPage.waitForRequest((request) => request.url().includes('code='));
    await signInPage.getByRole('button', { name: 'Approve' }).click();
    const field = webview(page).getByRole('textbox', { name: /^Paste the address/ });
    await field.fill(sandbox.origin);
    await field.press('Enter');
    await webview(page).getByText('This is not what the browser was sent back with.').first().waitFor();

    await field.fill((await redirected).url());
    await field.press('Enter');

    await webview(page)
      .getByRole('heading', { name: /^Signed in with/ })
      .waitFor();
    await statusBarItem(page, 'model')
      .filter({ hasText: /(coder|vision)-model/ })
      .waitFor();
    await signInPage.close();
  });

  it('is not begun anew by a notification that is older than it', async () => {
    const { page } = workbench();
    const old = notification(page, 'was interrupted before it was done');
    const asked = () => sandbox.requests.filter((request) => request.path.startsWith('/.well-known')).length;
    const before = asked();
    await takeButton(old, 'Start again');
    await old.waitFor({ state: 'detached' });

    await button('Test connection').click();
    await webview(page)
      .getByText(/^Hello from/)
      .waitFor();
    assert.equal(asked(), before);
  });

  it('is signed in by the page that opens, which leads the browser back', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign out');
    await webview(page).getByRole('heading', { name: 'Not signed in' }).waitFor();
    const opening = opened();
    await button('Sign in with Qwen OAuth').click();

    const signInPage = await opening;
    await signInPage.getByRole('button', { name: 'Approve' }).click();

    await webview(page)
      .getByRole('heading', { name: /^Signed in with/ })
      .waitFor();
    assert.match(signInPage.url(), /\/callback\?/);
    await signInPage.close();
  });

  it('has OpenRouter make a key in one click', async () => {
    const { page } = workbench();
    const panel = webview(page);
    await button('Add account').click();
    await panel.getByRole('button', { name: 'OpenRouter', exact: true }).click();
    const opening = opened();
    await button('Sign in with OpenRouter').click();

    const signInPage = await opening;
    await signInPage.getByRole('button', { name: 'Approve' }).click();

    await panel
      .getByRole('listitem')
      .filter({ hasText: /OpenRouter.*Signed in/ })
      .waitFor();
    await signInPage.close();
  });
});
