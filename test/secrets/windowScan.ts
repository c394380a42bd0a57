import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import type { SecretScan } from './scan';

/** All that stands in a frame, in shadow roots too, and what is in its fields. */
const CONTENT = `(() => {
  const [texts, fields] = [[document.documentElement.outerHTML, document.title], []];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      if (typeof element.value === 'string') fields.push(element.value);
      if (!element.shadowRoot) continue;
      texts.push(element.shadowRoot.innerHTML);
      walk(element.shadowRoot);
    }
  };
  walk(document);
  return [texts.join('\\n'), fields.join('\\n')];
})()`;

/** Keeps what the frames of a page send to each other, and what is copied. To be called before the page is opened. */
export async function watchPage(page: Page, scan: SecretScan): Promise<void> {
  await page.exposeBinding('tellScan', (_, area: string, place: string, text: string) => scan.add(area, place, text));
  await page.addInitScript({ content: readFileSync('test/secrets/watchPage.cjs', 'utf8') });
}

/** Keeps all that stands in the frames of a page now. */
export async function lookAtPage(page: Page, scan: SecretScan): Promise<void> {
  const look = async (frame: Frame) => {
    // A frame may be gone before it has answered.
    const [content = '', fields = ''] = await frame.evaluate<readonly string[]>(CONTENT).catch(() => []);
    const place = frame === page.mainFrame() ? 'the window' : 'a webview';
    scan.add('page', place, content);
    scan.add('fields', place, fields);
  };
  await Promise.all(page.frames().map(look));
}

/** Keeps what VS Code keeps in the browser, by its keys: its state, and the keychain of windows in a browser. */
export async function addBrowserStorage(page: Page, scan: SecretScan): Promise<void> {
  const { cookies, origins } = await page.context().storageState({ indexedDB: true });
  for (const { name, value } of [...cookies, ...origins.flatMap(({ localStorage }) => localStorage)])
    scan.add('browser storage', name, value);
  scan.add('browser storage', 'databases', JSON.stringify(origins));
}
