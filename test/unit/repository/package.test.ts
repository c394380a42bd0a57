import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { sentencesIn } from '../../l10n/sentences.mjs';
import { isRecord, numberIn, parseJson, stringIn } from '../../../src/core/base/json';

/** The most KB that are read of our files at these moments, beside what Node and the editor bring. */
const BUDGETS = [
  { moment: 'at the start of a window', file: 'dist/extensionProgram.js', most: 522 },
  { moment: 'with the first request to a model, of its client', file: 'dist/openai.js', most: 86 },
  { moment: 'with the first request, of what writes it and reads its answer', file: 'dist/streamChat-', most: 82 },
  { moment: 'with the panel', file: 'dist/webview.js', most: 213 },
  { moment: 'for qwen-auth --version', file: 'dist/cliProgram.js', most: 7 },
  { moment: 'for every other command of qwen-auth', file: 'dist/process-', most: 335 },
] as const;
const VSIX_KB = 421;

const metafile = () => parseJson(readFileSync('out/metafile.json', 'utf8'));
const kilobytes = (file: string): number => statSync(file).size / 1024;
const entries = (value: unknown, name: string) =>
  Object.entries(isRecord(value) && isRecord(value[name]) ? value[name] : {});

/** A file, and all others that it loads at once. */
function loadedWith(
  file: string,
  outputs: ReadonlyMap<string, unknown>,
  seen = new Set<string>(),
): ReadonlySet<string> {
  if (seen.has(file) || !outputs.has(file)) return seen;
  seen.add(file);
  const output = outputs.get(file);
  const imports: readonly unknown[] = isRecord(output) && Array.isArray(output['imports']) ? output['imports'] : [];
  for (const one of imports)
    if (stringIn(one, 'kind') === 'import-statement') loadedWith(stringIn(one, 'path') ?? '', outputs, seen);
  return seen;
}

/** What takes most of the place in files. */
function largest(files: ReadonlySet<string>, outputs: ReadonlyMap<string, unknown>): string {
  return [...files]
    .flatMap((file) => entries(outputs.get(file), 'inputs'))
    .map(([input, of]) => ({ input, bytes: numberIn(of, 'bytesInOutput') ?? 0 }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, 20)
    .map(({ input, bytes }) => `${bytes} ${input}`)
    .join('\n');
}

describe('the packaged extension', () => {
  it('holds these files and no other', () => {
    const vsce = [path.resolve('node_modules/@vscode/vsce/vsce'), 'ls', '--no-dependencies'];

    const files = execFileSync(process.execPath, vsce, { cwd: 'out/package', encoding: 'utf8' })
      .trim()
      .split('\n')
      // The parts that bundles share are called by what is in them.
      .map((file) => file.replace(/-[0-9A-Z]{8}\.js$/, '-….js'));

    assert.deepEqual(
      [...new Set(files)].sort(),
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'README.zh-CN.md',
        'dist/ThirdPartyNotices.txt',
        'dist/chunk-….js',
        'dist/cli.js',
        'dist/cliProgram.js',
        'dist/commandOutput-….js',
        'dist/extension.js',
        'dist/extensionProgram.js',
        'dist/help-….js',
        'dist/openai.js',
        'dist/process-….js',
        'dist/runCommand-….js',
        'dist/streamChat-….js',
        'dist/webview.css',
        'dist/webview.js',
        'l10n/bundle.l10n.zh-cn.json',
        'media/icon.png',
        'media/icon.svg',
        'media/schemas/qwenSettings.json',
        'media/schemas/qwenSettings.zh-cn.json',
        'media/sideBar.svg',
        'media/walkthrough/chat.svg',
        'media/walkthrough/model.svg',
        'media/walkthrough/sign-in.svg',
        'media/walkthrough/sign-in.zh-cn.svg',
        'media/walkthrough/test.svg',
        'package.json',
        'package.nls.json',
        'package.nls.zh-cn.json',
      ].sort(),
    );
  });

  for (const { moment, file, most } of BUDGETS) {
    it(`loads at most ${most} KB ${moment}`, () => {
      const outputs = new Map(entries(metafile(), 'outputs'));
      const loaded = loadedWith([...outputs.keys()].find((name) => name.startsWith(file)) ?? '', outputs);

      const size = [...loaded].reduce((sum, name) => sum + kilobytes(name), 0);

      assert.ok(size > 0 && size <= most, `${size.toFixed(1)} KB\n${largest(loaded, outputs)}`);
    });
  }

  for (const file of ['dist/extension.js', 'dist/cliProgram.js'])
    it(`has set its language before ${file} loads what has sentences in it`, () => {
      const outputs = new Map(entries(metafile(), 'outputs'));
      const loaded = [...loadedWith(file, outputs)].flatMap((name) => entries(outputs.get(name), 'inputs'));
      const beside = loaded.flatMap(([input]) => (/^src\/(?!.*(?:start|main|language)\.ts$)/.test(input) ? input : []));

      assert.deepEqual(
        beside.filter((input) => sentencesIn(readFileSync(input, 'utf8')).length > 0),
        [],
      );
      assert.ok(loaded.some(([input]) => input.endsWith('/language.ts')));
      assert.ok(loaded.length < 10, loaded.map(([input]) => input).join('\n'));
    });

  it(`has at most ${VSIX_KB} KB`, () => {
    const size = kilobytes('out/qwen-auth.vsix');

    assert.ok(size <= VSIX_KB, `${size.toFixed(1)} KB`);
  });

  it('has a script and a style that end no element of the page which they stand in', () => {
    const files = ['webview.js', 'webview.css'].map((name) =>
      readFileSync(path.join('out/package/dist', name), 'utf8'),
    );

    for (const text of files) assert.doesNotMatch(text, /<\/?(?:script|style)/i);
  });
});
