// Runs the workbench tests that are named, else all, in a real extension host: in our server and a browser, or with
// --desktop in desktop VS Code: the one that VSCODE_EXECUTABLE names, else the version that VSCODE_VERSION names, which
// @vscode/test-electron downloads; the stable one unless given.
import { runTests } from '@vscode/test-electron';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withoutPerson } from './host/isolation.mjs';
import { root } from './root.mjs';

const temporary = mkdtempSync(path.join(tmpdir(), 'qwen-auth-tests-'));
const report = path.join(temporary, 'report.txt');
writeFileSync(report, '');

const {
  values: { desktop },
  positionals: names,
} = parseArgs({ allowPositionals: true, options: { desktop: { type: 'boolean', default: false } } });
const executable = desktop ? process.env.VSCODE_EXECUTABLE : path.join(root, 'test/host/vscode.mjs');
// Our launcher does these for the server, and needs the home folder to find a browser.
if (desktop) {
  process.env = withoutPerson(temporary);
  cpSync(path.join(root, 'test/consumer'), path.join(temporary, 'extensions/consumer'), { recursive: true });
}
try {
  await runTests({
    ...(executable ? { vscodeExecutablePath: executable } : {}),
    ...(desktop && process.env.VSCODE_VERSION ? { version: process.env.VSCODE_VERSION } : {}),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out/workbench/index.js'),
    extensionTestsEnv: { TEST_REPORT: report, TEST_NAMES: names.join() },
    launchArgs: [
      '--user-data-dir',
      path.join(temporary, 'data'),
      '--extensions-dir',
      path.join(temporary, 'extensions'),
    ],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  console.log(readFileSync(report, 'utf8'));
  rmSync(temporary, { recursive: true, force: true });
}
