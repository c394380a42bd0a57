// npm run bench [-- names…]: measures the extension as it ships beside what it is compared with, one script after the
// other, each in a process of its own. A name is a part of a script's: `npm run bench -- activation`. A whole run, or
// one with --save, writes bench/results.json and the table of docs/proof.md. A goal that is missed is a failure.
import '../node.mjs';
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installChromium } from '../chromium.mjs';
import { install } from '../install.mjs';
import { packageExtension } from '../package.mjs';
import { root } from '../root.mjs';
import { saveResults } from './results.mjs';

const SUFFIX = '.bench.ts';

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { save: { type: 'boolean', default: false } },
});
const names = readdirSync(path.join(root, 'test/bench'))
  .filter((file) => file.endsWith(SUFFIX))
  .map((file) => file.slice(0, -SUFFIX.length))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
if (names.length === 0) {
  console.error(`No script of test/bench has ${wanted.join(' or ')} in its name.`);
  process.exit(1);
}

await Promise.all([install('.'), install('test/host')]);
await installChromium();
const packaged = await packageExtension();
if (!packaged.ok) throw new Error(packaged.output);
const { build } = await import('../../esbuild.mjs');
await build({ shipped: false, tests: names.map((name) => `bench/${name}${SUFFIX}`) });

/** How long a script may take: one that hangs does not keep the others from running. */
const MOST_MS = 900_000;

/** @type {string[]} the scripts that did not come to their end */
const failed = [];

/**
 * Runs a script to its end.
 * @param {string} name
 * @returns {Promise<import('./row').Measured[]>} its rows; where it failed, those that were measured before
 */
function run(name) {
  console.log(name);
  return new Promise((resolve) => {
    /** @type {import('./row').Measured[]} */
    const rows = [];
    const child = fork(path.join(root, `out/bench/${name}.bench.mjs`), {
      cwd: root,
      execArgv: ['--expose-gc', '--enable-source-maps'],
      timeout: MOST_MS,
    });
    child.on('message', (/** @type {import('./row').Measured} */ row) => rows.push(row));
    child.once('error', (error) => console.error(`  ✘ ${name}: ${error.message}`));
    child.once('close', (code, signal) => {
      if (code !== 0) console.error(`  ✘ ${name} ended with ${code ?? signal}`);
      if (code !== 0 || rows.length === 0) failed.push(name);
      resolve(rows);
    });
  });
}

/** @type {Record<string, import('./row').Measured[]>} */
const results = {};
for (const name of names) {
  const rows = await run(name);
  if (rows.length > 0) results[name] = rows;
}
const rows = Object.values(results).flat();
const missed = rows.filter(({ met }) => !met);
console.log(`\n${rows.length} rows, ${missed.length} miss their goal`);
if (failed.length > 0) console.log(`Not measured to the end: ${failed.join(', ')}`);
if (values.save || wanted.length === 0) saveResults(results);
process.exitCode = missed.length + failed.length === 0 ? 0 : 1;
