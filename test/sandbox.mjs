import path from 'node:path';
import { createInterface } from 'node:readline';
import { startGroup } from './host/processGroup.mjs';
import { root } from './root.mjs';

/**
 * @typedef {object} Sandbox
 * @property {string} origin where it serves
 * @property {Record<string, unknown>} settings the VS Code settings that make it a provider
 */

/**
 * Starts the sandbox as a process of its own; it ends with this one.
 * @returns {Promise<Sandbox>}
 */
export function startSandbox() {
  const { leader, ended } = startGroup(process.execPath, [path.join(root, 'out/sandbox/main.js')]);
  let problems = '';
  leader.stderr.on('data', (chunk) => (problems += chunk));
  return new Promise((resolve, reject) => {
    // Its first line says where it is.
    createInterface(leader.stdout).once('line', (line) => resolve(JSON.parse(line)));
    void ended.then(() => reject(new Error(`The sandbox did not start.\n${problems}`)));
  });
}
