// npm run package [-- --out FILE]: builds the extension and makes the .vsix. vsce reads every file below its folder,
// tests and their packages too, so it is given a copy without them; .vscodeignore decides what of that ships.
import { createVSIX } from '@vscode/vsce';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './esbuild.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
/** What vsce works on. */
export const stage = path.join(root, 'out/package');
const NOT_STAGED = new Set(['node_modules', 'out', 'src', 'test', 'webview', '.git', '.vscode-test']);

const { values } = parseArgs({ options: { out: { type: 'string' } } });

rmSync(stage, { recursive: true, force: true });
await build({ production: true });
mkdirSync(stage, { recursive: true });
for (const entry of readdirSync(root)) {
  if (!NOT_STAGED.has(entry) && !entry.endsWith('.vsix'))
    cpSync(path.join(root, entry), path.join(stage, entry), { recursive: true });
}
// VS Code shows no picture of a page that is on the disk.
for (const name of ['README.md', 'README.zh-CN.md']) {
  const readme = path.join(stage, name);
  writeFileSync(readme, readFileSync(readme, 'utf8').replace(/^!\[.*\]\(media\/.*\)\n+/gm, ''));
}
await createVSIX({
  cwd: stage,
  packagePath: path.resolve(root, values.out ?? '.'),
  dependencies: false,
  rewriteRelativeLinks: false,
  allowMissingRepository: true,
});
