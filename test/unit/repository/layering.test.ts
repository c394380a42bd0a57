import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { posix as path } from 'node:path';

/**
 * The rooms of a folder, floor by floor: a room may import from the rooms before its floor in this list, types
 * included, and from no other. A file beside the rooms is a room of its own.
 */
const ROOMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'src/core': [
    ['base'],
    ['network', 'oauth', 'providers'],
    ['config'],
    ['credentials'],
    ['models', 'limits'],
    ['chat'],
    ['signIn', 'usage'],
    ['session', 'plainWords'],
    // The gateway passes the requests of other programs on as the session says; what errors are called is told to it.
    ['views', 'terminal', 'diagnostics', 'gateway'],
  ],
  'src/vscode': [
    ['platform'],
    ['answers'],
    // The features of the editor do not know each other.
    ['signIn', 'keys', 'models', 'chat', 'usage', 'terminal', 'status'],
    ['panel'],
    ['commands.ts', 'openSession.ts'],
    ['showSession.ts'],
  ],
  webview: [['kit', 'css.d.ts', 'language.ts'], ['signIn', 'models', 'providers', 'usage', 'status'], ['main.ts']],
};

/**
 * What the files of each part may import from other parts and from packages; `type:` stands for `import type` alone.
 */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'src/language': ['@vscode/l10n'],
  'src/core': [
    'src/language',
    '@vscode/l10n',
    'node',
    'cross-spawn',
    'dotenv',
    'fastest-levenshtein',
    'jsonc-parser',
    'type:openai',
  ],
  'src/shared': [],
  'src/vscode': ['src/language', '@vscode/l10n', 'src/core', 'src/shared', 'node', 'vscode'],
  'src/cli': ['src/language', '@vscode/l10n', 'src/core', 'node', 'cross-spawn', 'fastest-levenshtein'],
  'src/cli/start.ts': ['src/cli/main.ts'],
  'src/cli/main.ts': ['src/cli', 'src/core', 'src/openai.ts', '@vscode/l10n', 'node'],
  'src/start.ts': ['src/vscode', 'src/extension.ts'],
  'src/extension.ts': ['src/vscode', 'src/core', 'src/shared', 'src/openai.ts', 'node', 'vscode'],
  'src/openai.ts': ['openai'],
  webview: ['webview/kit/toolkit.ts', 'src/language', '@vscode/l10n', 'src/shared', 'type:vscode-webview'],
  'webview/kit/toolkit.ts': ['webview', '@vscode/webview-ui-toolkit'],
};

interface Import {
  readonly file: string;
  /** A file, `node`, or a package, as `type:` where only its types are imported. */
  readonly of: string;
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+|\w+ = require\()?'([^']+)'|\bimport\('([^']+)'\)/gm;

const REEXPORT = /^export\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\sas\s\w+)?)\s+from\s/m;

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(folder, file.replaceAll('\\', '/')));

/** What a file imports. Styles and pictures are no modules. */
const importsOf = (file: string): readonly Import[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)]
    .map(([, type, from, dynamic]) => ({ type, from: from ?? dynamic ?? '' }))
    .filter(({ from }) => !/\.(css|svg)$/.test(from))
    .map(({ type, from }) => {
      if (from.startsWith('.')) return { file, of: `${path.join(file, '..', from).replace(/\.js$/, '')}.ts` };
      if (builtinModules.includes(from.replace('node:', ''))) return { file, of: 'node' };
      return { file, of: type ? `type:${from}` : from };
    });

const partsByLength = Object.keys(PARTS).sort((a, b) => b.length - a.length);
const partOf = (file: string) => partsByLength.find((part) => `${file}/`.startsWith(`${part}/`)) ?? file;

/** What is wrong with an import between two parts; undefined where it is allowed. */
function partFault({ file, of }: Import): string | undefined {
  const [part, other] = [partOf(file), partOf(of)];
  const allowed = PARTS[part] ?? [];
  if (part === other || allowed.includes(other) || allowed.includes(other.replace('type:', ''))) return undefined;
  return `${file} imports ${of}: ${part} must not know ${other}.`;
}

/** The room of a file, and the floor that it is on; undefined for a file of a folder that has none. */
function roomOf(file: string): { readonly folder: string; readonly room: string; readonly floor: number } | undefined {
  const folder = Object.keys(ROOMS).find((one) => file.startsWith(`${one}/`));
  if (folder === undefined) return undefined;
  const [room = ''] = file.slice(folder.length + 1).split('/');
  return { folder, room, floor: (ROOMS[folder] ?? []).findIndex((rooms) => rooms.includes(room)) };
}

/** What is wrong with an import between two rooms of one folder; undefined where it is allowed. */
function roomFault({ file, of }: Import): string | undefined {
  const [from, to] = [roomOf(file), roomOf(of)];
  if (!from || from.folder !== to?.folder || from.room === to.room) return undefined;
  if (to.floor < from.floor && to.floor >= 0) return undefined;
  const where = to.floor === from.floor ? 'beside it' : 'above it';
  return `${file} imports ${of}: the room ${from.room} must not know ${to.room}, which is ${where}.`;
}

/** The circles of files that import each other, each once. */
function circlesOf(imports: readonly Import[]): readonly string[] {
  const edges = new Map<string, string[]>();
  for (const { file, of } of imports) edges.set(file, [...(edges.get(file) ?? []), of]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) circles.push([...way.slice(start), file].join(' → '));
    if (start >= 0 || done.has(file)) return;
    for (const of of edges.get(file) ?? []) visit(of, [...way, file]);
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return circles;
}

describe('the direction of imports', () => {
  const imports = ['src', 'webview'].flatMap(filesIn).flatMap(importsOf);
  const wrong = (fault: (one: Import) => string | undefined) => imports.flatMap((one) => fault(one) ?? []);

  it('is kept between the parts, and the packages that they may use', () => {
    assert.deepEqual(wrong(partFault), []);
  });

  it('is kept between the rooms', () => {
    assert.deepEqual(wrong(roomFault), []);
  });

  it('leaves no file without a room where there are rooms', () => {
    const outside = ['src', 'webview'].flatMap(filesIn).filter((file) => roomOf(file)?.floor === -1);

    assert.deepEqual(outside, []);
  });

  it('leads to the file that declares a name, and to none that hands it on', () => {
    // The bundler makes a file of its own of it.
    const entry = 'src/openai.ts';
    const files = ['src', 'webview'].flatMap(filesIn).filter((file) => file !== entry);

    assert.deepEqual(
      files.filter((file) => REEXPORT.test(readFileSync(file, 'utf8'))),
      [],
    );
  });

  it('goes in no circle of files', () => {
    assert.deepEqual(circlesOf(imports), []);
  });
});
