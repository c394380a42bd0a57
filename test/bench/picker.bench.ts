// How long a key takes that is typed into the picker of models, until no rows are left but those for what was typed.
import path from 'node:path';
import { launchBrowser } from '../host/browser.mjs';
import { startServer } from '../host/server.mjs';
import { openWorkbench, runCommand, statusBarItem } from '../host/workbench.mjs';
import { measure } from './row';

/** One model has this id, and all of them begin as it does. */
const TYPED = 'vendor/model-0009';

/** Types a text into the picker, and answers the milliseconds until the one model of that id is left. */
const SEEN = `(text) => new Promise((resolve) => {
  const began = performance.now();
  const look = () => {
    const rows = [...document.querySelectorAll('.quick-input-list .monaco-list-row')].map((row) => row.textContent);
    const models = rows.filter((row) => row.includes('vendor/model-'));
    if (models.length === 1 && models[0].includes(text)) resolve(performance.now() - began);
    else requestAnimationFrame(look);
  };
  look();
  for (const letter of text) document.execCommand('insertText', false, letter);
})`;

/** A window with that many models, and how to type into its picker. */
async function openWindow(count: number) {
  const models = Array.from({ length: count }, (_, index) => {
    const id = `vendor/model-${String(index).padStart(4, '0')}`;
    return { id, baseUrl: 'http://127.0.0.1:9/v1' };
  });
  const server = await startServer({
    extensions: [path.resolve('out/qwen-auth.vsix')],
    isolated: true,
    settings: { 'qwen.modelProviders': { openai: models } },
  });
  const { page } = await openWorkbench(browser, server);
  const input = page.locator('.quick-input-widget input');
  await statusBarItem(page, 'model').waitFor();
  await runCommand(page, 'Qwen: Switch model');
  await page.getByRole('option', { name: /vendor\/model-0000/ }).waitFor();
  return {
    stop: server.stop,
    /** The milliseconds for each letter of the text. */
    type: async () => {
      await input.fill('');
      await page.getByRole('option', { name: /vendor\/model-0000/ }).waitFor();
      await input.focus();
      return (await page.evaluate<number>(`(${SEEN})(${JSON.stringify(TYPED)})`)) / TYPED.length;
    },
  };
}

const browser = await launchBrowser();
const few = await openWindow(10);
try {
  for (const count of [1000, 10_000]) {
    const many = await openWindow(count);
    await measure({
      row: `a key typed into the picker of ${count.toLocaleString('en')} models`,
      unit: 'ms',
      ours: { what: `${count.toLocaleString('en')} models`, run: many.type },
      beside: { what: '10 models', run: few.type },
      goal: { of: 'figure', atMost: 50 },
    });
    await many.stop();
  }
} finally {
  await browser.close();
  await few.stop();
}
process.exit();
