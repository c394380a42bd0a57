// npm run documents: writes the tables of docs/ that come from the manifest and from the catalogue of providers.
import './node.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './install.mjs';
import { root } from './root.mjs';

await install('.');
process.chdir(root);
const { build } = await import('../esbuild.mjs');
await build({ shipped: false, tests: ['unit/repository/writeDocuments.ts'] });
await import(pathToFileURL(path.join(root, 'out/unit/repository/writeDocuments.mjs')).href);
