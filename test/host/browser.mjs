// Which Chromium the tests use, and how it is started.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const USUAL_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where Playwright puts the browser inside a folder of its cache. */
const IN_CACHE = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-win64/chrome.exe',
];

/** Those without windows, in folders of their own. */
const SHELLS_IN_CACHE = [
  'chrome-headless-shell-linux64/chrome-headless-shell',
  'chrome-headless-shell-mac-x64/chrome-headless-shell',
  'chrome-headless-shell-mac-arm64/chrome-headless-shell',
  'chrome-headless-shell-win64/chrome-headless-shell.exe',
];

const isExecutable = (/** @type {string} */ file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Playwright's cache folder (its documentation, "Managing browser binaries"). */
function playwrightCache() {
  if (process.env.PLAYWRIGHT_BROWSERS_PATH) return process.env.PLAYWRIGHT_BROWSERS_PATH;
  if (process.platform === 'darwin') return path.join(homedir(), 'Library/Caches/ms-playwright');
  if (process.platform === 'win32') return path.join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright');
  return path.join(homedir(), '.cache/ms-playwright');
}

/** @param {string[]} files */
const downloaded = (files) => {
  const cache = playwrightCache();
  if (!existsSync(cache)) return [];
  const newestFirst = readdirSync(cache)
    .filter((name) => name.startsWith('chromium'))
    .sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newestFirst.flatMap((name) => files.map((file) => path.join(cache, name, file)));
};

/** @param {string[]} commands */
const onPath = (commands) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => commands.map((command) => path.join(folder, command)));

/**
 * The path of a Chromium with windows: `CHROME_PATH`, then PATH, the usual places, and Playwright's downloads.
 * @returns {string | undefined}
 * @throws {Error} when CHROME_PATH names something that cannot be run
 */
export function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROME_PATH is not a program: ${chosen}. Correct it or unset it.`);
    return chosen;
  }
  return [...onPath(COMMANDS), ...USUAL_PLACES, ...downloaded(IN_CACHE)].find(isExecutable);
}

/**
 * The path of a Chromium for tests, which may have no windows: Debian's package of that kind takes a fifth less time.
 * @returns {string | undefined}
 * @throws {Error} when CHROME_PATH names something that cannot be run
 */
export function findHeadlessBrowser() {
  const shell = process.env.CHROME_PATH ? undefined : onPath(['chromium-headless-shell']).find(isExecutable);
  return shell ?? findBrowser() ?? downloaded(SHELLS_IN_CACHE).find(isExecutable);
}

/**
 * Starts a headless Chromium that reaches this machine only; every name under `.test` (RFC 6761) is this machine.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  const executablePath = findHeadlessBrowser();
  if (!executablePath) throw new Error('No Chromium was found. Install one, or name one in CHROME_PATH.');
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-gpu',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
