import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { isRecord, parseJson } from '../../src/core/base/json';

const PACKAGES = path.resolve('test/host/node_modules');
const BUNDLED_NODE = path.join(PACKAGES, `node-${process.platform}-${process.arch}`, 'bin/node');

/** How Qwen Code is started. It needs Node 22. */
export const QWEN: readonly [string, string] = [
  existsSync(BUNDLED_NODE) ? BUNDLED_NODE : process.execPath,
  path.join(PACKAGES, '@qwen-code/qwen-code/cli.js'),
];

/**
 * What keeps it from reaching out of this machine, and makes it begin sooner: it does not start itself a second time for
 * more memory, and Node keeps what it has compiled of it.
 */
export const QUIET = {
  QWEN_USAGE_STATISTICS_ENABLED: 'false',
  QWEN_CODE_NO_RELAUNCH: 'true',
  NODE_COMPILE_CACHE: path.resolve('out/qwen-code-compiled'),
  TERM: 'dumb',
};

/** Qwen Code that works for an editor (Agent Client Protocol). */
export interface QwenCodeProcess {
  /** The result of a request; rejects with what it answers instead, and when it ends before. */
  call(method: string, params: object): Promise<unknown>;
  /** Ends it as an editor does that closes; resolves when it is gone. */
  end(): Promise<void>;
}

/** Starts it in a home folder, with Qwen's authorization server at another origin. */
export function startQwenCode(home: string, folder: string, qwensServer: string): QwenCodeProcess {
  const [node, program] = QWEN;
  const preload = `--require ${path.resolve('test/interop/qwensServer.cjs')}`;
  const env = { ...QUIET, HOME: home, PATH: process.env['PATH'], QWENS_SERVER: qwensServer, NODE_OPTIONS: preload };
  const child: ChildProcessWithoutNullStreams = spawn(node, [program, '--acp'], { cwd: folder, env });
  const ended = once(child, 'close');
  const waiting = new Map<unknown, (answer: Readonly<Record<string, unknown>>) => void>();
  child.stderr.resume();
  createInterface(child.stdout).on('line', (line) => {
    const message = parseJson(line);
    if (isRecord(message)) waiting.get(message['id'])?.(message);
  });
  return {
    call: async (method, params) => {
      const id = waiting.size + 1;
      const answered = new Promise<Readonly<Record<string, unknown>>>((resolve) => waiting.set(id, resolve));
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      const answer = await Promise.race([answered, ended]);
      if (!isRecord(answer) || !('result' in answer)) throw new Error(JSON.stringify(answer));
      return answer['result'];
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
