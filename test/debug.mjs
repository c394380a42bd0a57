// npm run sandbox: builds and starts the sandbox, and writes the settings that lead to it where F5 has VS Code look.
import './node.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from '../esbuild.mjs';
import { settingsText } from './host/settings.mjs';
import { root } from './root.mjs';
import { startSandbox } from './sandbox.mjs';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));

// VS Code's task waits for these two lines.
console.log('Building the sandbox…');
await build({ shipped: false, sandbox: true });
const { settings, origin } = await startSandbox();
const folder = path.join(root, 'out/debug/User');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'settings.json'), settingsText(settings));
console.log(`The sandbox is at ${origin}.`);
