import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createNetworkFetch } from '../../src/cli/networkFetch';
import { runProgram } from '../../src/cli/program';
import { writeVariables } from '../../src/cli/shells';
import { printable } from '../../src/cli/terminal';
import { systemClock } from '../../src/core/base/clock';
import { systemFiles } from '../../src/core/base/files';
import type { Clock } from '../../src/core/base/ports';
import { type Contents, createTemporaryFolder, type TemporaryFolder } from './temporaryFolder';

/** The version of the package, put in by the bundler. */
declare const QWEN_AUTH_VERSION: string;

/** What a program came to. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs, and what it has printed so far. */
export interface Running {
  readonly ended: Promise<Ended>;
  /** Resolves with the first match in what it prints; rejects when it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** A program in a process of its own. */
interface RunningProcess extends Running {
  readonly child: ChildProcess;
}

/** `qwen-auth` as it is bundled, for a person with a home folder of their own who works in its folder `project`. */
export interface CommandLineProgram {
  readonly folder: TemporaryFolder;
  /** Without a terminal; by the Node of the tests unless another is named. */
  start(args: readonly string[], environment?: Environment, node?: string): RunningProcess;
  run(args: readonly string[], environment?: Environment, node?: string): Promise<Ended>;
  /** In a terminal of its own, where both outputs are one. */
  startInTerminal(args: readonly string[], environment?: Environment): RunningProcess;
  /** The source that the bundle is made of, in this process: for whatever takes no streams or signals of its own. */
  runHere(args: readonly string[], environment?: Environment): Promise<Ended>;
  /** The same with a person at the terminal, who says nothing. */
  startHere(args: readonly string[], environment?: Environment): Running;
  remove(): void;
}

type Environment = Readonly<Record<string, string>>;

/** A fresh home folder with these files in it, such as `home/project/.env`; `bundle` is the program as it is built. */
export function createCommandLineProgram(contents: Contents = {}, bundle = 'out/cli/cli.js'): CommandLineProgram {
  const own = [process.execPath, path.resolve(bundle)] as const;
  const folder = createTemporaryFolder(contents);
  mkdirSync(folder.at('home/project'), { recursive: true });
  const base = { HOME: folder.at('home'), PATH: process.env['PATH'] ?? '' };
  const start = (command: readonly [string, ...string[]], environment: Environment = {}): RunningProcess => {
    const [program, ...args] = command;
    return follow(spawn(program, args, { cwd: folder.at('home/project'), env: { ...base, ...environment } }));
  };
  return {
    folder,
    start: (args, environment, node = process.execPath) => {
      const running = start([node, path.resolve(bundle), ...args], environment);
      running.child.stdin?.end();
      return running;
    },
    run(args, environment, node) {
      return this.start(args, environment, node).ended;
    },
    startInTerminal: (args, environment) => start(inTerminal([...own, ...args]), environment),
    runHere: (args, environment) => runHere(args, { ...base, ...environment }, false).ended,
    startHere: (args, environment) => runHere(args, { ...base, ...environment }, true),
    remove: () => folder.remove(),
  };
}

/** The system's own way to give a program a terminal. */
function inTerminal(command: readonly string[]): [string, ...string[]] {
  if (process.platform === 'darwin') return ['script', '-q', '/dev/null', ...command];
  const quoted = command.map((word) => /'.*'/s.exec(writeVariables('sh', { word }))?.[0] ?? '').join(' ');
  return ['script', '-qefc', quoted, '/dev/null'];
}

function follow(child: ChildProcess): RunningProcess {
  const output = collect();
  child.stdout?.setEncoding('utf8').on('data', output.out);
  child.stderr?.setEncoding('utf8').on('data', output.err);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { child, ...output.until(ended) };
}

/** Short waits are over sooner: servers are not to be asked more often than once a second. */
const HURRIED: Clock = {
  ...systemClock,
  sleep: (ms, signal) => systemClock.sleep(ms <= 1000 ? ms / 5 : ms, signal),
};

function runHere(
  args: readonly string[],
  environment: Environment & { HOME: string },
  isInteractive: boolean,
): Running {
  const output = collect();
  const err = (text: string): void => (isInteractive ? output.out : output.err)(printable(text));
  const code = runProgram(args, {
    environment,
    home: environment.HOME,
    folder: path.join(environment.HOME, 'project'),
    version: QWEN_AUTH_VERSION,
    terminal: {
      isInteractive,
      out: (text) => output.out(printable(text)),
      outExactly: output.out,
      err,
      confirm: () => Promise.reject(new Error('Nobody is asked here.')),
    },
    files: systemFiles,
    clock: HURRIED,
    fetch: createNetworkFetch(environment),
    loadOpenAI: () => import('openai'),
    openPage: () => Promise.reject(new Error('No page is opened here.')),
    run: () => Promise.reject(new Error('No program is run here.')),
    signal: new AbortController().signal,
  });
  return output.until(code);
}

/** Two outputs, for somebody who reads them while they are written. */
function collect() {
  let out = '';
  let err = '';
  const readers = new Set<() => void>();
  const added = (): void => {
    for (const reader of readers) reader();
  };
  return {
    out: (text: string): void => {
      out += text;
      added();
    },
    err: (text: string): void => {
      err += text;
      added();
    },
    until(end: Promise<number | null>): Running {
      const ended = end.then((code) => ({ code, out, err }));
      const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            const found = pattern.exec(out + err);
            if (found) resolve(found);
          };
          readers.add(look);
          look();
          void ended.then(() => reject(new Error(`It ended without ${pattern}: ${out}${err}`)), reject);
        });
      return { ended, printed };
    },
  };
}
