// Runs inside the extension host: the test files beside this one that TEST_NAMES lists, else all, in mocha.
import Mocha from 'mocha';
import { appendFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';

/** VS Code calls this once; a rejection is a failed run. */
export async function run(): Promise<void> {
  const report = process.env['TEST_REPORT'];
  // The extension host's console does not reach the runner as it was written; a file does.
  if (report) Mocha.reporters.Base.consoleLog = (...line) => appendFileSync(report, `${format(...line)}\n`);

  const reporter = path.resolve(__dirname, '../../test/reporter.cjs');
  const mocha = new Mocha({ reporter, timeout: 60_000 });
  const names = process.env['TEST_NAMES']?.split(',').filter(Boolean) ?? [];
  const isWanted = (file: string): boolean => names.length === 0 || names.includes(path.basename(file, '.test.js'));
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.js') && isWanted(file));
  for (const file of files) mocha.addFile(path.join(__dirname, file));

  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
