import { homedir } from 'node:os';
import { systemClock } from '../core/base/clock';
import { systemFiles } from '../core/base/files';
import { openPage } from './browser';
import { createNetworkFetch } from './networkFetch';
import { runProgram } from './program';
import { runCommand } from './runCommand';
import { ProcessTerminal } from './terminal';
import type { CliPorts } from './ports';

/** What only the first file of the program knows. */
export type ProcessParts = Pick<CliPorts, 'folder' | 'version' | 'loadOpenAI' | 'signal'>;

/** Runs a command line in this process, to its exit code. */
export async function runInProcess(argv: readonly string[], parts: ProcessParts): Promise<number> {
  return await runProgram(argv, {
    ...parts,
    environment: process.env,
    home: homedir(),
    terminal: new ProcessTerminal(process),
    files: systemFiles,
    clock: systemClock,
    fetch: createNetworkFetch(process.env),
    openPage: (url) => openPage(url, process.env),
    run: runCommand,
  });
}
