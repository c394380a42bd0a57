import { findHeadlessBrowser } from './host/browser.mjs';
import { run, runNode } from './command.mjs';

/**
 * Makes sure that there is a Chromium for the tests: one that is here, else Playwright's, else Debian's.
 * @throws {Error} when there is none and none could be installed
 */
export async function installChromium() {
  if (await works()) return;

  console.error('No Chromium was found: downloading one…');
  await runNode(['node_modules/playwright-core/cli.js', 'install', '--only-shell', 'chromium'], { timeLimit: 240_000 });
  if (await works()) return;

  if (process.getuid?.() === 0 && (await run('apt-get', ['--version'])).ok) {
    console.error('Playwright has none that works here: installing the one of this system…');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env });
    for (const name of ['chromium-headless-shell', 'chromium']) {
      await run('apt-get', ['install', '--yes', '--no-install-recommends', name], { env });
      if (await works()) return;
    }
  }
  throw new Error(
    'The tests need a Chromium and none could be installed: install Chromium or Chrome, or name one in CHROME_PATH.',
  );
}

/** Whether a browser is here and starts: a download can lack libraries of the system. */
async function works() {
  const browser = findHeadlessBrowser();
  return browser !== undefined && (await run(browser, ['--version'], { timeLimit: 20_000 })).ok;
}
