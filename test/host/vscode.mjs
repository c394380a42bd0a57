#!/usr/bin/env node
// Takes the arguments that @vscode/test-electron gives to VS Code and runs the test suite in our server and a browser.
// Its exit code is the suite's.
import { fileURLToPath } from 'node:url';
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { startServer } from './server.mjs';
import { openWorkbench } from './workbench.mjs';

/** Another extension, which asks for a session of ours. */
const consumer = fileURLToPath(new URL('../consumer', import.meta.url));
const TIME_LIMIT = 780_000;

const { values } = parseArgs({
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
  // Everything else is about windows and updates, which this VS Code does not have.
  strict: false,
});

/** @param {string | boolean | undefined} file */
const onServer = (file) => `vscode-remote://remote${file ?? ''}`;

// Our runner forwards no signal but SIGINT: its end is ours.
const runner = process.ppid;
setInterval(() => process.ppid === runner || process.exit(1), 1000).unref();
setTimeout(() => {
  console.error(`The tests did not end in ${TIME_LIMIT / 1000} seconds.`);
  process.exit(1);
}, TIME_LIMIT).unref();

/**
 * A workspace of the server's folder and another one beside it.
 * @param {import('./server.mjs').Server} server
 */
function twoFolders({ folder }) {
  const other = `${folder}-beside`;
  const file = `${folder}.code-workspace`;
  mkdirSync(other);
  writeFileSync(file, JSON.stringify({ folders: [{ path: folder }, { path: other }] }));
  return file;
}

async function runSuite() {
  const [server, browser] = await Promise.all([
    startServer({ isolated: true, smokeDriver: true, unpacked: [consumer] }),
    launchBrowser(),
  ]);
  try {
    /** @type {(code: number) => void} */
    let exit;
    /** @type {Promise<number>} */
    const exited = new Promise((resolve) => (exit = resolve));
    await openWorkbench(browser, server, {
      workspace: twoFolders(server),
      payload: {
        skipWelcome: 'true',
        extensionDevelopmentPath: onServer(values.extensionDevelopmentPath),
        extensionTestsPath: onServer(values.extensionTestsPath),
      },
      prepare: async (page) => {
        await page.exposeFunction('codeAutomationLog', () => undefined);
        await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => exit(code));
      },
    });
    return await exited;
  } finally {
    await browser.close();
    await server.stop();
  }
}

try {
  process.exitCode = await runSuite();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();
