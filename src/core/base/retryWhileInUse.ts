import { systemClock } from './clock';
import { platformCode } from './platformCode';

/** What Windows answers while a program has the file open, and also where the file is read-only. */
const IN_USE: ReadonlySet<string> = new Set(['EACCES', 'EBUSY', 'EPERM']);

/** Whatever looks at every change is soon done: other windows, virus scanners, indexers. 5 s in all. */
const WAITS_MS = [10, 20, 40, 80, 160, 320, 640, 1280, 2560] as const;

/**
 * Replaces or removes a file. Windows refuses that while any program has it open: there the work is done again for 5 s,
 * before an error with the code `EBUSY`. Else throws what the work throws.
 */
export async function retryWhileInUse<T>(
  work: () => Promise<T>,
  platform: NodeJS.Platform = process.platform,
  clock = systemClock,
): Promise<T> {
  if (platform !== 'win32') return await work();
  const { signal } = new AbortController();
  for (const wait of [...WAITS_MS, undefined]) {
    try {
      return await work();
    } catch (error) {
      if (!IN_USE.has(platformCode(error))) throw error;
      if (wait !== undefined) await clock.sleep(wait, signal);
    }
  }
  throw Object.assign(new Error('EBUSY: the file stays in use'), { code: 'EBUSY' });
}
