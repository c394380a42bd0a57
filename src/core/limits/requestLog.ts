import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makePrivateFolder } from '../base/privateFile';

/** One request that was sent: when, in milliseconds since the epoch, and to which base URL. */
export interface SentRequest {
  readonly at: number;
  readonly baseUrl: string;
}

/** How long a request is remembered. */
export const DAY_MS = 24 * 60 * 60 * 1000;
const FILE = /^requests-\d{4}-\d{2}-\d{2}\.log$/;

/**
 * Notes a request in the file for its day (UTC). Each line is appended in one write, so that windows do not overwrite
 * each other's lines. Throws what the file system throws.
 */
export async function noteRequest(folder: string, { at, baseUrl }: SentRequest): Promise<void> {
  await makePrivateFolder(folder);
  await appendFile(requestFile(folder, at), `${at} ${baseUrl}\n`, { mode: 0o600 });
}

/** The requests of the 24 hours before `now`, oldest first; files that are older are removed. */
export async function readRequests(folder: string, now: number): Promise<readonly SentRequest[]> {
  const recent = [requestFile(folder, now - DAY_MS), requestFile(folder, now)];
  const files = (await readdir(folder).catch(() => [])).filter((name) => FILE.test(name));
  for (const file of files.map((name) => path.join(folder, name)))
    if (file < (recent[0] ?? '')) await rm(file, { force: true }).catch(() => undefined);
  const texts = await Promise.all(recent.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts
    .flatMap((text) => text.split('\n').flatMap(readLine))
    .filter(({ at }) => at > now - DAY_MS && at <= now)
    .sort((one, other) => one.at - other.at);
}

/** The file that a request of that time is noted in. */
export function requestFile(folder: string, at: number): string {
  return path.join(folder, `requests-${new Date(at).toISOString().slice(0, 10)}.log`);
}

function readLine(line: string): readonly SentRequest[] {
  const [, at, baseUrl] = /^(\d{1,15}) (\S+)$/.exec(line) ?? [];
  return baseUrl === undefined ? [] : [{ at: Number(at), baseUrl }];
}
