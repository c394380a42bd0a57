import { homedir } from 'node:os';
import { systemClock } from '../core/base/clock';
import { systemFiles } from '../core/base/files';
import { openPage } from './browser';
import { createNetworkFetch } from './networkFetch';
import { runProgram } from './program';
import { runCommand } from './runCommand';
import { ProcessTerminal } from './terminal';

/** The version of the package, put in by the bundler. */
declare const QWEN_AUTH_VERSION: string;

const argv = process.argv.slice(2);
// On Linux this takes the arguments, and a key among them, out of what others see of this process.
process.title = 'qwen-auth';

const stopping = new AbortController();
// The second one ends the process at once.
process.once('SIGINT', () => stopping.abort());
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // EPIPE: nobody reads on, as in `qwen-auth models | head -1`.
  const why = error.code === 'ENOSPC' ? 'no space is left on its device' : error.code;
  if (error.code !== 'EPIPE') process.stderr.write(`Standard output cannot be written: ${why}.\n`);
  process.exit(1);
});
// There is nowhere left to say it.
process.stderr.on('error', () => process.exit(1));

/** The folder that this program runs in; undefined where somebody has removed it meanwhile. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const folder = currentFolder();
  if (folder === undefined) {
    process.stderr.write('The folder that you are in does not exist any more. Go to another one, and try again.\n');
    process.exitCode = 1;
    return;
  }
  process.exitCode = await runProgram(argv, {
    environment: process.env,
    home: homedir(),
    folder,
    version: QWEN_AUTH_VERSION,
    terminal: new ProcessTerminal(process),
    files: systemFiles,
    clock: systemClock,
    fetch: createNetworkFetch(process.env),
    loadOpenAI: () => import('../openai'),
    openPage: (url) => openPage(url, process.env),
    run: runCommand,
    signal: stopping.signal,
  });
}

void main();
