import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { openPanel } from './panelPage.js';
import type { PanelOptions, PanelPage } from './panelPage.js';

let browser: Promise<Browser> | undefined;
/** The pages that all files share: loading the panel into one that has shown it before takes half the time. */
const pages = new Map<'clock stopped' | 'clock going', Promise<PanelPage>>();
after(async () => (await browser)?.close());

/**
 * Opens the panel anew before each test of the suite, in the one browser of all files,
 * and asserts after each that it broke no rule.
 */
export function usePanel(options: PanelOptions = {}): () => PanelPage {
  const clock = options.clockAt === undefined ? 'clock going' : 'clock stopped';
  let panel: PanelPage;
  before(async () => {
    browser ??= launchBrowser();
    const page = pages.get(clock) ?? browser.then(openPanel);
    pages.set(clock, page);
    panel = await page;
  });
  beforeEach(() => panel.reopen(options));
  afterEach(() => panel.check());
  return () => panel;
}
