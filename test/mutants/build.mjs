// Bundles the unit tests that reach a room: what Stryker runs in its copy of the project. Leaves what went into the
// bundle of each test in out/sources.json.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from '../../esbuild.mjs';
import { root } from '../root.mjs';
import { testFiles } from '../testFiles.mjs';
import { ROOMS } from './rooms.mjs';

const [, , room = ''] = process.argv;
const patterns = [`unit/${room}/`, ...(ROOMS[room] ?? [])];
const tests = [...new Set(patterns.flatMap((pattern) => testFiles(['unit'], pattern)))];
const { outputs } = await build({ shipped: false, tests });

/**
 * The sources of a file and of all that it loads.
 * @param {string} file
 * @param {Set<string>} seen
 * @returns {string[]}
 */
function sourcesOf(file, seen = new Set()) {
  const output = outputs[file];
  if (!output || seen.has(file)) return [];
  seen.add(file);
  const own = Object.entries(output.inputs).flatMap(([source, { bytesInOutput }]) => (bytesInOutput > 0 ? source : []));
  return [...own, ...output.imports.flatMap(({ path: imported }) => sourcesOf(imported, seen))];
}

const bundles = Object.keys(outputs).filter((file) => /^out\/unit\/.*\.test\.mjs$/.test(file));
const sources = Object.fromEntries(bundles.map((file) => [file, sourcesOf(file)]));
writeFileSync(path.join(root, 'out/sources.json'), JSON.stringify(sources));
