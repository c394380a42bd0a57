import * as l10n from '@vscode/l10n';
import spawn from 'cross-spawn';
import type { ChildProcess } from 'node:child_process';
import { accessSync } from 'node:fs';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { platformCode } from '../core/base/platformCode';
import type { RunOutcome } from './ports';

/** What is passed on to the program that runs. The terminal itself sends Ctrl+C and Ctrl+\ to both. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGUSR2', 'SIGINT', 'SIGQUIT'] as const;
const FROM_TERMINAL: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);
/** Input, output and errors: one of them is a terminal still where the others are pipes or files. */
const DESCRIPTORS = [0, 1, 2];

/** What shells add to a signal's number. */
const BY_SIGNAL = 128;

/** Also where the way to that program leads through a file. */
const NO_INTERPRETER = l10n.t('the program that its first line names is missing');

/** Why a program cannot be executed, by the system's code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: l10n.t('it may not be executed, or is a folder'),
  EPERM: l10n.t('the system does not allow it'),
  ENOEXEC: l10n.t('it is no program for this system'),
  E2BIG: l10n.t('its arguments are too long'),
  ETXTBSY: l10n.t('it is being written'),
  ELOOP: l10n.t('its links lead in a circle'),
  ENOENT: NO_INTERPRETER,
  ENOTDIR: NO_INTERPRETER,
};

/**
 * Runs a program with our streams and these variables added to its environment, those that are undefined taken out; on
 * Windows a script that npm has put on the PATH, such as `qwen.cmd`, is one too. A program that a signal ended counts
 * as ended with 128 and the signal's number.
 */
export async function runCommand(
  command: readonly [string, ...string[]],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<RunOutcome> {
  const [program, ...args] = command;
  if (program === '') return { kind: 'missing' };
  try {
    return await outcomeOf(spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...variables } }));
  } catch (error) {
    // Node throws some of these at once, and tells of others later.
    const code = platformCode(error);
    return isMissing(program, code) ? { kind: 'missing' } : { kind: 'notExecutable', why: REASONS[code] ?? code };
  }
}

/** Throws why the program could not be started. */
async function outcomeOf(child: ChildProcess): Promise<RunOutcome> {
  const forwarding = FORWARDED.map((signal) => {
    const forward = (): void => {
      if (!FROM_TERMINAL.has(signal) || !DESCRIPTORS.some(isatty)) child.kill(signal);
    };
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return await new Promise<RunOutcome>((resolve, reject) => {
    child.once('exit', (code, signal) =>
      resolve({ kind: 'ended', code: code ?? BY_SIGNAL + constants.signals[signal ?? 'SIGTERM'] }),
    );
    child.once('error', reject);
  }).finally(() => {
    for (const stop of forwarding) stop();
  });
}

function isMissing(program: string, code: string): boolean {
  // A name alone was looked for on the PATH.
  return (code === 'ENOENT' || code === 'ENOTDIR') && !(/[\\/]/.test(program) && exists(program));
}

function exists(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch {
    return false;
  }
}
