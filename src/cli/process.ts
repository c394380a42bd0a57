import { homedir } from 'node:os';
import { systemClock } from '../core/base/clock';
import { systemFiles } from '../core/base/files';
import { openPage } from './browser';
import { createNetworkFetch } from './networkFetch';
import type { Output } from './output';
import type { CliPorts } from './ports';
import { runProgram } from './program';
import { ProcessTerminal } from './terminal';

/** What only the first file of the program knows. */
interface ProcessParts extends Pick<CliPorts, 'folder' | 'version' | 'loadOpenAI' | 'signal'> {
  readonly stdout: Output;
}

/** Runs a command line in this process, to its exit code. */
export async function runInProcess(argv: readonly string[], { stdout, ...parts }: ProcessParts): Promise<number> {
  return await runProgram(argv, {
    ...parts,
    environment: process.env,
    home: homedir(),
    terminal: new ProcessTerminal(streamsAround(stdout)),
    files: systemFiles,
    clock: systemClock,
    fetch: createNetworkFetch(process.env),
    openPage: (url) => openPage(url, process.env),
    run: async (command, variables) => (await import('./runCommand')).runCommand(command, variables),
  });
}

/**
 * With those streams of this process that most commands do not use: they take a while to load, and are opened on use.
 */
function streamsAround(stdout: Output) {
  let stderr: NodeJS.WriteStream | undefined;
  return {
    stdout,
    get stdin() {
      return process.stdin;
    },
    get stderr() {
      // There is nowhere left to say that it cannot be written.
      return (stderr ??= process.stderr.on('error', () => process.exit(1)));
    },
  };
}
