// Takes a picture of each state of the panel, in each theme and at each width, and writes a page to look through them.
import { sentences } from './screenshotsLanguage';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../host/browser.mjs';
import { gallery } from './gallery';
import { openPanel } from './panelPage';

const FOLDER = 'out/screenshots';
/** Those that an option names, as `--width=300`, or all. */
const chosen = <T extends string | number>(option: string, all: readonly T[]): readonly T[] => {
  const named = all.filter((one) => process.argv.includes(`--${option}=${one}`));
  return named.length === 0 ? all : named;
};
const WIDTHS = chosen('width', [300, 500, 1000] as const);
const THEMES = chosen('theme', ['dark', 'light', 'hc', 'hcLight'] as const);

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const states = Object.entries(gallery).filter(
  ([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
if (states.length === 0) {
  console.error(`No state has ${wanted.join(' or ')} in its name. There are: ${Object.keys(gallery).join('; ')}.`);
  process.exit(1);
}

const isEnglish = Object.keys(sentences).length === 0;
const fileOf = (name: string, theme: string, width: number) =>
  `${name.replaceAll(/[^\w]+/g, '-')}.${theme}.${width}.png`;

/** The states in which not all could be done that is done in English. */
const notActed = new Set<string>();

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const browser = await launchBrowser();
try {
  const panel = await openPanel(browser, 'inParts', sentences);
  for (const theme of THEMES) {
    console.log(theme);
    for (const width of WIDTHS) {
      for (const [name, { state, act }] of states) {
        await panel.reopen({ theme, width });
        await panel.show(state);
        // What is found by a part of its English is not found in another language.
        await act?.(panel).catch((error: unknown) => {
          if (isEnglish) throw error;
          notActed.add(name);
        });
        await panel.check();
        // What the pointer has pressed last would be drawn as pointed at.
        await panel.page.mouse.move(0, 0);
        const file = path.join(FOLDER, fileOf(name, theme, width));
        await panel.page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
      }
    }
  }
} finally {
  await browser.close();
}
writeFileSync(path.join(FOLDER, 'index.html'), index());
console.log(`${states.length * THEMES.length * WIDTHS.length} pictures: ${path.resolve(FOLDER, 'index.html')}`);
if (notActed.size > 0) console.log(`Not all was done in: ${[...notActed].join('; ')}`);
// The server of the panel's page goes with the process.
process.exit();

/** A row for each state, and what to look at of themes and widths. */
function index(): string {
  const kinds = [...THEMES, ...WIDTHS.map((width) => `${width}`)];
  const boxes = kinds.map((kind) => `<label><input type="checkbox" checked value="${kind}"> ${kind}</label>`);
  const hides = kinds.map(
    (kind) => `body:has([value='${kind}']:not(:checked)) [data-kind~='${kind}'] { display: none; }`,
  );
  const rows = states.map(([name]) => {
    const pictures = WIDTHS.flatMap((width) =>
      THEMES.map((theme) => {
        const file = fileOf(name, theme, width);
        return `<a href="${file}" data-kind="${theme} ${width}"><img src="${file}" width="${width}" loading="lazy" alt=""></a>`;
      }),
    );
    return `<h2>${name}</h2>\n<div>${pictures.join('\n')}</div>`;
  });
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>The panel in every state</title>
  <style>
    body { font: 14px system-ui; margin: 16px; background: #888; }
    nav { position: sticky; top: 0; padding: 8px; background: #fff; }
    div { display: flex; gap: 12px; align-items: flex-start; overflow-x: auto; }
    ${hides.join('\n    ')}
  </style>
  <nav>${boxes.join('\n')}</nav>
  ${rows.join('\n')}
</html>
`;
}
