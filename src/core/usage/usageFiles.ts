import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makePrivateFolder } from '../base/privateFile';
import { writeFile } from '../base/fileWrite';
import { lastDays } from './localDay';
import { mergeByInitiator, readUsageRecord, type UsageRecord } from './usageRecord';

/** What was used on a day, such as `2026-06-01`. */
export interface UsageDay {
  readonly day: string;
  readonly records: readonly UsageRecord[];
}

/** For how many days usage is kept. */
const KEPT_DAYS = 90;
/** After so many days a day is over in every time zone, and nobody writes to its file any more. */
const SETTLED_DAYS = 3;
const FILE = /^usage-(\d{4}-\d{2}-\d{2})\.log$/;

/**
 * Notes usage in the file of its day. Each line is appended in one write, so that windows do not overwrite each other's
 * lines. Throws what the file system throws.
 */
export async function noteUsage(folder: string, day: string, use: UsageRecord): Promise<void> {
  await makePrivateFolder(folder);
  // The line break before it keeps it apart from a line whose writer was killed.
  await appendFile(usageFile(folder, day), `\n${JSON.stringify(use)}\n`, { mode: 0o600 });
}

/** Everything that was noted, oldest day first; a damaged line is skipped. */
export async function readDays(folder: string): Promise<readonly UsageDay[]> {
  return await Promise.all(
    (await notedDays(folder)).map(async (day) => ({
      day,
      records: readUsageRecords(await readText(usageFile(folder, day))),
    })),
  );
}

/**
 * Removes the days that are too old, and sums up those that have settled, so that the log stays small. Never throws.
 */
export async function compactUsage(folder: string, now: number): Promise<void> {
  const kept = lastDays(now, KEPT_DAYS);
  const [oldest = ''] = kept;
  const settled = kept.at(-SETTLED_DAYS) ?? '';
  for (const day of await notedDays(folder)) {
    const file = usageFile(folder, day);
    if (day < oldest) await rm(file, { force: true }).catch(() => undefined);
    else if (day < settled) await sumUp(file);
  }
}

/** Forgets all that was noted. Throws what the file system throws. */
export async function removeDays(folder: string): Promise<void> {
  for (const day of await notedDays(folder)) await rm(usageFile(folder, day), { force: true });
}

/** The file that the use of a day is noted in. */
export function usageFile(folder: string, day: string): string {
  return path.join(folder, `usage-${day}.log`);
}

/** Another window may do the same; a file that it has changed meanwhile stays as it is. */
async function sumUp(file: string): Promise<void> {
  const before = await readText(file);
  const records = mergeByInitiator(readUsageRecords(before));
  const after = records.map((use) => `${JSON.stringify(use)}\n`).join('');
  if (after !== before) await writeFile(file, after, before);
}

async function notedDays(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => FILE.exec(name)?.[1] ?? []).sort();
}

async function readText(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}

function readUsageRecords(text: string): readonly UsageRecord[] {
  return text.split('\n').flatMap((line) => readUsageRecord(line) ?? []);
}
