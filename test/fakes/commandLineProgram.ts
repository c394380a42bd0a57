import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { writeVariables } from '../../src/cli/shells';
import { type Contents, createTemporaryFolder, type TemporaryFolder } from './temporaryFolder';

/** What a program came to. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs, and what it has printed so far. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the first match in what it prints; rejects when it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
}

/** `qwen-auth` as it is bundled, for a person with a home folder of their own who works in its folder `project`. */
export interface CommandLineProgram {
  readonly folder: TemporaryFolder;
  /** Without a terminal; by the Node of the tests unless another is named. */
  start(args: readonly string[], environment?: Environment, node?: string): Running;
  run(args: readonly string[], environment?: Environment, node?: string): Promise<Ended>;
  /** In a terminal of its own, where both outputs are one. */
  startInTerminal(args: readonly string[], environment?: Environment): Running;
  remove(): void;
}

type Environment = Readonly<Record<string, string>>;

/** A fresh home folder with these files in it, such as `home/project/.env`; `bundle` is the program as it is built. */
export function createCommandLineProgram(contents: Contents = {}, bundle = 'out/cli/cli.js'): CommandLineProgram {
  const own = [process.execPath, path.resolve(bundle)] as const;
  const folder = createTemporaryFolder(contents);
  mkdirSync(folder.at('home/project'), { recursive: true });
  const base = { HOME: folder.at('home'), PATH: process.env['PATH'] ?? '' };
  const start = (command: readonly [string, ...string[]], environment: Environment = {}): Running => {
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
    remove: () => folder.remove(),
  };
}

/** The system's own way to give a program a terminal. */
function inTerminal(command: readonly string[]): [string, ...string[]] {
  if (process.platform === 'darwin') return ['script', '-q', '/dev/null', ...command];
  const quoted = command.map((word) => /'.*'/s.exec(writeVariables('sh', { word }))?.[0] ?? '').join(' ');
  return ['script', '-qefc', quoted, '/dev/null'];
}

function follow(child: ChildProcess): Running {
  let out = '';
  let err = '';
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(out + err);
        if (found) resolve(found);
      };
      child.stdout?.on('data', look);
      child.stderr?.on('data', look);
      look();
      void ended.then(() => reject(new Error(`It ended without ${pattern}: ${out}${err}`)));
    });
  return { child, ended, printed };
}
