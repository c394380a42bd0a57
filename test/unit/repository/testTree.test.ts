import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Folders whose tests are for more than one file: of the product as a whole, and of the repository around it. */
const WHOLE = ['product', 'repository'];

const tests = readdirSync('test/unit', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts') && !WHOLE.includes(file.split('/')[0] ?? ''));

/** Where the file is that a test is named after. */
const sourcesOf = (test: string) =>
  ['src/core', 'src', '.'].map((folder) => `${folder}/${test.replace(/\.test\.ts$/, '.ts')}`);

describe('the tree of unit tests', () => {
  it('mirrors the tree of sources: a test is named after the file that it tests', () => {
    const wrong = tests
      .filter((test) => !sourcesOf(test).some((source) => existsSync(source)))
      .map((test) => `${test} is named after no file: rename it, or move it to ${WHOLE.join(' or ')}.`);

    assert.deepEqual(wrong, []);
  });

  it('names why it leaves a test out, wherever it does', () => {
    const all = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));
    const silent = all.filter((file) =>
      /\bthis\.skip\(|\b(it|describe)\.skip\(/.test(readFileSync(`test/${file}`, 'utf8')),
    );

    assert.deepEqual(silent, []);
  });
});
