// A VS Code window in a browser, and the words to use it with.

/**
 * @typedef {import('playwright-core').Page} Page
 *
 * @typedef {object} WorkbenchOptions
 * @property {string} [folder] the folder that is opened; the server's by default
 * @property {string} [workspace] a file that names several folders, to be opened in the place of one
 * @property {import('playwright-core').BrowserContext} [context] the browser profile; a new one by default
 * @property {import('playwright-core').BrowserContextOptions} [contextOptions] for the new one
 * @property {Record<string, string>} [payload] what the workbench takes from its address, such as
 *   `extensionTestsPath` (only with the smoke driver)
 * @property {(page: Page) => Promise<void>} [prepare] called before the address is opened
 */

/**
 * Opens a window and waits until its status bar stands.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./server.mjs').Server} server
 * @param {WorkbenchOptions} [options]
 */
export async function openWorkbench(browser, server, options = {}) {
  const size = { width: 1400, height: 900 };
  const context = options.context ?? (await browser.newContext({ viewport: size, ...options.contextOptions }));
  const page = await context.newPage();
  await options.prepare?.(page);
  const address = new URL(server.origin);
  if (options.workspace) address.searchParams.set('workspace', options.workspace);
  else address.searchParams.set('folder', options.folder ?? server.folder);
  if (options.payload) address.searchParams.set('payload', JSON.stringify(Object.entries(options.payload)));
  await page.goto(address.href, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 30_000 });
  return { page, context };
}

/**
 * Runs a command from the palette, as a person does.
 * @param {Page} page
 * @param {string} title category and title, such as `Qwen: Sign in`
 */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list').getByRole('option', { name: title }).first().click();
}

/**
 * The document inside the webview that was opened last.
 * @param {Page} page
 */
export const webview = (page) => page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');

/**
 * An item of the status bar.
 * @param {Page} page
 * @param {string} id the item's id within our extension
 */
export const statusBarItem = (page, id) => page.locator(`[id="qwen-auth.qwen-auth.${id}"]`);

/**
 * The notification (toast) with this text.
 * @param {Page} page
 * @param {string | RegExp} text
 */
export const notification = (page, text) => page.locator('.notification-toast').filter({ hasText: text });

/**
 * Takes a button of a notification, by the keyboard: toasts move, and their own hover may lie over their buttons.
 * @param {import('playwright-core').Locator} toast
 * @param {string} name
 */
export const takeButton = (toast, name) => toast.getByRole('button', { name }).press('Enter');

/**
 * Takes an item of the menu that is open, by the keyboard: an item hears no mouse in its first tenth of a second, and what
 * is clicked before is lost.
 * @param {Page} page
 * @param {string | RegExp} name
 */
export async function takeMenuItem(page, name) {
  const item = page.getByRole('menuitem', { name });
  await item.waitFor();
  const focused = item.and(page.locator(':focus'));
  for (let left = await page.getByRole('menuitem').count(); (await focused.count()) === 0; left -= 1) {
    if (left === 0) throw new Error(`The keyboard does not reach the menu item ${name}.`);
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}
