// Builds everything that runs: the extension, the SDK it loads on first use, the panel, the command line, and the
// tests.
import * as esbuild from 'esbuild';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { testFiles } from './test/testFiles.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
/** @type {{ version: string, engines: { node: string } }} */
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/**
 * The SDK is a bundle beside the others, wherever in `src` it is loaded.
 * @type {esbuild.Plugin}
 */
const sdkBeside = {
  name: 'sdk-beside',
  setup: (bundle) =>
    bundle.onResolve({ filter: /^\.{1,2}\/openai(?:\.js)?$/ }, () => ({ path: './openai.js', external: true })),
};

/**
 * What the command line starts with does not hold the program itself: an older Node could not parse it.
 * @type {esbuild.Plugin}
 */
const programBeside = {
  name: 'program-beside',
  setup: (bundle) => bundle.onResolve({ filter: /^\.\/main$/ }, () => ({ path: './cliProgram.js', external: true })),
};

/**
 * What a window starts with sets the language, and what it loads then is a file of its own.
 * @type {esbuild.Plugin}
 */
const windowBeside = {
  name: 'window-beside',
  setup: (bundle) =>
    bundle.onResolve({ filter: /^\.\/extension$/ }, () => ({ path: './extensionProgram.js', external: true })),
};

/**
 * The SDK without what is not used: requests are made by its client alone, which only has to find the names of its
 * resources, and of the classes that sign in to other clouds.
 * @type {esbuild.Plugin}
 */
const withoutUnused = {
  name: 'without-unused',
  setup: (bundle) => {
    bundle.onLoad({ filter: /[\\/]openai[\\/]resources[\\/]/ }, async ({ path: file }) => {
      // Some of its files cannot be the first one that is loaded.
      await import('openai');
      /** @type {object} */
      const resources = await import(pathToFileURL(file).href);
      return {
        contents: Object.keys(resources)
          .map((name) => `export class ${name} {}`)
          .join('\n'),
      };
    });
    // What stands before the class decides whether it is wanted.
    bundle.onLoad({ filter: /[\\/]openai[\\/].*workload-identity-auth\.mjs$/ }, ({ path: file }) => {
      const [before = '', name = ''] = readFileSync(file, 'utf8').split(/^export class (\w+) /m);
      return { contents: `${before}export class ${name} {}` };
    });
  },
};

/** What a Node that does nothing has loaded is not worth waiting with. */
const LOADED = new Set(['buffer', 'events', 'fs', 'os', 'path', 'url', 'util'].map((name) => `node:${name}`));

/**
 * Modules of Node are loaded when something of them is used, and not already where a file names them: that takes
 * as long as everything of ours.
 * @type {esbuild.Plugin}
 */
const nodeOnUse = {
  name: 'node-on-use',
  setup(bundle) {
    bundle.onResolve({ filter: /^node:/ }, ({ path: name, namespace }) =>
      namespace === 'node-on-use' || LOADED.has(name) ? { external: true } : { path: name, namespace: 'node-on-use' },
    );
    // esbuild's own code for such an import asks the prototype for what the module itself has not.
    bundle.onLoad({ filter: /./, namespace: 'node-on-use' }, ({ path: name }) => ({
      contents: `let loaded;
        const load = () => (loaded ??= require(${JSON.stringify(name)}));
        const get = (_, key) => key === '__esModule' || (key === 'default' ? load() : load()[key]);
        module.exports = Object.create(new Proxy({}, { get }));`,
    }));
  },
};

/**
 * What one part uses of another, as constants: for an import, esbuild's CommonJS has `(0, part.name)` wherever it is
 * used. The linter forbids exports that change.
 * @param {string} part
 */
const withConstants = (part) =>
  part.replace(
    /(?<=^|;)import\s*\{([^}]*)\}\s*from\s*("\.\/[^"]+")/gm,
    (_, /** @type {string} */ names, /** @type {string} */ file) =>
      `const {${names.replaceAll(' as ', ':')}} = require(${file})`,
  );

/**
 * esbuild shares code among ES modules only, and VS Code loads CommonJS: what was bundled as
 * the one is written as the other.
 * @type {esbuild.Plugin}
 */
const asCommonJs = {
  name: 'as-common-js',
  setup(bundle) {
    const { minify = false, sourcemap = false, target = 'node22' } = bundle.initialOptions;
    bundle.onEnd(({ outputFiles = [] }) => {
      for (const { path: file, text } of outputFiles) {
        const { code } = bundle.esbuild.transformSync(withConstants(text), {
          format: 'cjs',
          // Not `node`, which lists the names of all exports once more for imports by ES modules; there are none.
          platform: 'neutral',
          target,
          minify,
          sourcemap,
          // A part is loaded by `require`, as the rest is.
          supported: { 'dynamic-import': false },
        });
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, code);
      }
    });
  },
};

/**
 * @typedef {object} Parts
 * @property {boolean} [shipped] the extension as it ships; true by default
 * @property {boolean} [sandbox] the local authorization and model server
 * @property {readonly string[]} [tests] test files, as `suite/…/name.test.ts`, with what they run beside
 * @property {boolean} [production] minified and without source maps
 */

/**
 * The esbuild options of every bundle.
 * @param {Parts} parts
 * @returns {esbuild.BuildOptions[]}
 */
export function bundles({ shipped = true, sandbox = false, tests, production = false }) {
  /** @satisfies {esbuild.BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    metafile: true,
    // Without what it would read files of sentences with: they are given to it.
    alias: { '@vscode/l10n': '@vscode/l10n/dist/browser.js' },
    define: {
      QWEN_AUTH_VERSION: JSON.stringify(manifest.version),
      QWEN_AUTH_NODE: JSON.stringify(manifest.engines.node.replace(/^>=/, '')),
    },
  };
  /** @satisfies {esbuild.BuildOptions} */
  const node = { ...common, platform: 'node', format: 'cjs', target: 'node22' };
  /** @satisfies {esbuild.BuildOptions} */
  const browser = {
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome138',
    loader: { '.svg': 'text' },
  };
  // Packages with state or files of their own stay outside of the test bundles.
  const external = [
    'vscode',
    'mocha',
    'playwright-core',
    'esbuild',
    'oidc-provider',
    'openai',
    'cross-spawn',
    'dotenv',
    './test/host/*',
  ];
  /** @satisfies {esbuild.BuildOptions} */
  const test = { ...node, target: 'node20', external };
  // What test files share is loaded once a run: most of the code, and the browser with its pages.
  /** @satisfies {esbuild.BuildOptions} */
  const testModule = { ...test, format: 'esm', splitting: true, outExtension: { '.js': '.mjs' } };

  // What the extension and the command line both need is in files that they share.
  /** @satisfies {esbuild.BuildOptions} */
  const inParts = {
    ...node,
    target: 'node20',
    external: ['vscode'],
    plugins: [sdkBeside, windowBeside, nodeOnUse, asCommonJs],
    format: 'esm',
    splitting: true,
    write: false,
    sourcemap: production ? false : 'inline',
  };
  const cliProgram = 'src/cli/main.ts';
  /** @type {esbuild.BuildOptions} */
  const cliStart = {
    ...node,
    target: 'node6',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [programBeside],
    entryPoints: { cli: 'src/cli/start.ts' },
  };

  // A page that has the panel's library can run our own code again.
  /** @type {esbuild.BuildOptions} */
  const panelInParts = {
    ...browser,
    format: 'esm',
    splitting: true,
    entryPoints: { webview: 'webview/main.ts', toolkit: 'webview/kit/toolkit.ts' },
    outdir: 'out/webview',
  };

  /** @param {string} name */
  const filesOf = (name) => (tests ?? []).filter((file) => file.startsWith(`${name}/`)).map((file) => `test/${file}`);
  /** @param {string} name */
  const suite = (name) => {
    return { ...testModule, entryPoints: filesOf(name), outdir: `out/${name}`, outbase: `test/${name}` };
  };
  const inWorkbench = filesOf('workbench');
  return [
    ...(shipped
      ? [
          {
            ...inParts,
            entryPoints: { extension: 'src/start.ts', extensionProgram: 'src/extension.ts', cliProgram },
            outdir: 'dist',
          },
          { ...cliStart, outdir: 'dist' },
          { ...node, target: 'node20', plugins: [withoutUnused], entryPoints: ['src/openai.ts'], outdir: 'dist' },
          { ...browser, entryPoints: { webview: 'webview/main.ts' }, outdir: 'dist' },
        ]
      : []),
    ...(sandbox || tests ? [{ ...test, entryPoints: ['test/sandbox/main.ts'], outdir: 'out/sandbox' }] : []),
    ...(tests
      ? [
          { ...inParts, entryPoints: { cliProgram }, outdir: 'out/cli' },
          { ...cliStart, outdir: 'out/cli' },
          { ...test, entryPoints: ['src/openai.ts'], outdir: 'out/cli' },
          ...(inWorkbench.length > 0
            ? [
                {
                  ...test,
                  entryPoints: [...inWorkbench, 'test/workbench/index.ts'],
                  outdir: 'out/workbench',
                  outbase: 'test/workbench',
                },
              ]
            : []),
          { ...test, entryPoints: ['test/soak/windowProgram.ts'], outdir: 'out/soak' },
          panelInParts,
          ...['unit', 'faults', 'processes', 'secrets', 'hostile', 'interop', 'panel', 'ui', 'soak', 'bench']
            .filter((name) => filesOf(name).length > 0)
            .map(suite),
        ]
      : []),
  ];
}

/**
 * Builds the parts once, or keeps building them on change.
 * @param {Parts & { watch?: boolean }} [parts]
 * @returns {Promise<esbuild.Metafile>} what went into each file, unless it keeps building
 */
export async function build({ watch = false, ...parts } = {}) {
  // The names of parts change with what is in them.
  for (const folder of [parts.shipped === false ? [] : 'dist', parts.tests ? 'out/cli' : []].flat())
    rmSync(path.join(root, folder), { recursive: true, force: true });
  // The command line finds its sentences in the folder beside its own.
  if (parts.tests) cpSync(path.join(root, 'l10n'), path.join(root, 'out/l10n'), { recursive: true });
  if (watch) {
    for (const bundle of bundles(parts)) await (await esbuild.context(bundle)).watch();
    return { inputs: {}, outputs: {} };
  }
  const results = await Promise.all(bundles(parts).map((bundle) => esbuild.build(bundle)));
  const metafile = results.reduce(
    (all, { metafile: { inputs, outputs } = { inputs: {}, outputs: {} } }) => ({
      inputs: { ...all.inputs, ...inputs },
      outputs: { ...all.outputs, ...outputs },
    }),
    { inputs: {}, outputs: {} },
  );
  if (!parts.production) return metafile;
  writeNotices(Object.keys(metafile.inputs));
  // What is in each file, for esbuild's analyzer and for the test of the package.
  mkdirSync(path.join(root, 'out'), { recursive: true });
  writeFileSync(path.join(root, 'out/metafile.json'), JSON.stringify(metafile));
  return metafile;
}

/**
 * Puts the licence of every package that went into the bundles beside them, as the licences ask for.
 * @param {string[]} inputs
 */
function writeNotices(inputs) {
  const packages = inputs.flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  const notices = [...new Set(packages)].sort().map((name) => {
    const folder = path.join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    // Creative Commons asks for the text or for its address (section 3(a)(1)(C)).
    if (license === 'CC-BY-4.0')
      return `${name} ${version} (${license})\n\nhttps://creativecommons.org/licenses/by/4.0/legalcode\n`;
    const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  writeFileSync(path.join(root, 'dist/ThirdPartyNotices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

/** @param {string} flag */
const has = (flag) => process.argv.includes(flag);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, suite] = process.argv.slice(process.argv.indexOf('--tests'));
  const tests = has('--tests') ? { tests: testFiles([suite ?? ''], suite ?? '') } : {};
  await build({ production: has('--production'), watch: has('--watch'), ...tests });
}
