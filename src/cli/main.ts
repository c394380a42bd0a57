import { readRequest } from './commandLine';
import { earlyAnswer } from './earlyAnswer';

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

/** What is printed before the rest of the program is loaded; what is wrong with a command line is said by the rest. */
function answerEarly(): string | undefined {
  try {
    return earlyAnswer(readRequest(argv), QWEN_AUTH_VERSION);
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
  const early = answerEarly();
  if (early !== undefined) return void process.stdout.write(early);
  const { runInProcess } = await import('./process');
  process.exitCode = await runInProcess(argv, {
    folder,
    version: QWEN_AUTH_VERSION,
    loadOpenAI: () => import('../openai'),
    signal: stopping.signal,
  });
}

void main();
