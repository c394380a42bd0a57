// How large the extension is.
import { statSync } from 'node:fs';

import { measure } from './row';

for (const [row, file, atMost] of [
  ['the packaged extension', 'out/qwen-auth.vsix', 250],
  ['the client that the first request loads', 'dist/openai.js', 105],
] as const) {
  await measure({
    row,
    unit: 'KB',
    rounds: 1,
    ours: { what: file, run: async () => statSync(file).size / 1024 },
    goal: { of: 'figure', atMost },
  });
}
