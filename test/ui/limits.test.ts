import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

import { eventually } from '../eventually';
import {
  enterKey,
  notification,
  openNotifications,
  reloadWindow,
  runCommand,
  statusBarItem,
  takeButton,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { useSandbox } from './sandbox';

const HOUR_MS = 3_600_000;
const PLAN = 'Coding Plan · China (Beijing)';

/** What is left, on Home. */
const limits = (page: Page) =>
  webview(page).locator('section', { has: webview(page).getByRole('heading', { name: /^What is left at/ }) });

describe('a plan that fills up', () => {
  /** What the clock of the servers is ahead of ours. */
  let ahead = 0;
  const { workbench, sandbox } = useSandbox({ sandbox: { now: () => Date.now() + ahead } });

  const model = (page: Page, text: string | RegExp) => statusBarItem(page, 'model').filter({ hasText: text }).waitFor();
  /** What was asked of providers besides models and chats: not before a minute is over for the second time. */
  const asked = () =>
    sandbox()
      .requests.map(({ path }) => path)
      .filter((path) => !/\/(models|chat\/completions)$/.test(path));
  const askedAtAll = () => [...new Set(asked())];
  /** When the panel was opened first, in our clock. */
  let begun = 0;
  const assertAskedSeldom = (): void => {
    const most = 1 + Math.floor((Date.now() - begun) / 60_000);
    assert.ok(asked().length <= most, `asked ${asked().length} times, and ${most} at most in this time`);
  };
  const testConnection = async (page: Page): Promise<void> => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'Qwen: Test connection');
  };

  it('is counted, beside the limits of the edition that the person chooses once', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^API key/);
    await takeOption(page, /^DeepSeek/);
    await enterKey(page, 'DeepSeek', sandbox().keys['deepseek'] ?? '');
    await notification(page, 'Signed in with DeepSeek').waitFor();
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await enterKey(page, 'Coding Plan', sandbox().keys['coding-plan/china'] ?? '');
    await notification(page, `Signed in with ${PLAN}`).waitFor();
    begun = Date.now();
    await runCommand(page, 'Qwen: Open auth panel');

    await limits(page).getByRole('button', { name: 'Choose your plan…' }).click();
    await takeOption(page, /^Lite/);
    await page.locator('.quick-input-widget').getByText('On which day of the month').waitFor();
    await page.keyboard.type('15');
    await page.keyboard.press('Enter');

    const week = limits(page).getByText(/^0 % used · goes on .* · \d+ of 9,000 requests counted here$/);
    await week.waitFor();
    await limits(page).getByRole('term').filter({ hasText: 'This month' }).waitFor();
    await eventually(() => limits(page).getByRole('button').count(), 0);
    // What the other account has is shown on the page of the usage: the panel asks for both when it is opened.
    await eventually(askedAtAll, ['/user/balance']);
    assertAskedSeldom();
  });

  it('refuses, and says when it goes on, and where to go on meanwhile', async () => {
    const { page } = workbench();
    await runCommand(page, 'View: Close All Editors');
    sandbox().behavior.plan = { hour: 0 };
    await testConnection(page);

    const refused = notification(
      page,
      /Your 5-hour limit at .* is used up \(429\)\. .* in 5 h at the latest \(.*\d\d:\d\d:\d\d\)/,
    );
    await refused.waitFor();
    await model(page, /qwen3-coder-plus · goes on .*at \d\d:\d\d at the latest/);
    await takeButton(refused, 'Use DeepSeek');

    await model(page, 'deepseek-v4-pro');
    assert.deepEqual(askedAtAll(), ['/user/balance']);
    assertAskedSeldom();
  });

  it('leaves the work to another account, which says what is left there', async () => {
    const { page } = workbench();
    await testConnection(page);
    await notification(page, /answered in \d+ ms: Hello from deepseek-v4-pro/).waitFor();
    await runCommand(page, 'Qwen: Open auth panel');

    await limits(page)
      .getByText(/^CN¥54\.00 said by .* at \d\d:\d\d$/)
      .waitFor();
    assert.deepEqual(askedAtAll(), ['/user/balance']);
    assertAskedSeldom();
  });

  it('goes on once the time has come, which the first answer shows', async () => {
    const { page } = workbench();
    await runCommand(page, 'View: Close All Editors');
    sandbox().behavior.plan = { hour: 1 };
    ahead = 5 * HOUR_MS;
    await runCommand(page, 'Qwen: Switch model');
    await takeOption(page, /^qwen3-coder-plus/);
    await model(page, /qwen3-coder-plus · goes on/);
    await testConnection(page);

    await notification(page, /answered in \d+ ms: Hello from qwen3-coder-plus/).waitFor();
    await statusBarItem(page, 'model').filter({ hasText: 'goes on' }).waitFor({ state: 'detached' });
    await model(page, 'qwen3-coder-plus');
  });

  it('shows what is left of another account that is chosen in the panel', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Open auth panel');
    await limits(page).getByRole('term').filter({ hasText: 'This month' }).waitFor();
    await webview(page)
      .getByRole('option', { name: /^deepseek-v4-pro/ })
      .click();

    await limits(page).getByText('CN¥54.00').waitFor();
  });

  it('is asked for by nobody when the window is loaded anew with the panel in it', async () => {
    const { page } = workbench();
    const before = asked().length;
    await reloadWindow(page);
    await webview(page).getByRole('heading', { name: 'Signed in with DeepSeek' }).waitFor();
    assert.equal(asked().length, before);

    await webview(page).getByRole('tab', { name: 'Usage' }).click();
    await webview(page).getByRole('tab', { name: 'Home' }).click();
    await limits(page).getByText('CN¥54.00').waitFor();
    await eventually(() => asked().length, before + 1);
  });
});

describe('a limit that is nearly reached', () => {
  const { workbench, sandbox } = useSandbox();

  it('is warned of once, and shown for its account on the page of the usage', async () => {
    const { page } = workbench();
    sandbox().behavior.left = 0.15;
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^API key/);
    await takeOption(page, /^Z\.AI/);
    await takeOption(page, /Coding/);
    await enterKey(page, 'Z.AI', sandbox().keys['zai/coding-plan'] ?? '');
    await notification(page, 'Signed in with Z.AI').waitFor();
    await runCommand(page, 'Qwen: Open auth panel');

    await limits(page)
      .getByText(/^85 % used/)
      .waitFor();
    await runCommand(page, 'Qwen: Show usage');
    await webview(page)
      .getByRole('group', { name: /^Z\.AI/ })
      .getByText(/^85 % used/)
      .waitFor();
    const warning = notification(page, /A limit at .* is nearly reached\. 5 hours: 85 % used/);
    await openNotifications(page);
    await takeButton(warning, 'Show limits');
    await limits(page)
      .getByText(/^85 % used/)
      .waitFor();
    await openNotifications(page);
    assert.equal(await warning.count(), 0);
  });

  it('is asked for once the person opens the side bar, and by nobody where it is open as the window is loaded', async () => {
    const { page } = workbench();
    const asked = () => sandbox().requests.filter(({ path }) => path.endsWith('/quota/limit')).length;
    await runCommand(page, 'View: Close All Editors');
    await reloadWindow(page);
    const before = asked();
    await runCommand(page, 'View: Show Qwen');
    await limits(page)
      .getByText(/^85 % used/)
      .waitFor();
    assert.equal(asked(), before + 1);

    await reloadWindow(page);
    await webview(page)
      .getByRole('heading', { name: /^Signed in with/ })
      .waitFor();
    assert.equal(asked(), before + 1);
  });

  it('is still in view there, on the page that was shown, after the window was loaded anew', async () => {
    const { page } = workbench();
    await webview(page).getByRole('tab', { name: 'Usage' }).click();
    await webview(page).getByRole('heading', { name: 'Usage' }).waitFor();

    await reloadWindow(page);

    await webview(page).getByRole('heading', { name: 'Usage' }).waitFor();
  });
});
