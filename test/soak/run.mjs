// The long runs that are not part of `npm test`.
//   npm run test:kill [-- --kills 200]             windows killed at random points of sign-in and refresh
//   npm run test:transcripts                       recorded answers of models, cut in two at every byte
//   npm run test:streams [-- --seconds 60]         100 answers at once through the gateway
//   npm run soak [-- --seconds 120] [-- --shared]  windows and command lines that refresh against short lives; shared:
//                                                  all of them one sign-in, that of Qwen Code
import '../node.mjs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installChromium } from '../chromium.mjs';
import { install } from '../install.mjs';
import { packageExtension } from '../package.mjs';
import { root } from '../root.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '200' },
    seconds: { type: 'string' },
    shared: { type: 'boolean', default: false },
  },
});
const [run = ''] = positionals;
await Promise.all([install('.'), run === 'soak' ? install('test/host') : undefined]);
if (run === 'soak') {
  await installChromium();
  const packaged = await packageExtension();
  if (!packaged.ok) throw new Error(packaged.output);
}
const { build } = await import('../../esbuild.mjs');
await build({ shipped: false, tests: [`soak/${run}.test.ts`] });
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const { status } = spawnSync(process.execPath, [mocha, '--timeout', '0', `out/soak/${run}.test.mjs`], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    SOAK_KILLS: values.kills,
    ...(values.seconds && { SOAK_SECONDS: values.seconds }),
    ...(values.shared && { SOAK_SHARED: '1' }),
  },
});
process.exitCode = status ?? 1;
