// What was measured last, as bench/results.json and as the table of docs/proof.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../root.mjs';

/** @typedef {Record<string, import('./row').Measured[]>} Results the rows of each script */

const JSON_FILE = path.join(root, 'bench/results.json');
const PAGE = path.join(root, 'docs/proof.md');
const [BEGIN, END] = ['<!-- Written by npm run bench -->', '<!-- End of what npm run bench writes -->'];

/**
 * Puts the results into both files; those of scripts that did not run stay as they are.
 * @param {Results} results
 */
export function saveResults(results) {
  /** @type {{ scripts: Results }} */
  const before = existsSync(JSON_FILE) ? JSON.parse(readFileSync(JSON_FILE, 'utf8')) : { scripts: {} };
  const scripts = Object.fromEntries(
    Object.entries({ ...before.scripts, ...results }).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  const host = { node: process.version, platform: `${process.platform}-${process.arch}`, processors: os.cpus().length };
  mkdirSync(path.dirname(JSON_FILE), { recursive: true });
  writeFileSync(JSON_FILE, `${JSON.stringify({ host, scripts }, undefined, 2)}\n`);
  writePage(scripts);
}

/** @param {Results} scripts */
function writePage(scripts) {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : `# Proof\n\n## Speed\n\n${BEGIN}\n${END}\n`;
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for the table, from "${BEGIN}" to "${END}".`);
  const table = [
    '| | ours | beside | result | goal |',
    '|---|---|---|---|---|',
    ...Object.values(scripts).flat().map(rowText),
  ];
  mkdirSync(path.dirname(PAGE), { recursive: true });
  writeFileSync(PAGE, `${page.slice(0, from)}${BEGIN}\n\n${table.join('\n')}\n\n${page.slice(to)}`);
}

/** @param {import('./row').Measured} row */
function rowText({ row, unit, ours, beside, goal, result, met }) {
  const wanted = 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  const text = (/** @type {import('./row').Figures} */ { what, median, least, most }) =>
    `${what}: ${digits(median)} ${unit} (${digits(least)} to ${digits(most)})`;
  const found = goal.of === 'ratio' ? `${digits(result)} ×` : `${digits(result)} ${unit}`;
  return `| ${[row, text(ours), beside ? text(beside) : '', met ? found : `**${found}**`, `${goal.of} ${wanted}`].join(' | ')} |`;
}

/** @param {number} value */
const digits = (value) => String(Number(value.toPrecision(3)));
