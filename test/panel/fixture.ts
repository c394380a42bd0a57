import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { openPanel } from './panelPage.js';
import type { PanelOptions, PanelPage } from './panelPage.js';

let running: Promise<Browser> | undefined;
after(async () => (await running)?.close());

/**
 * Opens the panel anew before each test of the suite, in the one browser of its file,
 * and asserts after each that it broke no rule.
 */
export function usePanel(options: PanelOptions = {}): () => PanelPage {
  let panel: PanelPage;
  before(async () => {
    running ??= launchBrowser();
    panel = await openPanel(await running, options);
  });
  beforeEach(() => panel.reopen());
  afterEach(() => panel.check());
  return () => panel;
}
