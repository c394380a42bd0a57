import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { chinese } from '../../l10n/sentences.mjs';

const ENGLISH = readFileSync('README.md', 'utf8');
const CHINESE = readFileSync('README.zh-CN.md', 'utf8');

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([whole, part]) => part ?? whole);
/** What stands between the places of a sentence, as `…` marks them. */
const pieces = (sentence: string): readonly string[] =>
  sentence
    .split('…')
    .map((piece) => piece.trim())
    .filter(Boolean);
/** The languages lead to each other. */
const withoutLanguages = (links: readonly string[]) => links.filter((link) => !link.startsWith('README')).sort();

describe('the README in Chinese', () => {
  for (const [what, pattern] of [
    ['headings', /^#+(?= )/gm],
    ['rows of tables', /^\|/gm],
    ['points of lists', /^- /gm],
    ['commands to type', /^(?:npm|code) [^#\n]*[^#\s]/gm],
    ['settings and words of code', /`qwen[\w.-]*`|`@qwen`|`\/v1`/g],
  ] as const) {
    it(`has the same ${what} as the English one`, () => {
      assert.ok(found(ENGLISH, pattern).length > 0);
      assert.deepEqual(found(CHINESE, pattern), found(ENGLISH, pattern));
    });
  }

  it('leads to the same pages, and to the English one', () => {
    const links = (text: string) => found(text, /\]\(([^)]+)\)/g);

    assert.deepEqual(withoutLanguages(links(CHINESE)), withoutLanguages(links(ENGLISH)));
    assert.ok(links(CHINESE).includes('README.md'));
    assert.ok(links(ENGLISH).includes('README.zh-CN.md'));
  });

  it('calls commands as the glossary does', () => {
    const titles = found(readFileSync('l10n/glossary.md', 'utf8'), /\| (Qwen: [^|]+) \|$/gm);
    const named = found(CHINESE, /\*(Qwen: [^*]+)\*/g);

    assert.ok(named.length > 8);
    assert.deepEqual(
      named.filter((title) => !titles.includes(title)),
      [],
    );
  });

  it('quotes what a person reads when something fails, and the buttons that mend it', () => {
    const words = Object.values(chinese()).join('\n');
    const rows = found(CHINESE, /^\| “.*$/gm);
    const quotes = rows.flatMap((row) => [...found(row, /“([^”]+)”/g), ...found(row, /(?<![\w*])\*([^*]+)\*/g)]);

    assert.ok(quotes.length > 20);
    assert.deepEqual(
      quotes.filter((quote) => pieces(quote).some((piece) => !words.includes(piece))),
      [],
    );
  });
});
