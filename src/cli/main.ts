import * as l10n from '@vscode/l10n';
import { mkdirSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { earlyAnswer } from './earlyAnswer';
import { setLanguage } from './language';
import { Output } from './output';

/** The version of the package, put in by the bundler. */
declare const QWEN_AUTH_VERSION: string;

const argv = process.argv.slice(2);
// On Linux this takes the arguments, and a key among them, out of what others see of this process.
process.title = 'qwen-auth';

const stdout = new Output(1, () => process.stdout.on('error', endWithOutput));
// What has sentences in it is loaded after this.
setLanguage(process.env);
void main();

async function main(): Promise<void> {
  const early = await earlyAnswer(argv, QWEN_AUTH_VERSION);
  if (early !== undefined) {
    stdout.write(early);
    return;
  }
  const stopping = new AbortController();
  // The second one ends the process at once.
  process.once('SIGINT', () => stopping.abort());
  const folder = currentFolder();
  if (folder === undefined) {
    process.stderr.write(
      `${l10n.t('The folder that you are in does not exist any more. Go to another one, and try again.')}\n`,
    );
    process.exitCode = 1;
    return;
  }
  keepCompiled();
  const { runInProcess } = await import('./process');
  process.exitCode = await runInProcess(argv, {
    folder,
    version: QWEN_AUTH_VERSION,
    loadOpenAI: () => import('../openai'),
    signal: stopping.signal,
    stdout,
  });
}

/**
 * Keeps what Node makes of the program's code for the next time, beside the code: whoever can change the one
 * can change the other, and both go together. Node before 22.1 cannot, and where the folder cannot be
 * written it is done anew each time.
 */
function keepCompiled(): void {
  if (!('enableCompileCache' in module)) return;
  const folder = path.join(__dirname, '.compiled');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    module.enableCompileCache(folder);
  } catch {
    // It cannot be written.
  }
}

function endWithOutput({ code }: NodeJS.ErrnoException): void {
  // EPIPE: nobody reads on, as in `qwen-auth models | head -1`.
  const why = code === 'ENOSPC' ? l10n.t('no space is left on its device') : `${code}`;
  if (code !== 'EPIPE') process.stderr.write(`${l10n.t('Standard output cannot be written: {0}.', why)}\n`);
  process.exit(1);
}

/** The folder that this program runs in; undefined where somebody has removed it meanwhile. */
function currentFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
