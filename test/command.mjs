import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/**
 * @typedef {object} Outcome
 * @property {boolean} ok whether the program ended with 0
 * @property {string} output what it printed, both streams in order
 */

/**
 * Runs a program to its end, with no input, in the project's folder.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeLimit?: number }} [options] variables to add; milliseconds until it is ended
 * @returns {Promise<Outcome>}
 */
export function run(command, args, { env = {}, timeLimit = 300_000 } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      // On Windows npm is a script.
      shell: process.platform === 'win32' && command === 'npm',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const read = (/** @type {Buffer} */ chunk) => (output += chunk);
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    const end = () => child.kill();
    process.once('exit', end);
    const timer = setTimeout(() => {
      output += `\nEnded after ${timeLimit / 1000} seconds.`;
      end();
    }, timeLimit);
    const settle = (/** @type {boolean} */ ok) => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve({ ok, output });
    };
    child.once('error', (error) => {
      output += error.message;
      settle(false);
    });
    child.once('close', (code) => settle(code === 0));
  });
}

/**
 * Runs a Node program to its end: `run` with the Node that runs this.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export const runNode = (args, options) => run(process.execPath, args, options);
