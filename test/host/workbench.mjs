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

/** How long a window may take to be loaded where much else runs. */
const LOADING_MS = 100_000;
/** How long anything else may take there. */
const WAITING_MS = 60_000;

/**
 * Opens a window and waits until its status bar stands.
 * @param {import('playwright-core').Browser} browser
 * @param {import('./server.mjs').Server} server
 * @param {WorkbenchOptions} [options]
 */
export async function openWorkbench(browser, server, options = {}) {
  const size = { width: 1400, height: 900 };
  const context =
    options.context ??
    (await browser.newContext({ viewport: size, reducedMotion: 'reduce', ...options.contextOptions }));
  context.setDefaultTimeout(WAITING_MS);
  const page = await context.newPage();
  await options.prepare?.(page);
  const address = new URL(server.origin);
  if (options.workspace) address.searchParams.set('workspace', options.workspace);
  else address.searchParams.set('folder', options.folder ?? server.folder);
  if (options.payload) address.searchParams.set('payload', JSON.stringify(Object.entries(options.payload)));
  await page.goto(address.href, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: LOADING_MS });
  return { page, context };
}

/**
 * Opens the palette, and answers its input. A key is lost where a webview has the focus that is still loading.
 * @param {Page} page
 */
export async function openPalette(page) {
  const input = page.locator('.quick-input-widget input');
  for (let tries = 1; ; tries += 1) {
    await page.keyboard.press('F1');
    try {
      await input.waitFor({ timeout: 3000 });
      return input;
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}

/**
 * Runs a command from the palette, as a person does: a palette that closes, as something that was still loading has
 * taken the focus, is opened again.
 * @param {Page} page
 * @param {string} title category and title, such as `Qwen: Sign in`
 */
export async function runCommand(page, title) {
  // Marked letters tell that the list is filtered: until then it has the commands that were run last.
  const command = option(page, title).filter({ has: page.locator('.highlight') });
  for (let tries = 1; ; tries += 1) {
    const input = await openPalette(page);
    try {
      await input.fill(`>${title}`, { timeout: 5000 });
      await command.first().waitFor({ timeout: 10_000 });
      await focusByKeyboard(page, command, '.focused');
      break;
    } catch (error) {
      if (tries === 3 || (await input.isVisible())) throw error;
    }
  }
  await page.keyboard.press('Enter');
}

/**
 * Takes an option of the quick input that is open.
 * @param {Page} page
 * @param {string | RegExp} name
 */
export async function takeOption(page, name) {
  await option(page, name).first().waitFor();
  // A view that was still loading may have taken the focus since, and a quick input that stays open does not take it back.
  await page.locator('.quick-input-box input').first().focus();
  await takeByKeyboard(page, option(page, name), '.focused');
}

/**
 * Takes an item of the menu that is open. It hears no mouse in its first tenth of a second.
 * @param {Page} page
 * @param {string | RegExp} name
 */
export const takeMenuItem = (page, name) => takeByKeyboard(page, page.getByRole('menuitem', { name }), ':focus');

/**
 * @param {Page} page
 * @param {string | RegExp} name
 */
const option = (page, name) => page.locator('.quick-input-list').getByRole('option', { name });

/**
 * Takes an item of a list or a menu by the keyboard, as its rows may change places under the mouse.
 * @param {Page} page
 * @param {import('playwright-core').Locator} items the item is the first of them
 * @param {string} focused the selector of what has the list's focus
 */
async function takeByKeyboard(page, items, focused) {
  await items.first().waitFor();
  await focusByKeyboard(page, items, focused);
  await page.keyboard.press('Enter');
}

/**
 * Moves the focus of a list or a menu that is open to an item.
 * @param {Page} page
 * @param {import('playwright-core').Locator} items the item is the first of them
 * @param {string} focused the selector of what has the list's focus
 */
async function focusByKeyboard(page, items, focused) {
  const item = items.first();
  for (let moves = 0; (await item.and(page.locator(focused)).count()) === 0; moves += 1) {
    if (moves === 100) throw new Error(`The keyboard does not reach ${String(item)}.`);
    await page.keyboard.press('ArrowDown');
    // The focus is drawn with the next frame; two keys before it would pass over the item unseen.
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
}

/**
 * Waits until our extension is there, in a window that is being loaded.
 * @param {Page} page
 */
export const extensionLoaded = (page) => statusBarItem(page, 'model').waitFor({ timeout: LOADING_MS });

/**
 * Loads the window anew by VS Code's command, and waits until our extension is back.
 * @param {Page} page
 */
export async function reloadWindow(page) {
  await Promise.all([page.waitForEvent('domcontentloaded'), runCommand(page, 'Developer: Reload Window')]);
  await extensionLoaded(page);
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
 * The notification with this text: a toast, or a row of the list of notifications where that is open.
 * @param {Page} page
 * @param {string | RegExp} text
 */
export const notification = (page, text) =>
  page.locator('.notification-toast, .notifications-center .monaco-list-row').filter({ hasText: text });

/**
 * Opens the list of notifications, for where several are to be seen: a toast goes after ten seconds unless it is an
 * error with buttons, there are three at a time, and of those that come within 800 ms the fourth is never shown.
 * @param {Page} page
 */
export async function openNotifications(page) {
  await runCommand(page, 'Notifications: Show Notifications');
  await page.locator('.notifications-center.visible').waitFor();
}

/**
 * Takes a button of a notification, by the keyboard: toasts move, and their own hover may lie over their buttons.
 * @param {import('playwright-core').Locator} toast
 * @param {string} name
 */
export const takeButton = (toast, name) => toast.getByRole('button', { name }).press('Enter');

/**
 * Enters an API key in the quick input, once it asks for it.
 * @param {Page} page
 * @param {string} provider whose key it asks for
 * @param {string} key
 */
export async function enterKey(page, provider, key) {
  const input = page.locator('.quick-input-widget');
  await input.getByText(`API key of ${provider}`).waitFor();
  await input.getByRole('textbox').fill(key);
  await page.keyboard.press('Enter');
}

/**
 * Saves a file where VS Code's dialog of that title suggests. It hears no key while it still reads the folder.
 * @param {Page} page
 * @param {string} title
 */
export async function saveAsSuggested(page, title) {
  const dialog = page.locator('.quick-input-widget').getByText(title);
  await dialog.waitFor();
  const isDone = () =>
    dialog.waitFor({ state: 'hidden', timeout: 1000 }).then(
      () => true,
      () => false,
    );
  do await page.keyboard.press('Enter');
  while (!(await isDone()));
}

/**
 * Takes a button of the question that VS Code asks in a dialog of its own.
 * @param {Page} page
 * @param {string} name
 */
export const answerDialog = (page, name) => page.locator('.monaco-dialog-box').getByRole('button', { name }).click();
