import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('SECURITY.md', 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| must not'));

/** The tests that a row names: the file below `test`, and the title as it stands there. */
const testsOf = (row: string): readonly (readonly [file: string, title: string])[] =>
  [...row.matchAll(/`([\w/]+)` \*([^*]+)\*/g)].map(([, file = '', title = '']) => [`test/${file}.test.ts`, title]);

/** Whether a file has a test of that title. */
function has(file: string, title: string): boolean {
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  return ["'", '`', '"'].some((quote) => text.includes(`it(${quote}${title}${quote}`));
}

describe('the threat model', () => {
  it('says of everybody what they must not, what holds them, which test tries it, and what is not promised', () => {
    assert.ok(rows.length > 20);
    for (const row of rows) {
      const cells = row.slice(2, -2).split(' | ');
      assert.equal(cells.length, 4, row);
      assert.ok(testsOf(cells[2] ?? '').length > 0, row);
    }
  });

  it('names tests that there are', () => {
    const named = rows.flatMap(testsOf);

    assert.deepEqual(
      named.filter(([file, title]) => !has(file, title)),
      [],
    );
  });
});
