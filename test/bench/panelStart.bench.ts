// How long it takes until the panel can be used, from the key that asks for it.
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../host/browser.mjs';
import { startServer } from '../host/server.mjs';
import { openWorkbench, runCommand, statusBarItem, webview } from '../host/workbench.mjs';
import { measure } from './row';

/** Notes when Enter was pressed. */
const NOTE_ENTER = `
  addEventListener('keydown', ({ key }) => key === 'Enter' && (globalThis.enteredAt = Date.now()), true);
`;
/**
 * Notes when the first frame was drawn that says who is signed in; it runs behind what the panel does with its state.
 */
const NOTE_FRAME = `
  (function look() {
    const heading = document.querySelector('h1')?.textContent ?? '';
    if (heading === '' || heading.startsWith('Looking')) return void requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => (globalThis.shownAt = Date.now())));
  })();
`;

const [browser, server] = await Promise.all([
  launchBrowser(),
  startServer({
    extensions: [path.resolve('out/qwen-auth.vsix')],
    unpacked: [path.resolve('test/bench/emptyWebview')],
    isolated: true,
  }),
]);
const installed = path.join(path.dirname(server.userData), 'extensions');
const own = readdirSync(installed).find((name) => name.startsWith('qwen-auth.')) ?? '';
appendFileSync(path.join(installed, own, 'dist/webview.js'), NOTE_FRAME);
const { page } = await openWorkbench(browser, server, {
  prepare: async (opened) => void (await opened.addInitScript({ content: NOTE_ENTER })),
});
// Only then does the palette have the commands of extensions.
await statusBarItem(page, 'model').waitFor();

/** The milliseconds from the Enter that runs the command to the first frame in which its webview has its heading. */
async function open(command: string): Promise<number> {
  await runCommand(page, command);
  const heading = webview(page).locator('h1').first();
  await heading.waitFor();
  const enteredAt = await page.evaluate<number>('enteredAt');
  let shownAt: number | undefined;
  while (shownAt === undefined) shownAt = await heading.evaluate<number | undefined, unknown>('globalThis.shownAt');
  await runCommand(page, 'View: Close Editor');
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
  return shownAt - enteredAt;
}

try {
  await measure({
    row: 'panel can be used',
    unit: 'ms',
    rounds: 15,
    ours: { what: 'the panel', run: async () => await open('Qwen: Open auth panel') },
    beside: { what: 'an empty webview', run: async () => await open('Bench: Open empty webview') },
    goal: { of: 'ratio', atMost: 1.3 },
  });
} finally {
  await browser.close();
  await server.stop();
}
process.exit();
