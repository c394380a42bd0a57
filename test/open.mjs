import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './host/browser.mjs';

/** @param {string} command */
const onPath = (command) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));

/**
 * The command that opens an address in the person's browser: the system's own, else a browser that we find.
 * @returns {string[] | undefined} program and arguments, to which the address is added
 */
export function browserCommand() {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  if (onPath('xdg-open')) return ['xdg-open'];
  const browser = findBrowser();
  return browser ? [browser] : undefined;
}

/**
 * Opens an address.
 * @param {string[]} command from `browserCommand`
 * @param {string} url
 * @returns {Promise<boolean>} false when the command could not, or said so within a few seconds
 */
export function openInBrowser([program = '', ...args], url) {
  // A browser belongs to the person and stays open when we end.
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  child.unref();
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    setTimeout(() => resolve(true), 5000).unref();
  });
}
