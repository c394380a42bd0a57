import { appendFile, open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { makePrivateFolder } from '../base/privateFile';

/** One request that was sent: when, in milliseconds since the epoch, and to which base URL. */
export interface SentRequest {
  readonly at: number;
  readonly baseUrl: string;
}

/**
 * The folder in which every program of ours on this computer notes its requests, in the one of Qwen Code's own files.
 */
export function limitsFolder(qwenFolder: string): string {
  return path.join(qwenFolder, 'qwen-auth', 'limits');
}

/** How many requests went to a base URL in an hour, which begins at that time. */
export interface SentInHour {
  readonly start: number;
  readonly baseUrl: string;
  readonly count: number;
}

const HOUR_MS = 60 * 60 * 1000;
/** The last of these are the requests of which each is known. */
export const DAY_MS = 24 * HOUR_MS;
/** How long a request is remembered: the longest month of a plan, in any time zone. */
const KEPT_MS = 32 * DAY_MS;
const NEW_LINE = 0x0a;
const FILE = /^requests-\d{4}-\d{2}-\d{2}\.log$/;

/**
 * Notes a request in the file for its day (UTC). Each line is appended in one write, so that windows and terminals do
 * not overwrite each other's lines. Throws what the file system throws.
 */
export async function noteRequest(folder: string, { at, baseUrl }: SentRequest): Promise<void> {
  await makePrivateFolder(folder);
  await appendFile(requestFile(folder, at), `${at} ${baseUrl}\n`, { mode: 0o600 });
}

/** How much of a file was read, and what stands there. */
interface ReadPart {
  /** Tells it from another file of the same name. */
  readonly file: number;
  /** In bytes, to the end of the last whole line. */
  readonly length: number;
  readonly requests: readonly SentRequest[];
}

const NOTHING: Omit<ReadPart, 'file'> = { length: 0, requests: [] };

/** The requests of today and yesterday (UTC). Each line of their files is read once. */
export class RecentRequests {
  readonly #folder: string;
  readonly #read = new Map<string, ReadPart>();
  #today = '';

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Those that are there now, oldest first. The first call of a day removes files that are older than any month. */
  async read(now: number): Promise<readonly SentRequest[]> {
    const [yesterday, today] = [requestFile(this.#folder, now - DAY_MS), requestFile(this.#folder, now)];
    if (this.#today !== today) {
      this.#today = today;
      this.#read.clear();
      await removeOld(this.#folder, now);
    }
    const read = await Promise.all([yesterday, today].map((file) => this.#readOn(file)));
    return read
      .flat()
      .filter(({ at }) => at <= now)
      .sort((one, other) => one.at - other.at);
  }

  async #readOn(file: string): Promise<readonly SentRequest[]> {
    const part = await readPart(file, this.#read.get(file)).catch(() => undefined);
    if (part) this.#read.set(file, part);
    else this.#read.delete(file);
    return part?.requests ?? [];
  }
}

/** Reads on behind what was read before; from its beginning where it is another file, or a shorter one. */
async function readPart(name: string, before: ReadPart | undefined): Promise<ReadPart> {
  const handle = await open(name);
  try {
    const { ino: file, size } = await handle.stat();
    const { length, requests } = before?.file === file && before.length <= size ? before : NOTHING;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - length), 0, size - length, length);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(NEW_LINE) + 1;
    const lines = buffer.toString('utf8', 0, end).split('\n');
    return { file, length: length + end, requests: [...requests, ...lines.flatMap(readLine)] };
  } finally {
    await handle.close();
  }
}

async function removeOld(folder: string, now: number): Promise<void> {
  const oldest = requestFile(folder, now - KEPT_MS);
  for (const file of await filesIn(folder)) if (file < oldest) await rm(file, { force: true }).catch(() => undefined);
}

/**
 * The requests of the days before yesterday (UTC), by the hour. These days are over: nobody
 * writes to their files any more.
 */
export async function readOlderRequests(folder: string, now: number): Promise<readonly SentInHour[]> {
  const [oldest, yesterday] = [requestFile(folder, now - KEPT_MS), requestFile(folder, now - DAY_MS)];
  const hours = new Map<string, SentInHour>();
  for (const file of (await filesIn(folder)).filter((one) => one >= oldest && one < yesterday)) {
    for (const { at, baseUrl } of await readFileOf(file)) {
      const start = at - (at % HOUR_MS);
      const count = (hours.get(`${start} ${baseUrl}`)?.count ?? 0) + 1;
      hours.set(`${start} ${baseUrl}`, { start, baseUrl, count });
    }
  }
  return [...hours.values()];
}

/** When the oldest day begins of which each request is known. */
export function recentSince(now: number): number {
  return now - (now % DAY_MS) - DAY_MS;
}

/** The file that a request of that time is noted in. */
export function requestFile(folder: string, at: number): string {
  return path.join(folder, `requests-${new Date(at).toISOString().slice(0, 10)}.log`);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => FILE.test(name)).map((name) => path.join(folder, name));
}

async function readFileOf(file: string): Promise<readonly SentRequest[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').flatMap(readLine);
}

function readLine(line: string): readonly SentRequest[] {
  const [, at, baseUrl] = /^(\d{1,15}) (\S+)$/.exec(line) ?? [];
  return baseUrl === undefined ? [] : [{ at: Number(at), baseUrl }];
}
