// npm start [-- --no-open] [-- --port N] [-- --desktop]: installs what is missing, builds, and shows the extension in
// VS Code, with the sandbox beside it.
import './node.mjs';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { install } from './install.mjs';
import { browserCommand, openInBrowser } from './open.mjs';
import { packageExtension, vsix } from './package.mjs';
import { root } from './root.mjs';

const temporary = mkdtempSync(path.join(tmpdir(), 'qwen-auth-start-'));
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));
// Everything that was started ends with this process, see host/group.mjs.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));

try {
  await start(options());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function options() {
  const { values } = util.parseArgs({
    options: {
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      desktop: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  return { open: !values['no-open'], port, desktop: values.desktop };
}

/** @param {ReturnType<typeof options>} options */
async function start({ open, port, desktop }) {
  const browser = open && !desktop ? browserCommand() : undefined;
  if (open && !desktop && !browser) {
    throw new Error(
      'No browser was found: install one, or run "npm start -- --no-open" and open the address yourself.',
    );
  }
  await Promise.all([install('.'), desktop ? undefined : install('test/host')]);
  const [{ settings, origin }] = await Promise.all([sandbox(), extension()]);

  console.log(`What real servers were seen to answer is at ${origin}/world/v1, as a server without a key.`);

  const folder = path.join(temporary, 'hello-qwen');
  cpSync(path.join(root, 'test/sample'), folder, { recursive: true });
  const shown = { ...settings, 'workbench.startupEditor': 'readme' };
  if (desktop) return startDesktop(folder, shown);

  const { startServer } = await import('./host/server.mjs');
  const server = await startServer({ port, folder, settings: shown, extensions: [vsix] }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is taken: choose another one with --port, or leave --port out.`);
  });
  console.log(`Qwen Auth is running at ${server.url}`);
  if (browser && !(await openInBrowser(browser, server.url))) {
    console.error('No browser could be opened here: open the address above in yours.');
  }
}

async function sandbox() {
  const { build } = await import('../esbuild.mjs');
  await build({ shipped: false, sandbox: true });
  const { startSandbox } = await import('./sandbox.mjs');
  return startSandbox();
}

async function extension() {
  const { ok, output } = await packageExtension();
  if (!ok) throw new Error(`The extension could not be built:\n${output}`);
}

/**
 * @param {string} folder
 * @param {Record<string, unknown>} settings
 */
async function startDesktop(folder, settings) {
  const { findDesktop } = await import('./host/desktop.mjs');
  const { settingsText } = await import('./host/settings.mjs');
  const { startGroup } = await import('./host/processGroup.mjs');
  const program = findDesktop();
  if (!program) {
    throw new Error('No VS Code was found: put "code" on the PATH, or name its program in VSCODE_EXECUTABLE.');
  }
  const userData = path.join(temporary, 'data');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), settingsText(settings));
  const { ended } = startGroup(
    program,
    [
      process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      [`--extensionDevelopmentPath=${root}`],
      ['--user-data-dir', userData, '--extensions-dir', path.join(temporary, 'extensions')],
      ['--disable-workspace-trust', '--disable-updates', '--skip-release-notes', '--skip-welcome', folder],
    ].flat(),
  );
  console.log('Qwen Auth is running in VS Code: close its window, or press Ctrl+C here, to end it.');
  process.exit((await ended) === 0 ? 0 : 1);
}
