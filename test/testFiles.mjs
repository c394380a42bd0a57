import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';

/**
 * The test files of suites whose path has the pattern's parts in their order, as `suite/…/name.test.ts`:
 * `unit/vault` is `unit/credentials/vault.test.ts`. Slashes part a pattern; a path may be given as it
 * stands, with `test/` and `.ts`.
 * @param {readonly string[]} suites
 * @param {string} pattern
 * @returns {string[]}
 */
export function testFiles(suites, pattern) {
  const parts = pattern
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)?test\//, '')
    .split('/');
  return suites
    .flatMap((suite) =>
      readdirSync(path.join(root, 'test', suite), { encoding: 'utf8', recursive: true }).map(
        (file) => `${suite}/${file}`,
      ),
    )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && hasInOrder(file, parts));
}

/**
 * @param {string} file
 * @param {readonly string[]} parts
 */
function hasInOrder(file, parts) {
  let from = 0;
  return parts.every((part) => {
    const at = file.toLowerCase().indexOf(part.toLowerCase(), from);
    from = at + part.length;
    return at >= 0;
  });
}
