import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.mjs';
import { openPanel } from './panelPage';
import type { Bundle, PanelOptions, PanelPage } from './panelPage';

let browser: Promise<Browser> | undefined;
/** The pages that all files share: loading the panel into one that has shown it before takes half the time. */
const pages = new Map<string, Promise<PanelPage>>();
after(async () => (await browser)?.close());

/**
 * Opens the panel anew before each test of the suite, in the one browser of all files, and asserts after each that it
 * broke no rule. The first test of a suite, and all where the clock stands, load it as it ships. With sentences it speaks
 * their language.
 */
export function usePanel(options: PanelOptions = {}, sentences?: Readonly<Record<string, string>>): () => PanelPage {
  let panel: PanelPage;
  let isFirst = true;
  beforeEach(async () => {
    panel = await page(isFirst || options.clockAt !== undefined ? 'shipped' : 'inParts', options.clockAt, sentences);
    isFirst = false;
    await panel.reopen(options);
  });
  afterEach(() => panel.check());
  return () => panel;
}

function page(bundle: Bundle, clockAt?: number, sentences: Readonly<Record<string, string>> = {}): Promise<PanelPage> {
  browser ??= launchBrowser();
  const name = `${clockAt === undefined ? bundle : 'clock stopped'} ${sentences['Cancel'] ?? ''}`;
  const opened = pages.get(name) ?? browser.then((running) => openPanel(running, bundle, sentences));
  pages.set(name, opened);
  return opened;
}
