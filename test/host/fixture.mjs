// What UI tests begin with: the workbench as `npm start` shows it, with the packaged extension, one per describe block.
// Test bundles keep the files of this folder external, so that they find their packages from where they are.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

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
 */

/**
 * Opens a fresh workbench before the tests of a describe block and closes it after them.
 * @param {() => FixtureOptions | Promise<FixtureOptions>} [options] asked when the block begins
 * @returns {() => Workbench} the workbench, while the block runs
 */
export function useWorkbench(options = () => ({})) {
  /** @type {Workbench | undefined} */
  let workbench;
  /** @type {(() => Promise<void>)[]} */
  const closing = [];

  before('opens the workbench', async function () {
    this.timeout(60_000);
    const chosen = await options();
    const [server, browser] = await Promise.all([
      startServer({ extensions: [packagedExtension], isolated: true, ...chosen }).then((started) => {
        closing.push(started.stop);
        return started;
      }),
      launchBrowser().then((launched) => {
        closing.unshift(() => launched.close());
        return launched;
      }),
    ]);
    workbench = { browser, server, home: server.home, ...(await openWorkbench(browser, server, chosen)) };
  });

  screenshotOnFailure(() => workbench?.page);

  after('closes the workbench', async () => {
    for (const close of closing) await close();
  });

  return () => {
    if (!workbench) throw new Error('The workbench is open only while tests run.');
    return workbench;
  };
}

/**
 * Keeps a picture of the page in out/screenshots for each test that fails.
 * @param {() => import('playwright-core').Page | undefined} page
 */
export function screenshotOnFailure(page) {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest
      .fullTitle()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 120);
    mkdirSync('out/screenshots', { recursive: true });
    await page()
      ?.screenshot({ path: `out/screenshots/${name}.png` })
      .catch(() => undefined);
  });
}
