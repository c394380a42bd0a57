import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { mock } from 'node:test';

const system = process.platform;

/**
 * Lets so many attempts to put a file into the place of another one fail, as Windows does while a program has that one
 * open, and tells of each.
 */
export function refuseRenames(times: number, code = 'EPERM', refused: () => void = () => undefined): void {
  const { rename } = promises;
  let left = times;
  mock.method(promises, 'rename', async (from: string, to: string) => {
    if (left-- <= 0) return await rename(from, to);
    refused();
    throw Object.assign(new Error(`${code}: operation not permitted, rename`), { code });
  });
  syncBuiltinESMExports();
}

/** Lets the system call itself Windows. */
export function claimWindows(): void {
  Object.defineProperty(process, 'platform', { value: 'win32' });
}

/** Undoes both. */
export function restoreRenames(): void {
  mock.restoreAll();
  syncBuiltinESMExports();
  Object.defineProperty(process, 'platform', { value: system });
}
