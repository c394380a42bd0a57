import assert from 'node:assert/strict';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

import { createTemporaryFolder, type TemporaryFolder } from '../fakes/temporaryFolder';
import { packagedExtension, useWorkbench } from '../host/fixture.mjs';
import {
  enterKey,
  openNotifications,
  runCommand,
  saveAsSuggested,
  statusBarItem,
  takeOption,
  webview,
} from '../host/workbench.mjs';
import { assertOnlyIn, type Belonging } from '../secrets/belongings';
import { ECHOES, echoing, secretsOf } from '../secrets/echo';
import { watchProcesses } from '../secrets/processes';
import { randomKey, randomText } from '../secrets/randomKeys';
import { SecretScan } from '../secrets/scan';
import { SPELLINGS } from '../secrets/spellings';
import { addBrowserStorage, lookAtPage, watchPage } from '../secrets/windowScan';
import { isThorough } from '../thorough';
import { type Sandbox, startSandbox } from './sandbox';
import { skip } from '../skip';

/** Every place where a window may have a secret. */
const BELONGINGS: readonly Belonging[] = [
  {
    why: 'what the person types into the panel',
    area: 'message',
    place: /^(to index\.html|through a port of index\.html)$/,
    secret: /^key of openai$/,
  },
  {
    why: "VS Code's own field, which keeps what was typed until it asks for something else",
    area: 'fields',
    place: /^the window$/,
    secret: /^(key of|wrong key)/,
  },
  {
    why: 'terminals that the person gave the key to, and what they run; `sed` is of VS Code, to read their history',
    area: 'environment',
    place: /^(?:\S*bash|sleep|sed) /,
    secret: /^authorization$/,
    ...(process.platform !== 'linux' && { optional: true }),
  },
];

const SETTINGS = {
  'qwen.terminal.env': 'key',
  'qwen.terminal.path': true,
  'terminal.integrated.gpuAcceleration': 'off',
};

/** A look at all processes every so many milliseconds: terminals live longer. */
const PROCESSES_MS = 200;

describe('the secrets of a workbench', function () {
  this.timeout(isThorough ? 600_000 : 120_000);
  let sandbox: Sandbox;
  let folder: TemporaryFolder;
  const scan = new SecretScan();
  let watch: { dispose(): void };
  const workbench = useWorkbench(async () => {
    sandbox = await startSandbox({ keyFor: randomKey, chunkGap: 0 });
    folder = createTemporaryFolder();
    watch = watchProcesses(scan, PROCESSES_MS);
    return {
      settings: { ...sandbox.settings, ...SETTINGS },
      // VS Code asks a login shell for its environment, unless somebody started it from one.
      env: { VSCODE_CLI: '1', TERM: 'xterm-256color', QWEN_HOME: folder.at('qwen') },
      prepare: (page: Page) => watchPage(page, scan),
    };
  });
  afterEach(async () => lookAtPage(workbench().page, scan));
  after(async () => {
    watch.dispose();
    folder.remove();
    await sandbox.stop();
  });

  const key = (endpoint: string): string => sandbox.keys[endpoint] ?? '';
  const model = () => statusBarItem(workbench().page, 'model');
  const panel = () => webview(workbench().page);
  const look = () => lookAtPage(workbench().page, scan);
  async function signInWithKey(row: RegExp, provider: string, secret: string): Promise<void> {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^API key/);
    await takeOption(page, row);
    await enterKey(page, provider, secret);
  }
  /** Does something until the sandbox has been asked for it, and looks at what is shown when that is answered. */
  async function sends(work: () => Promise<void>): Promise<void> {
    const before = sandbox.requests.length;
    await work();
    while (sandbox.requests.length === before) await workbench().page.waitForTimeout(20);
    await workbench().page.locator('.statusbar').getByText('Testing the connection').waitFor({ state: 'detached' });
    await look();
  }
  async function testConnection(): Promise<void> {
    await sends(() => runCommand(workbench().page, 'Qwen: Test connection'));
  }
  async function chat(): Promise<void> {
    await sends(() => say('@qwen Hello'));
  }
  async function lookAtNotifications(): Promise<void> {
    const { page } = workbench();
    await openNotifications(page);
    await look();
    await runCommand(page, 'Notifications: Clear All Notifications');
  }
  async function say(text: string): Promise<void> {
    const { page } = workbench();
    await runCommand(page, 'Chat: Focus on Chat View');
    const input = page.locator('.interactive-input-part').locator('.native-edit-context, textarea').first();
    await input.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(text);
    await page.keyboard.press('Enter');
  }
  async function inTerminal(command: string, shown: RegExp): Promise<void> {
    const { page } = workbench();
    const rows = (text: RegExp) => page.locator('.terminal-wrapper.active .xterm-rows').filter({ hasText: text });
    await runCommand(page, 'Terminal: Create New Terminal');
    await rows(/[$#]\s*$/).waitFor();
    await page.locator('.terminal-wrapper.active textarea').focus();
    await page.keyboard.type(command);
    await page.keyboard.press('Enter');
    await rows(shown).waitFor();
    await look();
  }
  async function setLogLevel(level: string): Promise<void> {
    const { page } = workbench();
    await runCommand(page, 'Developer: Set Log Level');
    await takeOption(page, new RegExp(`^${level}`));
  }

  async function openedByButton(): Promise<Page> {
    const opened = workbench().context.waitForEvent('page');
    await panel().getByRole('button', { name: 'Copy code & open browser' }).click();
    return await opened;
  }
  /** A browser opens a page by itself only shortly after the person did something; the link is there for later. */
  async function openedByLink(): Promise<Page> {
    const { page, context } = workbench();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(`navigator.clipboard.writeText('')`);
    await panel().getByRole('button', { name: 'Copy the link' }).click();
    let link = '';
    while (link === '') link = await page.evaluate<string>('navigator.clipboard.readText()');
    const signInPage = await context.newPage();
    await signInPage.goto(link);
    return signInPage;
  }

  it('come by a key that is typed into the panel', async () => {
    const { page } = workbench();
    await model().filter({ hasText: 'Sign in' }).waitFor();
    await runCommand(page, 'Qwen: Open auth panel');
    await panel().getByRole('button', { name: 'API key', exact: true }).click();
    await panel().getByRole('combobox', { name: 'Provider' }).click();
    await panel()
      .getByRole('option', { name: /^OpenAI/ })
      .click();
    await panel()
      .getByRole('textbox', { name: /API key/ })
      .fill(key('openai'));
    await page.keyboard.press('Enter');
    await model().filter({ hasText: /gpt/ }).waitFor();

    await chat();
  });

  it('come by a key that is typed into the quick input', async () => {
    const { page } = workbench();
    await runCommand(page, 'Qwen: Sign in');
    await takeOption(page, /^Coding Plan/);
    await takeOption(page, /Coding Plan · China/);
    await enterKey(page, 'Coding Plan', key('coding-plan/china'));
    await model().filter({ hasText: /qwen3/ }).waitFor();

    await testConnection();
    await lookAtNotifications();
  });

  for (const [grants, what] of [
    ['device', 'a code that the person approves'],
    ['code', 'a redirect of the browser'],
  ] as const) {
    it(`come by ${what}`, async () => {
      const { page } = workbench();
      sandbox.behavior.grants = grants;
      await runCommand(page, 'Qwen: Sign in');
      await takeOption(page, /^Qwen OAuth/);
      const signInPage = await (grants === 'device' ? openedByButton() : openedByLink());
      await look();
      await signInPage.getByRole('button', { name: 'Approve' }).click();
      await model().filter({ hasText: 'coder-model' }).waitFor();
      await signInPage.close();

      await testConnection();
    });
  }

  it('are in the environment of terminals, once the person says so', async () => {
    await inTerminal('echo "<${#OPENAI_API_KEY}>"; sleep 1', /<\d\d+>/);
  });

  it('are in nothing that is written or explained', async () => {
    const { page, home } = workbench();
    await runCommand(page, 'Qwen: Explain configuration');
    await look();
    await runCommand(page, 'Qwen: Show usage');
    await runCommand(page, 'Qwen: Export usage');
    await saveAsSuggested(page, 'Export usage');
    while (!existsSync(path.join(home, 'qwen-usage.csv'))) await page.waitForTimeout(20);
    await runCommand(page, 'Qwen: Write Qwen Code settings');
    await takeOption(page, /Write(?! with)/);
    while (!existsSync(folder.at('qwen/settings.json'))) await page.waitForTimeout(20);
  });

  it('come back from servers, while VS Code logs all that it can', async () => {
    await setLogLevel('Trace');
    for (const [at, [spelling, what]] of echoesOfThisRun().entries()) {
      const [spell, reply] = [SPELLINGS[spelling], ECHOES[what]];
      assert.ok(spell && reply);
      await sends(() => signInWithKey(/^OpenAI/, 'OpenAI', key('openai')));
      await model().filter({ hasText: /gpt/ }).waitFor();
      sandbox.faults.add(echoing(reply, spell));
      await (at % 2 === 0 ? testConnection() : chat());
      const wrong = randomText(36);
      scan.know('wrong key', wrong);
      await sends(() => signInWithKey(/^OpenAI/, 'OpenAI', wrong));
      await lookAtNotifications();
      sandbox.faults.clear();
    }
    await runCommand(workbench().page, 'Qwen: Show log');
  });

  it('lie beside nothing of ours that others may read or change', function () {
    if (process.platform === 'win32') skip(this, 'not on Windows');
    const storage = path.join(workbench().server.userData, 'User/globalStorage/qwen-auth.qwen-auth');
    const open = [storage, folder.at('qwen')].flatMap((root) =>
      readdirSync(root, { withFileTypes: true, recursive: true })
        .map(({ parentPath, name }) => path.join(parentPath, name))
        .filter((file) => (lstatSync(file).mode & 0o077) !== 0),
    );

    assert.ok(existsSync(path.join(storage, 'bin/qwen-auth')));
    assert.deepEqual(open, []);
  });

  it('are found where they belong, and nowhere else', async () => {
    const { page, server } = workbench();
    await look();
    for (const [name, secret] of Object.entries(sandbox.keys)) scan.know(`key of ${name}`, secret);
    for (const request of sandbox.requests) for (const [name, secret] of secretsOf(request)) scan.know(name, secret);
    await addBrowserStorage(page, scan);
    // The profile of the server: user data, logs, the home folder, the workspace, temporary files and what is installed.
    scan.addFolder(path.dirname(server.userData));
    scan.add('output', 'the server', server.log());
    scan.add('file', 'the package', readFileSync(packagedExtension));
    scan.addFolder(folder.at(''));

    assertOnlyIn(BELONGINGS, scan);
  });
});

/** Each spelling with an echo; in the short run two of them. */
function echoesOfThisRun(): readonly (readonly [spelling: string, echo: string])[] {
  const echoes = Object.keys(ECHOES);
  const pairs = Object.keys(SPELLINGS).map((spelling, at) => [spelling, echoes[at % echoes.length] ?? ''] as const);
  return isThorough ? pairs : pairs.slice(0, 2);
}
