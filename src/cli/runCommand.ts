import spawn from 'cross-spawn';
import { constants } from 'node:os';
import { ConfigurationError } from '../core/base/errors';

/** What is passed on to the program that runs. The terminal itself sends Ctrl+C and Ctrl+\ to both. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT', 'SIGQUIT'] as const;
const FROM_TERMINAL: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);

/** What shells add to a signal's number. */
const BY_SIGNAL = 128;

/**
 * Runs a program with our streams and these variables added to its environment; on Windows a script that npm has put on the
 * PATH, such as `qwen.cmd`, is one too. Resolves with its exit code, 128 and the signal's number where one ended it, and
 * undefined where there is no such program.
 */
export function runCommand(
  command: readonly [string, ...string[]],
  variables: Readonly<Record<string, string>>,
): Promise<number | undefined> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...variables } });
  const forwarding = FORWARDED.map((signal) => {
    const forward = (): void => {
      if (!process.stdin.isTTY || !FROM_TERMINAL.has(signal)) child.kill(signal);
    };
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return new Promise<number | undefined>((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? BY_SIGNAL + constants.signals[signal ?? 'SIGTERM']));
    child.once('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve(undefined);
      else reject(new ConfigurationError({ part: 'command' }, `${program} cannot be run: ${error.message}.`));
    });
  }).finally(() => {
    for (const stop of forwarding) stop();
  });
}
