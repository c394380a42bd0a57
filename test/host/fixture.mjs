// What UI tests begin with: the workbench as `npm start` shows it, with the packaged extension.
// Test bundles keep the files of this folder external, so that they find their packages from where they are, and so
// that all test files of a run share what is open here.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { settingsText } from './settings.mjs';
import { extensionLoaded, openPalette, openWorkbench } from './workbench.mjs';

/** The packaged extension that `npm test` leaves here. */
export const packagedExtension = path.resolve('out/qwen-auth.vsix');

/**
 * @typedef {import('./server.mjs').ServerOptions & import('./workbench.mjs').WorkbenchOptions} FixtureOptions
 *
 * @typedef {object} Workbench
 * @property {import('playwright-core').Browser} browser
 * @property {import('playwright-core').BrowserContext} context
 * @property {import('playwright-core').Page} page
 * @property {import('./server.mjs').Server} server
 * @property {string} home the folder that stands in for the home folder
 *
 * @typedef {Workbench & { close: () => Promise<void> }} OpenWorkbench
 */

/** Variables that every shared workbench has: a key for the sandbox's server of OpenAI models. */
const SHARED_ENV = { SANDBOX_KEY: 'sk-sandbox-openai' };

/** Leaves nothing open and nobody signed in, and then opens the search for files to tell that it is done. */
const RESET = {
  key: 'ctrl+alt+shift+f12',
  command: 'runCommands',
  args: {
    commands: [
      'workbench.action.closeQuickOpen',
      'workbench.action.closeAllEditors',
      // What is said of it would count among the three toasts that VS Code shows within 800 ms.
      'notifications.toggleDoNotDisturbMode',
      ...['qwen-oauth', 'coding-plan', 'api-key'].map((method) => ({ command: 'qwen.signOut', args: { method } })),
      'notifications.clearAll',
      'notifications.toggleDoNotDisturbMode',
      'workbench.action.quickOpen',
    ],
  },
};

/** @type {Promise<import('playwright-core').Browser> | undefined} */
let browser;
/** @type {OpenWorkbench | undefined} */
let shared;

after('closes the shared workbench', async () => {
  await shared?.close();
  await (await browser)?.close();
});

/**
 * Gives a workbench to the tests of a describe block, with nothing left in it by others. Blocks that ask for settings
 * alone share one, which is opened anew where a test in it has failed; any other block opens and closes its own.
 * @param {() => FixtureOptions | Promise<FixtureOptions>} [options] asked when the block begins
 * @returns {() => Workbench} the workbench, while the block runs
 */
export function useWorkbench(options = () => ({})) {
  /** @type {OpenWorkbench | undefined} */
  let workbench;

  before('opens the workbench', async function () {
    this.timeout(300_000);
    const chosen = await options();
    if (Object.keys(chosen).some((name) => name !== 'settings')) {
      workbench = await open(chosen);
    } else if (shared) {
      workbench = shared;
      try {
        await reset(shared, chosen.settings);
      } catch (error) {
        await takePicture(shared.page, this.test?.fullTitle() ?? 'reset');
        throw error;
      }
    } else {
      workbench = shared = await open({ ...chosen, env: SHARED_ENV });
    }
  });

  screenshotOnFailure(() => workbench?.page);

  after('closes the workbench', async function () {
    if (workbench === shared && passed(this.test?.parent)) return;
    if (workbench === shared) shared = undefined;
    await workbench?.close();
  });

  return () => {
    if (!workbench) throw new Error('The workbench is open only while tests run.');
    return workbench;
  };
}

/**
 * Starts a server and opens its workbench.
 * @param {FixtureOptions} options
 * @returns {Promise<OpenWorkbench>}
 */
async function open(options) {
  browser ??= launchBrowser();
  const [running, server] = await Promise.all([
    browser,
    startServer({ extensions: [packagedExtension], isolated: true, ...options }),
  ]);
  try {
    writeFileSync(path.join(server.userData, 'User/keybindings.json'), JSON.stringify([RESET]));
    const opened = await openWorkbench(running, server, options);
    // The palette that is opened before has none of our commands.
    await extensionLoaded(opened.page);
    const close = async () => {
      await opened.context.close();
      await server.stop();
    };
    return { browser: running, server, home: server.home, ...opened, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Gives each test of a describe block a workbench of a fresh profile: the server is one for all, whose start takes most of
 * the time, but the browser has kept nothing, and neither has a folder of the profile or of the home.
 * @param {() => FixtureOptions | Promise<FixtureOptions>} options asked when the block begins
 * @returns {() => Workbench} the workbench, while a test runs
 */
export function useFreshWorkbench(options) {
  /** @type {OpenWorkbench | undefined} */
  let first;
  /** @type {FixtureOptions} */
  let chosen = {};
  /** @type {Workbench | undefined} */
  let workbench;

  before('opens the first workbench', async function () {
    this.timeout(120_000);
    chosen = await options();
    first = workbench = await open(chosen);
  });

  beforeEach('opens a workbench with nothing in it', async function () {
    this.timeout(120_000);
    if (!first || workbench) return;
    forget(first, chosen.settings);
    workbench = { ...first, ...(await openWorkbench(first.browser, first.server, chosen)) };
    await extensionLoaded(workbench.page);
  });

  screenshotOnFailure(() => workbench?.page);

  afterEach('closes the workbench', async () => {
    await workbench?.context.close();
    workbench = undefined;
  });
  after('ends the server', () => first?.close());

  return () => {
    if (!workbench) throw new Error('The workbench is open only while a test runs.');
    return workbench;
  };
}

/**
 * Empties what a server keeps between two windows.
 * @param {OpenWorkbench} workbench
 * @param {FixtureOptions['settings']} settings
 */
function forget({ server, home }, settings) {
  const user = path.join(server.userData, 'User');
  for (const folder of [server.folder, home, user]) {
    for (const entry of readdirSync(folder))
      rmSync(path.join(folder, entry), { recursive: true, force: true, maxRetries: 5 });
  }
  writeFileSync(path.join(user, 'settings.json'), settingsText(settings));
}

/**
 * Brings a workbench back to its beginning by its own means, which takes a tenth of what opening one does. It reads
 * settings when it is loaded: where they are others now, it is loaded anew.
 * @param {Workbench} workbench
 * @param {FixtureOptions['settings']} settings
 */
async function reset({ page, server, home }, settings) {
  for (const folder of [server.folder, home, ...logs(server)]) {
    for (const entry of existsSync(folder) ? readdirSync(folder) : [])
      rmSync(path.join(folder, entry), { recursive: true, force: true, maxRetries: 5 });
  }
  const file = path.join(server.userData, 'User/settings.json');
  const text = settingsText(settings);
  if (readFileSync(file, 'utf8') !== text) {
    writeFileSync(file, text);
    await page.reload({ waitUntil: 'commit' });
  }
  await extensionLoaded(page);

  await openPalette(page);
  await page.keyboard.press('Control+Alt+Shift+F12');
  const quickInput = page.locator('.quick-input-widget input[placeholder^="Search files"]');
  await quickInput.waitFor();
  await page.keyboard.press('Escape');
  await quickInput.waitFor({ state: 'hidden' });
}

/**
 * Where the extension keeps what it has counted and what was begun.
 * @param {import('./server.mjs').Server} server
 */
function logs({ userData }) {
  const storage = path.join(userData, 'User/globalStorage/qwen-auth.qwen-auth');
  return ['limits', 'usage', 'pending-sign-ins'].map((name) => path.join(storage, name));
}

/**
 * Whether every test of a suite has passed.
 * @param {Mocha.Suite | undefined} suite
 * @returns {boolean}
 */
function passed(suite) {
  return suite !== undefined && suite.tests.every(({ state }) => state === 'passed') && suite.suites.every(passed);
}

/**
 * Keeps a picture of the page in out/screenshots for each test that fails.
 * @param {() => import('playwright-core').Page | undefined} page
 */
export function screenshotOnFailure(page) {
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await takePicture(page(), this.currentTest.fullTitle());
  });
}

/**
 * @param {import('playwright-core').Page | undefined} page
 * @param {string} title
 */
async function takePicture(page, title) {
  const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);
  mkdirSync('out/screenshots', { recursive: true });
  await page?.screenshot({ path: `out/screenshots/${name}.png` }).catch(() => undefined);
}
