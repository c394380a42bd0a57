import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix as path } from 'node:path';

/** What the files of each part may import; `type:` stands for `import type` alone. */
const ALLOWED: Record<string, readonly string[]> = {
  'src/core': ['src/core', 'node', 'dotenv', 'jsonc-parser', 'type:openai'],
  'src/shared': ['src/shared'],
  'src/vscode': ['src/vscode', 'src/core', 'src/shared', 'node', 'vscode'],
  'src/cli': ['src/cli', 'src/core', 'node', 'cross-spawn'],
  'src/cli/main.ts': ['src/cli', 'src/core', 'src/openai.ts', 'node'],
  'src/extension.ts': ['src/vscode', 'src/core', 'src/shared', 'src/openai.ts', 'node', 'vscode'],
  'src/openai.ts': ['openai'],
  webview: ['webview', 'webview/kit/toolkit.ts', 'src/shared', 'type:vscode-webview'],
  'webview/kit/toolkit.ts': ['webview', '@vscode/webview-ui-toolkit'],
};

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

const partsByLength = Object.keys(ALLOWED).sort((a, b) => b.length - a.length);
const partOf = (file: string) => partsByLength.find((part) => `${file}/`.startsWith(`${part}/`)) ?? file;

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file.replaceAll('\\', '/')));

/** The parts and packages that a file imports. Styles are no modules. */
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)]
    .map(([, type, from, dynamic]) => ({ type, from: from ?? dynamic ?? '' }))
    .filter(({ from }) => !from.endsWith('.css'))
    .map(({ type, from }) => {
      if (from.startsWith('.')) return partOf(`${path.join(file, '..', from).replace(/\.js$/, '')}.ts`);
      if (builtinModules.includes(from.replace('node:', ''))) return 'node';
      return type ? `type:${from}` : from;
    });

describe('the direction of imports', () => {
  for (const part of ['src', 'webview']) {
    it(`is kept in ${part}`, () => {
      const wrong = filesIn(part).flatMap((file) => {
        const allowed = ALLOWED[partOf(file)] ?? [];
        return importsOf(file)
          .filter((name) => !allowed.includes(name) && !allowed.includes(name.replace('type:', '')))
          .map((name) => `${file} imports ${name}`);
      });

      assert.deepEqual(wrong, []);
    });
  }
});
