import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../../src/cli/exitCodes';
import { commandNames, COMMANDS, COMMON_OPTIONS } from '../../../src/cli/options';
import { commandIds, documentsWithTables, settings, titleOf, withTables } from './documentTables';

const FILES = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)];
/** Of each file its text, and the same with a blank for each end of a line. */
const pages = FILES.map((file) => {
  const text = readFileSync(file, 'utf8');
  return { file, text, line: text.replaceAll(/\s+/g, ' ') };
});
const textOf = (file: string) => pages.find((page) => page.file === file)?.text ?? '';

/** What a person may read, and press, where something fails. */
const words = readdirSync('src/core/views')
  .map((name) => readFileSync(path.join('src/core/views', name), 'utf8'))
  .join('\n');

/** The rows of all tables of a text, without their heads, as cells. */
const rows = (text: string): readonly (readonly string[])[] =>
  [...text.matchAll(/^\|(?! ?-)(.+)\|$(?!\n\|-)/gm)].map(([, row = '']) =>
    row.split(/(?<!\\)\|/).map((cell) => cell.trim()),
  );
const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, match]) => match ?? '');
/** What stands between the places of a sentence, as `…` marks them. */
const pieces = (sentence: string): readonly string[] =>
  sentence
    .split('…')
    .map((piece) => piece.trim())
    .filter(Boolean);

describe('README and documents', () => {
  for (const file of documentsWithTables) {
    it(`have the tables of manifest and catalogue as they are: ${file}`, () => {
      assert.equal(textOf(file), withTables(file, textOf(file)), 'Run npm run documents.');
    });
  }

  it('name commands and settings that there are', () => {
    const known = [...commandIds(), ...settings().map(([name]) => name)];
    const named = pages.flatMap(({ file, text }) =>
      found(text, /[`"](qwen\.[\w.]+)["`]/g).map((name) => [file, name] as const),
    );

    assert.ok(named.length > 50);
    assert.deepEqual(
      named.filter(([, name]) => !known.includes(name)),
      [],
    );
  });

  it('call commands by their titles', () => {
    const titles = commandIds().map(titleOf);
    const named = pages.flatMap(({ file, line }) =>
      found(line, /\*(Qwen: [^*]+)\*/g).map((title) => [file, title] as const),
    );

    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter(([, title]) => !titles.includes(title)),
      [],
    );
  });

  it('quote what a person reads when something fails, and the buttons that mend it', () => {
    const failures = [textOf('README.md'), textOf('docs/network.md')].flatMap((text) =>
      rows(text).filter(([read]) => read?.startsWith('"')),
    );
    const quotes = failures.flatMap(([read = '', ...others]) => [
      ...found(read, /"([^"]+)"/g),
      ...found(others.at(-1) ?? '', /(?<![\w*])\*([^*]+)\*/g),
    ]);

    assert.ok(quotes.length > 20);
    assert.deepEqual(
      quotes.filter((quote) => pieces(quote).some((piece) => !words.includes(piece))),
      [],
    );
  });

  it('list every command of qwen-auth with its options, and no other', () => {
    const commands = rows(textOf('docs/headless.md')).filter(([name = '']) => /^`[a-z]/.test(name));
    const listed = commandNames().map((name) => {
      const own = commands
        .filter(([text]) => text?.slice(1).split(/[ `]/)[0] === name)
        .flat()
        .join(' ');
      return [
        name,
        [...new Set(found(own, /(?<![\w-])--([a-z][a-z-]+)/g))].filter((option) => option !== 'auth-type').sort(),
      ];
    });

    assert.deepEqual(
      listed,
      commandNames().map((name) => [name, [...COMMANDS[name].options].sort()]),
    );
  });

  it('say which options go with every command', () => {
    for (const option of COMMON_OPTIONS.filter((name) => name !== 'version'))
      assert.match(textOf('docs/headless.md'), new RegExp(`--${option}\\b`));
  });

  it('list the exit codes', () => {
    const codes = rows(textOf('docs/headless.md')).flatMap(([code = '']) => (/^\d+$/.test(code) ? Number(code) : []));

    assert.deepEqual(
      codes,
      Object.values(EXIT).sort((one, other) => one - other),
    );
  });

  it('show pictures that there are, and lead to pages and places that there are', () => {
    for (const { file, text } of pages) {
      const links = found(text, /\]\((?!https:)([^)\s]+)\)/g);
      for (const link of links) {
        const [target = '', anchor] = link.split('#');
        const page = path.join(path.dirname(file), target);
        assert.ok(target === '' || existsSync(page), `${file}: ${link}`);
        if (anchor)
          assert.match(target === '' ? text : readFileSync(page, 'utf8'), new RegExp(`<a id="${anchor}">`), link);
      }
    }
    for (const { file, text } of pages)
      for (const picture of found(text, /!\[[^\]]+\]\(([^)]+)\)/g))
        assert.ok(readFileSync(path.join(path.dirname(file), picture)).length > 10_000, picture);
  });

  it('have a page for each question, which the README leads to', () => {
    const linked = found(textOf('README.md'), /\]\((docs\/[^)]+)\)/g);

    assert.deepEqual([...new Set(linked)].sort(), FILES.filter((file) => file !== 'README.md').sort());
  });
});
