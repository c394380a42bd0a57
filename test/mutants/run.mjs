// npm run test:mutants [-- network credentials/vault]: breaks the code of rooms of the core, or of single files of them, one
// change at a time, and counts the changes that no unit test of the room notices. Needs Node 22. Reports are
// out/mutants/<place>.json; a room takes minutes, the chat up to an hour.
import '../node.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { install } from '../install.mjs';
import { root } from '../root.mjs';
import { ROOMS } from './rooms.mjs';

/** @typedef {{ status: string, mutatorName: string, replacement?: string, location: { start: { line: number } } }} Mutant */

const chosen = process.argv.slice(2);
const roomOf = (/** @type {string} */ place) => place.split('/')[0] ?? '';
const isThere = (/** @type {string} */ place) =>
  Object.hasOwn(ROOMS, roomOf(place)) && (!place.includes('/') || existsSync(path.join(root, `src/core/${place}.ts`)));
const unknown = chosen.filter((place) => !isThere(place));
if (unknown.length > 0) {
  console.error(`No such room or file: ${unknown.join(', ')}. The rooms are ${Object.keys(ROOMS).join(', ')}.`);
  process.exit(1);
}
await install('test/mutants');

for (const place of chosen.length > 0 ? chosen : Object.keys(ROOMS)) {
  const stryker = path.join(root, 'test/mutants/node_modules/@stryker-mutator/core/bin/stryker.js');
  const config = path.join(root, `out/mutants/${place}.config.json`);
  mkdirSync(path.dirname(config), { recursive: true });
  writeFileSync(config, JSON.stringify(optionsOf(place)));
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  summarize(place);
}

/**
 * How Stryker mutates a room or a file, and which tests have to notice.
 * @param {string} place
 */
function optionsOf(place) {
  const room = roomOf(place);
  return {
    mutate: [place === room ? `src/core/${room}/**/*.ts` : `src/core/${place}.ts`],
    testRunner: 'bundled-mocha',
    plugins: [path.join(root, 'test/mutants/mochaRunner.mjs')],
    buildCommand: `node test/mutants/build.mjs ${room}`,
    // TypeScript 7 has no interface that Stryker could read its configuration with.
    tsconfigFile: 'none',
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // Modules that were loaded anew for a mutant are never freed.
    maxTestRunnerReuse: 40,
    tempDirName: `out/mutants/${place}.copy`,
    reporters: ['json'],
    jsonReporter: { fileName: `out/mutants/${place}.json` },
    ignorePatterns: ['out', 'dist', 'test/host', 'test/mutants/node_modules'],
  };
}

/**
 * Prints what survived of a room or a file, and its figures.
 * @param {string} place
 */
function summarize(place) {
  const report = path.join(root, `out/mutants/${place}.json`);
  if (!existsSync(report)) return;
  /** @type {{ files: Record<string, { mutants: Mutant[] }> }} */
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  const all = Object.entries(files).flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ file, ...mutant })));
  const of = (/** @type {string[]} */ ...statuses) => all.filter(({ status }) => statuses.includes(status));
  const [noticed, survived] = [of('Killed', 'Timeout'), of('Survived', 'NoCoverage')];
  for (const { file, location, mutatorName, replacement = '' } of survived)
    console.log(`${file}:${location.start.line} ${mutatorName}: ${replacement.replace(/\s+/g, ' ').slice(0, 80)}`);
  const share = ((100 * noticed.length) / (noticed.length + survived.length)).toFixed(1);
  console.log(`${place}: ${noticed.length} noticed, ${survived.length} survived, ${share} %`);
}
