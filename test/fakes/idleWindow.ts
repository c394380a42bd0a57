import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

import { systemClock } from '../../src/core/base/clock';
import { SystemFiles } from '../../src/core/base/files';
import { FollowedConfiguration } from '../../src/core/config/followedConfiguration';
import { AccessTokens } from '../../src/core/credentials/accessTokens';
import { saveAccount } from '../../src/core/credentials/accountStore';
import { QwenCredentials } from '../../src/core/credentials/qwenCredentials';
import { Vault } from '../../src/core/credentials/vault';
import { Limits } from '../../src/core/limits/limits';
import { oauthAccount } from './accounts';
import { createTemporaryFolder } from './temporaryFolder';

const DAY_MS = 86_400_000;

/** Calls of whoever has asked to count them, and of all that they begin. */
interface CountedCalls {
  /** Timers that were set. */
  readonly timers: number;
  /** Timers that are set and have not fired. */
  readonly waiting: number;
  /** Looks at a file or folder. */
  readonly looks: number;
  dispose(): void;
}

/** Counts what the caller and what they begin do without being asked, until it is disposed. */
export function countCalls(): CountedCalls {
  // Other tests of the same process may have timers of their own.
  const isOurs = new AsyncLocalStorage<true>();
  isOurs.enterWith(true);
  let looks = 0;
  let timers = 0;
  const waiting = new Set<NodeJS.Timeout>();
  const { setTimeout, clearTimeout } = globalThis;
  const { statSync } = fs;
  const { stat, lstat } = fs.promises;
  const counted = <Arguments extends readonly unknown[], Result>(look: (...args: Arguments) => Result) =>
    Object.assign((...args: Arguments): Result => {
      if (isOurs.getStore()) looks += 1;
      return look(...args);
    }, look);
  const set = (work: () => void, ms?: number): NodeJS.Timeout => {
    if (!isOurs.getStore()) return setTimeout(work, ms);
    timers += 1;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      work();
    }, ms);
    waiting.add(timer);
    return timer;
  };
  const clear = (timer: NodeJS.Timeout): void => {
    waiting.delete(timer);
    clearTimeout(timer);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  Object.assign(fs, { statSync: counted(statSync) });
  Object.assign(fs.promises, { stat: counted(stat), lstat: counted(lstat) });
  syncBuiltinESMExports();
  return {
    get timers() {
      return timers;
    },
    get waiting() {
      return waiting.size;
    },
    get looks() {
      return looks;
    },
    dispose: () => {
      isOurs.disable();
      Object.assign(globalThis, { setTimeout, clearTimeout });
      Object.assign(fs, { statSync });
      Object.assign(fs.promises, { stat, lstat });
      syncBuiltinESMExports();
    },
  };
}

/** Opens everything of a window that follows files, with somebody signed in, and waits until all is read. */
export async function openIdleWindow(isThere: boolean): Promise<{ dispose(): void }> {
  const folder = createTemporaryFolder({ 'project/.env': 'OPENAI_API_KEY=sk-0123456789abcdef\n' });
  const files = new SystemFiles(undefined, { isThere, onDidChange: () => ({ dispose: () => undefined }) });
  let key: string | undefined;
  const keychain = { get: async () => key, store: async (text: string) => void (key = text) };
  const vault = new Vault(folder.at('vault'), { files, clock: systemClock, keychain });
  await saveAccount(vault, oauthAccount({}, Date.now() + DAY_MS));
  const tokens = new AccessTokens({ fetch, clock: systemClock, secrets: vault });
  await tokens.fresh('qwen-oauth', undefined, new AbortController().signal);
  const limits = new Limits({ clock: systemClock, fetch, files, folder: folder.at('limits'), isCounted: () => true });
  await limits.load();
  const home = folder.at('home');
  const places = { files, environment: {}, home, folder: folder.at('project'), trusted: true };
  const configuration = new FollowedConfiguration(() => places);
  await configuration.load();
  const shared = new QwenCredentials(folder.at('home/.qwen'), { files, clock: systemClock });
  const watching = shared.onDidChange(() => undefined);
  return {
    dispose: () => {
      for (const part of [watching, configuration, limits, vault]) part.dispose();
      folder.remove();
    },
  };
}
