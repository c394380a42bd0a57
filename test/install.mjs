import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './command.mjs';
import { root } from './root.mjs';

/**
 * Installs the packages of a folder as its lockfile says, unless that was done before.
 * @param {'.' | 'test/host' | 'test/mutants'} folder
 * @throws {Error} when npm could not
 */
export async function install(folder) {
  const lock = readFileSync(path.join(root, folder, 'package-lock.json'));
  const digest = createHash('sha256').update(lock).digest('hex');
  const stamp = path.join(root, folder, 'node_modules/.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;

  const name = folder === '.' ? 'the project' : folder;
  console.error(`Installing the packages of ${name}…`);
  const { ok, output } = await run('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund']);
  if (!ok) {
    const reason = /npm error (.+)/.exec(output)?.[1] ?? output.trim();
    throw new Error(
      `The packages of ${name} could not be installed (${reason}): ` +
        'check that the npm registry can be reached, and run this again.',
    );
  }
  writeFileSync(stamp, digest);
}
