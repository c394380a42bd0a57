import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import type { PanelState, ToHost, ToPanel } from '../../src/shared/messages';
import { type Theme, themes } from './themes';

/** A clock can only be stopped at a time to come: more than the page takes to load. */
const LOADING_MS = 60_000;
const NONCE = 'bm9uY2U';
const CSP = [
  `default-src 'none'`,
  `style-src 'self' 'nonce-${NONCE}'`,
  `script-src 'nonce-${NONCE}'`,
  `font-src 'self'`,
  `img-src 'self' data:`,
].join('; ');

/** The panel's page as the extension writes it, in a browser without VS Code. */
export interface PanelPage {
  readonly page: Page;
  /** Sends a state down, and waits until the panel has rendered it. */
  readonly show: (state: PanelState) => Promise<void>;
  /** Sends down what has changed of the state, and waits likewise. */
  readonly change: (changed: Partial<PanelState>, gone?: readonly string[]) => Promise<void>;
  /** Sends a message down, and waits likewise. */
  readonly send: (message: ToPanel) => Promise<void>;
  /** Waits for the next frame, in which the components of the library show what they were told. */
  readonly settled: () => Promise<void>;
  /** The intents that came up so far, without those that the page sends by itself. */
  readonly posted: () => Promise<readonly ToHost[]>;
  /** Waits for the next draft, and gives it. */
  readonly drafted: () => Promise<ToHost>;
  /** What VS Code keeps for the panel while it is hidden, as JSON. */
  readonly kept: () => Promise<string>;
  /** A text field by its label. */
  readonly field: (label: string | RegExp) => Locator;
  readonly button: (name: string | RegExp) => Locator;
  /** The row of a method, by its whole label. */
  readonly row: (method: string) => Locator;
  /** Waits until the row of the method is the one that is open. */
  readonly isOpen: (method: string) => Promise<void>;
  /** Chooses the method by a click, where the forms are not open after one that opens them. */
  readonly choose: (method: string) => Promise<void>;
  /** Presses keys one after the other, each where the one before has led. */
  readonly press: (...keys: readonly string[]) => Promise<void>;
  /** Waits until the focus is there. */
  readonly focused: (element: Locator) => Promise<void>;
  /** What the live regions say: results politely, failures at once. */
  readonly said: () => Promise<{ readonly status: string; readonly alert: string }>;
  /** What a screen reader finds in the page. */
  readonly accessible: () => Promise<readonly AccessibleNode[]>;
  /** Opens the panel anew, as it is asked for and with nothing kept from before. */
  readonly reopen: (options: PanelOptions) => Promise<void>;
  /** Throws where the page broke its content security policy or logged an error. */
  readonly check: () => Promise<void>;
}

/** What a screen reader is told of a part of the page; a name or description that it has not is empty. */
export interface AccessibleNode {
  readonly role: string;
  readonly name: string;
  readonly description: string;
}

/** The panel's script as one file that is run once, or as the library and our own code, which can run again. */
export type Bundle = 'shipped' | 'inParts';

/** How the panel is opened; with `clockAt` its clock stands at that time, in milliseconds since the epoch. */
export interface PanelOptions {
  readonly theme?: keyof typeof themes;
  readonly width?: number;
  readonly clockAt?: number;
}

/**
 * A page for the panel, which its `reopen` loads: as it ships, or in parts. In parts its own code runs anew within the
 * page, beside the components of the library, which takes a quarter of what loading the page does. Its clock can be
 * stopped, but never goes on by itself again. With sentences it speaks their language, and what is named in English is
 * found by them.
 */
export async function openPanel(
  browser: Browser,
  bundle: Bundle,
  sentences: Readonly<Record<string, string>> = {},
): Promise<PanelPage> {
  const page = await browser.newPage();
  const faults: string[] = [];
  let draftsRead = 0;
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  const origin = await serve(bundle, sentences);
  await page.addInitScript({ content: FAKE_API });
  let shown: keyof typeof themes | undefined;
  const send = async (message: ToPanel) => {
    await page.evaluate(`new Promise((done) => {
      addEventListener('message', done, { once: true });
      postMessage(${JSON.stringify(message)}, '*');
    })`);
    await settled();
  };
  let stands = false;
  const settled = async () => {
    // A clock that stands has no frames: there the test itself lets time pass.
    if (!stands) await page.evaluate('new Promise((done) => { requestAnimationFrame(done); })');
  };

  const inLanguage = <Name>(name: Name) => (typeof name === 'string' ? (sentences[name] ?? name) : name);
  const row = (method: string) => page.getByRole('button', { name: inLanguage(method), exact: true });

  return {
    page,
    show: (state) => send({ type: 'state', state }),
    send,
    settled,
    change: (changed, gone = []) => send({ type: 'changes', changed, gone }),
    posted: () =>
      page.evaluate<ToHost[]>(`posted.filter(({ type }) => !['ready', 'draft', 'findLocalServers'].includes(type))`),
    async drafted() {
      // Not `waitForFunction`: the page's content security policy forbids what it evaluates.
      for (const deadline = Date.now() + 10_000; Date.now() < deadline; await setTimeout(20)) {
        const drafts = await page.evaluate<ToHost[]>(`posted.filter(({ type }) => type === 'draft')`);
        const next = drafts[draftsRead];
        if (next === undefined) continue;
        draftsRead = drafts.length;
        return next;
      }
      throw new Error('No draft came.');
    },
    kept: () => page.evaluate<string>(`sessionStorage.getItem('state') ?? ''`),
    field: (label) => page.getByRole('textbox', { name: inLanguage(label) }),
    button: (name) => page.getByRole('button', { name: inLanguage(name) }),
    row,
    isOpen: (method) => row(method).and(page.locator('[aria-expanded="true"]')).waitFor(),
    async choose(method) {
      const add = page.getByRole('button', { name: inLanguage('Add account') });
      if (await add.isVisible()) await add.click();
      await row(method).click();
      await settled();
    },
    async press(...keys) {
      await settled();
      for (const key of keys) {
        await page.keyboard.press(key);
        await settled();
      }
    },
    focused: (element) => element.and(page.locator(':focus')).waitFor(),
    said: async () => ({
      status: await page.locator('[role="status"]').innerText(),
      alert: await page.locator('[role="alert"][aria-live]').last().innerText(),
    }),
    async accessible() {
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      await session.detach();
      return nodes
        .filter(({ ignored }) => !ignored)
        .map(({ role, name, description }) => ({
          role: String(role?.value ?? ''),
          name: String(name?.value ?? ''),
          description: String(description?.value ?? ''),
        }));
    },
    async reopen({ theme = 'dark', width = 900, clockAt }) {
      draftsRead = 0;
      faults.length = 0;
      if (page.url().startsWith(origin)) await page.evaluate('sessionStorage.clear()');
      if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height: 900 });
      if (bundle === 'inParts' && shown === theme) return void (await page.evaluate('renew()'));
      shown = theme;
      stands = clockAt !== undefined;
      if (clockAt !== undefined) await page.clock.install({ time: clockAt - LOADING_MS });
      await page.goto(`${origin}/${theme}`);
      if (clockAt !== undefined) await page.clock.pauseAt(clockAt);
    },
    async check() {
      const violations = await page.evaluate<string[]>('violations');
      assert.deepEqual([...faults.splice(0), ...violations], []);
    },
  };
}

/** Serves the page in every theme, and the bundle, for as long as the tests run, and answers where. */
async function serve(bundle: Bundle, sentences: Readonly<Record<string, string>>): Promise<string> {
  const pages = new Map(Object.entries(themes).map(([name, theme]) => [name, html(theme, bundle, sentences)]));
  const server = createServer((request, response) => {
    const file = path.basename(new URL(request.url ?? '', 'http://panel').pathname);
    const page = pages.get(file);
    if (page !== undefined) return void response.setHeader('content-type', 'text/html').end(page);
    if (!/^[\w-]+\.(css|js)$/.test(file)) return void response.writeHead(204).end();
    response.setHeader('content-type', file.endsWith('.css') ? 'text/css' : 'text/javascript');
    // The browser keeps it, and what it has compiled.
    response.setHeader('cache-control', 'max-age=3600');
    createReadStream(path.join(bundle === 'shipped' ? 'dist' : 'out/webview', file)).pipe(response);
  });
  server.unref();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

/** VS Code's side of the page, and `renew`, which begins the panel again with nothing left of the one before. */
const FAKE_API = `
  Object.assign(globalThis, { posted: [], violations: [] });
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
    violations.push([violatedDirective, blockedURI, sample].join(' ')));
  globalThis.acquireVsCodeApi = () => ({
    postMessage: (message) => posted.push(structuredClone(message)),
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state) => (sessionStorage.setItem('state', JSON.stringify(state)), state),
  });

  const listen = addEventListener.bind(globalThis);
  let times = 0;
  let life = new AbortController();
  globalThis.addEventListener = (type, listener, options) => listen(type, listener, { ...options, signal: life.signal });
  globalThis.renew = () => new Promise((resolve, reject) => {
    life.abort();
    life = new AbortController();
    for (let timer = setTimeout(() => undefined); timer > 0; timer--) clearTimeout(timer);
    posted.length = violations.length = 0;
    const main = Object.assign(document.createElement('main'), { id: 'panel' });
    const script = Object.assign(document.createElement('script'), {
      type: 'module', nonce: '${NONCE}', src: 'webview.js?' + ++times, onload: resolve, onerror: reject,
    });
    document.body.replaceChildren(main, document.getElementById('sentences'), script);
    scrollTo(0, 0);
  });
`;

function html({ kind, variables }: Theme, bundle: Bundle, sentences: Readonly<Record<string, string>>): string {
  const css = Object.entries(variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `<!DOCTYPE html>
    <html lang="${sentences['Cancel'] ? 'zh-cn' : 'en'}">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${CSP}">
        <meta property="csp-nonce" content="${NONCE}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Qwen Auth</title>
        <style nonce="${NONCE}">:root { ${css.join(' ')} }</style>
        <link rel="stylesheet" href="webview.css" nonce="${NONCE}">
      </head>
      <body class="${kind}" data-vscode-theme-kind="${kind}">
        <main id="panel"></main>
        <script type="application/json" id="sentences">${JSON.stringify(sentences).replaceAll('<', '\\u003c')}</script>
        <script nonce="${NONCE}" src="webview.js"${bundle === 'inParts' ? ' type="module"' : ''}></script>
      </body>
    </html>`;
}
