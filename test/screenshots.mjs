// npm run screenshots [-- names… --chinese --pseudo --theme=dark --width=300]: pictures of the panel in every state,
// theme and width, in out/screenshots; index.html there shows them all. A name is a part of a state's:
// `npm run screenshots -- providers`. They are in English, in Chinese, or in a language that is English with accents
// and 40 % longer.
import './node.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { installChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { root } from './root.mjs';

await Promise.all([install('.'), install('test/host')]);
await installChromium();
const { build } = await import('../esbuild.mjs');
await build({ shipped: false, tests: ['panel/screenshots.ts'] });
await import(pathToFileURL(path.join(root, 'out/panel/screenshots.mjs')).href);
