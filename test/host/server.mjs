// VS Code as a server on this machine: the server that ships inside code-server's package, started directly,
// with a profile of its own in a temporary folder, behind our proxy.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { addLanguage } from './language.mjs';
import { startProxy } from './proxy.mjs';
import { startGroup } from './processGroup.mjs';
import { withoutPerson } from './isolation.mjs';
import { settingsText } from './settings.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const serverMain = path.join(here, 'node_modules/code-server/lib/vscode/out/server-main.js');

/**
 * @typedef {object} ServerOptions
 * @property {Record<string, unknown>} [settings] user settings, on top of the quiet ones
 * @property {string[]} [extensions] packaged extensions (.vsix) to install
 * @property {string[]} [unpacked] extensions as folders, to be there beside the packaged ones
 * @property {string} [folder] the folder that is opened; an empty one by default
 * @property {boolean} [isolated] whether home folder and keys of the person who runs it are kept away
 * @property {NodeJS.ProcessEnv} [env] variables for the extension host and the terminals, beside those of this process
 * @property {boolean} [smokeDriver] needed to run an extension's own test suite; it also switches toasts off
 * @property {boolean} [trust] whether workspaces can be untrusted; off by default
 * @property {string[]} [trustedDomains] origins that links open without a question; those of this machine always do
 * @property {string} [language] the language that extensions are shown in, such as `zh-cn`; English by default
 * @property {number} [port] of the proxy; a free one by default
 *
 * @typedef {object} Server
 * @property {string} origin where the workbench is served
 * @property {string} url the address that opens the workbench with its folder
 * @property {string} folder the folder that is opened
 * @property {string} userData VS Code's user data folder (`User/settings.json` is in it)
 * @property {string} home the home folder of the extension host and the terminals
 * @property {() => string} log what the server has printed so far
 * @property {() => Promise<void>} stop ends every process and removes the profile
 */

/** The Node that runs VS Code: TEST_HOST_NODE, the one that test/host brings, or this one where it is new enough. */
function node() {
  const bundled = path.join(here, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
  if (process.env.TEST_HOST_NODE) return process.env.TEST_HOST_NODE;
  if (existsSync(bundled)) return bundled;
  // The server needs this function, which came with Node 22.15.
  if ('registerHooks' in module) return process.execPath;
  throw new Error('The VS Code server needs Node 22.15 or newer here. Install it, or name it in TEST_HOST_NODE.');
}

/**
 * Starts VS Code and waits until it serves.
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const profile = mkdtempSync(path.join(tmpdir(), 'qwen-auth-'));
  const userData = path.join(profile, 'data');
  const temporary = path.join(profile, 'tmp');
  const socketPath = path.join(profile, 'socket');
  const folder = options.folder ?? path.join(profile, 'workspace');
  const home = options.isolated ? path.join(profile, 'home') : homedir();
  for (const made of [path.join(userData, 'User'), folder, temporary, home]) mkdirSync(made, { recursive: true });
  for (const extension of options.unpacked ?? [])
    cpSync(extension, path.join(profile, 'extensions', path.basename(extension)), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), settingsText(options.settings));
  if (options.language) addLanguage(userData, options.language);

  const extensions = options.extensions ?? [];
  const group = startGroup(
    node(),
    [
      ['--require', path.join(here, 'lifeline.cjs'), serverMain],
      ['--socket-path', socketPath, '--without-connection-token', '--accept-server-license-terms'],
      ['--server-data-dir', profile, '--user-data-dir', userData, '--extensions-dir', path.join(profile, 'extensions')],
      ['--disable-telemetry', '--telemetry-level', 'off', '--disable-getting-started-override'],
      options.trust ? [] : ['--disable-workspace-trust'],
      options.smokeDriver ? ['--enable-smoke-test-driver'] : [],
      options.language ? ['--locale', options.language] : [],
      ...extensions.map((vsix) => ['--install-extension', vsix, '--start-server']),
      (options.trustedDomains ?? []).flatMap((origin) => ['--link-protection-trusted-domains', origin]),
    ].flat(),
    {
      env: {
        ...(options.isolated ? withoutPerson(home) : process.env),
        ...options.env,
        LIFELINE: '1',
        TMPDIR: temporary,
        XDG_RUNTIME_DIR: temporary,
      },
      cleanUp: () => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
    },
  );

  try {
    const log = await serving(group, extensions.length);
    const proxy = await startProxy({ socketPath, port: options.port ?? 0 });
    return {
      origin: proxy.origin,
      url: `${proxy.origin}/?folder=${encodeURIComponent(folder)}`,
      folder,
      userData,
      home,
      log,
      stop: async () => {
        proxy.stop();
        await group.end();
      },
    };
  } catch (error) {
    await group.end();
    throw error;
  }
}

/**
 * Waits until the server listens and has installed the extensions; the result reads what it has printed.
 * @param {import('./processGroup.mjs').Group} group
 * @param {number} extensions
 * @returns {Promise<() => string>}
 */
function serving({ leader, ended }, extensions) {
  let log = '';
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ problem) => reject(new Error(`${problem}\n${withoutStacks(log)}`));
    const read = (/** @type {Buffer} */ chunk) => {
      log += chunk;
      const installed = log.split('was successfully installed').length - 1;
      if (log.includes('Server bound to') && installed === extensions) resolve(() => log);
      if (log.includes('Failed Installing Extensions')) fail('The extension could not be installed.');
    };
    leader.stdout.on('data', read);
    leader.stderr.on('data', read);
    void ended.then((status) => fail(`The VS Code server ended with ${status}.`));
    setTimeout(() => fail('The VS Code server did not start in 100 seconds.'), 100_000).unref();
  });
}

/**
 * The server's output without stacks: it complains about optional native modules, at length.
 * @param {string} log
 */
const withoutStacks = (log) =>
  log
    .split('\n')
    .filter((line) => line.trim() && !/^\s+(at|code:) |^}$|ERR_MODULE_NOT_FOUND/.test(line))
    .join('\n');
