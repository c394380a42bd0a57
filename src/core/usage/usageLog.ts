import { type Disposable, Emitter, type Event } from '../base/events';
import type { Clock, Files } from '../base/ports';
import { lastDays, localDay, nextMidnight } from './localDay';
import { type EndedRequest, type UsageRecord, usageRecordOf } from './usageRecord';
import { type UsageDay, noteUsage, readDays, removeDays, compactUsage, usageFile } from './usageFiles';

/** What the log needs from outside. */
interface UsageLogPorts {
  readonly clock: Clock;
  readonly files: Pick<Files, 'watch'>;
  /** Where it is kept for all windows. */
  readonly folder: string;
}

/**
 * What was used, on this computer and in all its windows, for as long as it is kept. Nothing of it is sent anywhere.
 */
export class UsageLog implements Disposable {
  readonly #ports: UsageLogPorts;
  readonly #changed = new Emitter<void>();
  /** Records that could not be written to a file. */
  #unnoted: readonly { readonly day: string; readonly use: UsageRecord }[] = [];
  #noting: Promise<unknown> = Promise.resolve();
  #tidied = '';

  /** Fires when something was noted here, or forgotten. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(ports: UsageLogPorts) {
    this.#ports = ports;
  }

  /** Notes a request; in memory where no file takes it. Never throws. */
  async note(request: EndedRequest): Promise<void> {
    const { folder } = this.#ports;
    const noted = { day: localDay(request.at), use: usageRecordOf(request) };
    const noting = noteUsage(folder, noted.day, noted.use).catch(() => {
      this.#unnoted = [...this.#unnoted, noted];
    });
    this.#noting = this.#noting.then(() => noting);
    await noting;
    this.#changed.fire();
    if (this.#tidied === noted.day) return;
    this.#tidied = noted.day;
    await compactUsage(folder, request.at);
  }

  /** All that was noted before, oldest day first. */
  async read(): Promise<readonly UsageDay[]> {
    await this.#noting;
    const days = new Map((await readDays(this.#ports.folder)).map(({ day, records }) => [day, records]));
    for (const { day, use } of this.#unnoted) days.set(day, [...(days.get(day) ?? []), use]);
    return [...days].map(([day, records]) => ({ day, records })).sort((one, other) => (one.day < other.day ? -1 : 1));
  }

  /** Forgets everything, and answers what that was. Throws what the file system throws. */
  async forget(): Promise<readonly UsageDay[]> {
    const forgotten = await this.read();
    await removeDays(this.#ports.folder);
    this.#unnoted = [];
    this.#changed.fire();
    return forgotten;
  }

  /**
   * Calls `changed` whenever any window has noted or forgotten something, and when another day begins, until disposed.
   */
  follow(changed: () => void): Disposable {
    const { clock, files, folder } = this.#ports;
    const over = new AbortController();
    const own = this.onDidChange(changed);
    let watch: Disposable | undefined;
    const followDay = (): void => {
      const now = clock.now();
      const midnight = nextMidnight(now);
      watch?.dispose();
      watch = files.watch(
        [...lastDays(now, 2), localDay(midnight)].map((day) => usageFile(folder, day)),
        changed,
      );
      clock.sleep(midnight - now, over.signal).then(
        () => nextDay(),
        () => undefined,
      );
    };
    const nextDay = (): void => {
      followDay();
      changed();
    };
    followDay();
    return {
      dispose: () => {
        over.abort();
        own.dispose();
        watch?.dispose();
      },
    };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
