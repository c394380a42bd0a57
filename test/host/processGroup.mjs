// A program and all that it starts, ended together.
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Group
 * @property {import('node:child_process').ChildProcessWithoutNullStreams} leader the program itself
 * @property {Promise<number | null>} ended its exit code, when it ends; null for a signal
 * @property {() => Promise<void>} end ends every process of the group, at once
 */

/**
 * Starts a program as the leader of a process group, so that what outlives it can be ended with it.
 * The group never outlives this process, not even when a signal ends it; `cleanUp` runs after the group's end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cleanUp?: () => void }} [options]
 * @returns {Group}
 */
export function startGroup(command, args, { env = process.env, cleanUp = () => undefined } = {}) {
  const leader = spawn(command, args, { detached: true, env, stdio: 'pipe' });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => {
    leader.once('exit', resolve);
    leader.once('error', () => resolve(null));
  });
  const kill = () => {
    try {
      if (leader.pid) process.kill(-leader.pid, 'SIGKILL');
    } catch {
      // The whole group has gone already.
    }
    cleanUp();
  };
  process.once('exit', kill);
  exitOnSignals();
  return {
    leader,
    ended,
    end: async () => {
      process.off('exit', kill);
      kill();
      await ended;
      cleanUp();
    },
  };
}

/** Makes signals run the exit hooks, where nobody else has a use for them. */
function exitOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(1));
  }
}
