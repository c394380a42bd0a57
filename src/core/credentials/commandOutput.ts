import spawn from 'cross-spawn';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { platformCode } from '../base/platformCode';
import type { Clock } from '../base/ports';

const MOST_BYTES = 64 * 1024;

/** What came of a command; `why` is the platform's code. */
export type CommandOutput =
  | { readonly kind: 'ended'; readonly by: number | string; readonly output: string; readonly said: string }
  | { readonly kind: 'notRun'; readonly why: string }
  | { readonly kind: 'tooMuch' }
  | { readonly kind: 'tooLate' }
  | { readonly kind: 'calledOff' };

/**
 * Runs a program that nobody types anything into, and collects what it prints, `said` on standard error: at most 64 KiB
 * each, for so many milliseconds and until the signal aborts. No shell reads the arguments; on Windows a script such as
 * `gcloud.cmd` is a program too. Never throws.
 */
export async function commandOutput(
  [program, ...args]: readonly [string, ...string[]],
  clock: Clock,
  timeout: number,
  signal: AbortSignal,
): Promise<CommandOutput> {
  if (signal.aborted) return { kind: 'calledOff' };
  const over = new AbortController();
  try {
    const child = spawn(program, args, { cwd: folder(), stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const limit = clock.sleep(timeout, AbortSignal.any([signal, over.signal])).then(
      () => ({ kind: 'tooLate' }) as const,
      () => ({ kind: 'calledOff' }) as const,
    );
    const result = await Promise.race([outputOf(child), limit]);
    stop(child);
    return result;
  } catch (error) {
    // Node throws some of these at once, and tells of others later.
    return { kind: 'notRun', why: platformCode(error) };
  } finally {
    over.abort();
  }
}

/** Not the folder that is worked in, which could have brought a program of that name. Users of services have no home. */
function folder(): string {
  return existsSync(homedir()) ? homedir() : path.parse(process.execPath).root;
}

/** Throws why the program could not be started. */
function outputOf(child: ChildProcess): Promise<CommandOutput> {
  return new Promise((resolve, reject) => {
    const tooMuch = (): void => resolve({ kind: 'tooMuch' });
    const output = collect(child.stdout, tooMuch);
    const said = collect(child.stderr, tooMuch);
    child.on('error', reject);
    child.once('close', (code, signal) =>
      resolve({ kind: 'ended', by: code ?? String(signal), output: output(), said: said() }),
    );
  });
}

function collect(stream: Readable | null, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST_BYTES) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}

/** Nobody waits for it any more, even where it goes on, or what it has started does. */
function stop(child: ChildProcess): void {
  child.kill();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
