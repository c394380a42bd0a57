import type { RequestFailure } from '../base/errors';
import { type Disposable, Emitter, type Event } from '../base/events';
import { failureOf } from '../base/http';
import { retryAfterSeconds } from '../base/retryAfter';
import type { Clock, Fetch, Files } from '../base/ports';
import { type RateLimit, readRateLimits } from '../base/rateLimitHeaders';
import {
  DAY_MS,
  noteRequest,
  readOlderRequests,
  RecentRequests,
  recentSince,
  requestFile,
  type SentInHour,
  type SentRequest,
} from './requestLog';

/** What requests to a base URL were counted here, and what its server said last. */
export interface LimitStatus {
  /** The time of this status, in milliseconds since the epoch. */
  readonly at: number;
  readonly lastMinute: number;
  readonly lastDay: number;
  /** Those of the server's limits that are not reset yet. */
  readonly said: readonly RateLimit[];
  /** When the server takes requests again, in milliseconds since the epoch. */
  readonly retryAt: number | undefined;
}

/** What counting needs from outside. */
interface LimitsPorts {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly files: Pick<Files, 'watch'>;
  /** Where the count is kept for all windows. */
  readonly folder: string;
  /** Whether requests to a base URL are to be counted. */
  readonly isCounted: (baseUrl: string) => boolean;
}

const MINUTE_MS = 60 * 1000;
/** What requests are counted over. */
const COUNTED_MS = [MINUTE_MS, 5 * 60 * MINUTE_MS, DAY_MS];
/** Failures that keep a request from its server. */
const NEVER_SENT: ReadonlySet<RequestFailure> = new Set(['unknownHost', 'refused', 'untrustedCertificate', 'proxy']);
const CHAT = '/chat/completions';

/**
 * Counts chat requests, and reads what servers say of their limits. A day is the last 24 hours, and a minute the last
 * 60 seconds: servers do not say when their own day begins, and it never has more requests than this.
 */
export class Limits implements Disposable {
  readonly #ports: LimitsPorts;
  readonly #changed = new Emitter<void>();
  readonly #said = new Map<string, Pick<LimitStatus, 'said' | 'retryAt'>>();
  /** Requests that could not be written to a file. */
  readonly #unnoted: SentRequest[] = [];
  readonly #recent: RecentRequests;
  #requests: readonly SentRequest[] = [];
  /** What was sent before those, once somebody wants to know, and as of which day. */
  #older:
    | { readonly before: number; readonly hours: readonly SentInHour[] | undefined; readonly reading: Promise<void> }
    | undefined;
  #watchedFile = '';
  #watch: Disposable | undefined;
  #reading: Promise<readonly SentRequest[]> | undefined;
  #loading: Promise<void> | undefined;
  #noting: Promise<unknown> = Promise.resolve();
  #waiting = new AbortController();

  /** Fires whenever `status` has changed, also when only time has passed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: LimitsPorts) {
    this.#ports = ports;
    this.#recent = new RecentRequests(ports.folder);
  }

  /** Reads what was counted before, and follows what other windows count. */
  load(): Promise<void> {
    const { clock, files, folder } = this.#ports;
    const now = clock.now();
    const today = requestFile(folder, now);
    if (this.#watchedFile !== today) {
      this.#watch?.dispose();
      this.#watchedFile = today;
      this.#watch = files.watch([today, requestFile(folder, now + DAY_MS)], () => void this.load());
    }
    this.#loading = this.#settle(this.#recent.read(now));
    return this.#loading;
  }

  /** Sends requests in the place of the platform's `fetch`, and counts them. */
  readonly fetch: Fetch = async (url, init) => {
    const { clock, fetch, isCounted } = this.#ports;
    const baseUrl = chatBaseUrl(url);
    if (baseUrl === undefined) return await fetch(url, init);
    const request = isCounted(baseUrl) ? { at: clock.now(), baseUrl } : undefined;
    try {
      const response = await fetch(url, init);
      if (request) this.#note(request);
      this.#listen(baseUrl, response);
      return response;
    } catch (error) {
      // Where the server was not reached, it has not counted either.
      if (request && !NEVER_SENT.has(failureOf(error))) this.#note(request);
      throw error;
    }
  };

  /** Reads the days before yesterday too, so that `countSince` knows them at once. */
  async loadOlder(): Promise<void> {
    await this.#olderDays().reading;
  }

  /** Waits until every request that was counted is in its file, where it can be written. */
  async settled(): Promise<void> {
    await this.#noting;
  }

  /** What is known of a base URL now. */
  status(baseUrl: string): LimitStatus {
    const now = this.#ports.clock.now();
    const since = (start: number): number =>
      this.#requests.filter((request) => request.baseUrl === baseUrl && request.at > start).length;
    const { said = [], retryAt = 0 } = this.#said.get(baseUrl) ?? {};
    return {
      at: now,
      lastMinute: since(now - MINUTE_MS),
      lastDay: since(now - DAY_MS),
      said: said.filter(({ resetsAt = Infinity }) => resetsAt > now),
      retryAt: retryAt > now ? retryAt : undefined,
    };
  }

  /**
   * How many requests to a base URL were counted since a time of the last 31 days, at a full hour where that is more
   * than a day ago. Undefined while the days before yesterday are read, which `onDidChange` ends.
   */
  countSince(baseUrl: string, start: number): number | undefined {
    const recentStart = recentSince(this.#ports.clock.now());
    const from = Math.max(start, recentStart);
    const recent = this.#requests.filter((request) => request.baseUrl === baseUrl && request.at >= from).length;
    if (start >= recentStart) return recent;
    const older = this.#olderDays().hours?.filter((hour) => hour.baseUrl === baseUrl && hour.start >= start);
    return older?.reduce((sum, { count }) => sum + count, recent);
  }

  /** When the first of the requests to a base URL since that time, which is at most a day ago, was sent. */
  firstSince(baseUrl: string, start: number): number | undefined {
    return this.#requests.find((request) => request.baseUrl === baseUrl && request.at >= start)?.at;
  }

  dispose(): void {
    this.#waiting.abort();
    this.#watch?.dispose();
    this.#changed.dispose();
  }

  /** The hours of the days before yesterday, which are read once a day. */
  #olderDays() {
    const now = this.#ports.clock.now();
    const before = recentSince(now);
    if (this.#older?.before === before) return this.#older;
    return (this.#older = { before, hours: undefined, reading: this.#readOlder(before, now) });
  }

  async #readOlder(before: number, now: number): Promise<void> {
    const hours = await readOlderRequests(this.#ports.folder, now);
    if (this.#older?.before !== before) return;
    this.#older = { ...this.#older, hours };
    this.#changed.fire();
  }

  async #settle(reading: Promise<readonly SentRequest[]>): Promise<void> {
    this.#reading = reading;
    const requests = await reading;
    // A later reading replaces this one.
    if (reading !== this.#reading) return await this.#loading;
    this.#requests = [...requests, ...this.#unnoted].toSorted((one, other) => one.at - other.at);
    this.#update();
  }

  #note(request: SentRequest): void {
    const noting = noteRequest(this.#ports.folder, request).catch(() => this.#unnoted.push(request));
    this.#noting = this.#noting.then(() => noting);
    void noting.then(() => this.load());
  }

  #listen(baseUrl: string, { status, headers }: Response): void {
    const now = this.#ports.clock.now();
    const said = readRateLimits(headers, now);
    const wait = status === 429 || status === 503 ? retryAfterSeconds(headers) : undefined;
    if (said.length > 0 || wait !== undefined) {
      this.#said.set(baseUrl, { said, retryAt: wait === undefined ? undefined : now + wait * 1000 });
    } else if (!this.#said.delete(baseUrl)) return;
    this.#update();
  }

  /** Says that something changed, and again when time alone will have changed it. */
  #update(): void {
    // Aborted only by `dispose`: every other abort puts a new controller here.
    if (this.#waiting.signal.aborted) return;
    const { clock } = this.#ports;
    this.#changed.fire();
    this.#waiting.abort();
    const { signal } = (this.#waiting = new AbortController());
    const now = clock.now();
    const ends = [
      ...COUNTED_MS.map((length) => length + (this.#requests.find(({ at }) => at + length > now)?.at ?? -Infinity)),
      ...[...this.#said.values()].flatMap(({ said, retryAt }) => [retryAt, ...said.map(({ resetsAt }) => resetsAt)]),
    ].flatMap((end) => (end !== undefined && end > now ? [end - now] : []));
    if (ends.length === 0) return;
    const soonest = ends.reduce((one, other) => Math.min(one, other), DAY_MS);
    clock.sleep(soonest, signal).then(
      () => this.load(),
      () => undefined,
    );
  }
}

function chatBaseUrl(url: string): string | undefined {
  const { origin, pathname, search } = new URL(url);
  return pathname.endsWith(CHAT) ? origin + pathname.slice(0, -CHAT.length) + search : undefined;
}
