import type { Disposable } from '../base/events';
import { RequestError } from '../base/errors';
import { isRecord, numberIn, stringIn } from '../base/json';
import type { Settings } from '../config/settings';
import { isPlanWindow } from '../base/calendar';
import type { Clock, StateStore } from '../base/ports';
import { fingerprint } from '../credentials/fingerprint';
import { type FullWindow, fullWindowOf, type SignedRequest } from './fullWindow';
import { planAt } from './planQuotas';

/** What remembering needs from outside. */
export interface FullWindowsPorts {
  readonly clock: Clock;
  readonly state: StateStore;
  readonly settings: Pick<Settings, 'plan' | 'endpoint'>;
  /** Called when `current` has become another. */
  readonly changed: () => void;
}

/** The key under which a state store keeps them. */
export const FULL_WINDOWS = 'limits/full';
/** The longest that a timer is set for, in milliseconds. */
const LONGEST_MS = 86_400_000;

/**
 * The windows that are used up, as refusals have told; each is remembered until it goes on. All who share a state store
 * know the same ones.
 */
export class FullWindows implements Disposable {
  readonly #ports: FullWindowsPorts;
  /** What was stored when it was read last, and what it says. */
  #stored: unknown;
  #windows: readonly FullWindow[] = [];
  #waiting = new AbortController();

  constructor(ports: FullWindowsPorts) {
    this.#ports = ports;
    this.#read();
  }

  /** Those that are used up now. */
  get current(): readonly FullWindow[] {
    this.#read();
    return this.#goingOnLater();
  }

  /** Notes how a request has ended: with an error, or, where that is undefined, with an answer. */
  note(request: SignedRequest, error: unknown): void {
    const { clock, settings } = this.#ports;
    if (error === undefined) return this.#keep((windows) => windows.filter((one) => !isFullFor(one, request)));
    if (!(error instanceof RequestError)) return;
    const plan = planAt(request.model.baseUrl, settings);
    const full = fullWindowOf(error, request, clock.now(), plan && settings.plan(plan).startDay);
    if (full) this.#keep((windows) => [...windows.filter((other) => !isSame(other, full)), full]);
  }

  dispose(): void {
    this.#waiting.abort();
  }

  #keep(change: (windows: readonly FullWindow[]) => readonly FullWindow[]): void {
    const before = this.current;
    const windows = change(before);
    if (windows.length === before.length && windows.every((full) => before.includes(full))) return;
    const changed = this.#ports.state.change(FULL_WINDOWS, (stored) => {
      const now = this.#ports.clock.now();
      const kept = change(readWindows(stored).filter(({ resumesAt }) => resumesAt > now));
      return kept.length > 0 ? kept : undefined;
    });
    void changed.catch(() => undefined);
    this.#read();
    this.#ports.changed();
  }

  /** Reads what is stored, where that is something else than before: another window of the editor may have noted it. */
  #read(): void {
    const stored = this.#ports.state.get(FULL_WINDOWS);
    if (stored === this.#stored) return;
    this.#stored = stored;
    this.#windows = readWindows(stored);
    this.#wait();
  }

  #goingOnLater(): readonly FullWindow[] {
    const now = this.#ports.clock.now();
    return this.#windows.filter(({ resumesAt }) => resumesAt > now);
  }

  #goOn(): void {
    this.#ports.changed();
    this.#wait();
  }

  /** Says so when time alone has changed something. */
  #wait(): void {
    // Aborted only by `dispose`: every other abort puts a new controller here.
    if (this.#waiting.signal.aborted) return;
    this.#waiting.abort();
    const { signal } = (this.#waiting = new AbortController());
    const { clock } = this.#ports;
    const now = clock.now();
    const next = this.#goingOnLater().map(({ resumesAt }) => resumesAt - now);
    if (next.length === 0) return;
    clock.sleep(Math.min(LONGEST_MS, ...next), signal).then(
      () => this.#goOn(),
      () => undefined,
    );
  }
}

/** Whether a window that is used up stands in the way of a request. */
function isFullFor(full: FullWindow, { model: { id, baseUrl }, credential }: SignedRequest): boolean {
  const isOfModel = full.baseUrl === baseUrl && (full.model === undefined || full.model === id);
  return isOfModel && full.credential === fingerprint(credential);
}

/** The window that stands longest in the way of a request; undefined where none does. */
export function fullWindowFor(windows: readonly FullWindow[], request: SignedRequest): FullWindow | undefined {
  return windows
    .filter((full) => isFullFor(full, request))
    .reduce<FullWindow | undefined>((one, other) => (one && one.resumesAt > other.resumesAt ? one : other), undefined);
}

function isSame(one: FullWindow, other: FullWindow): boolean {
  const isOfSame = one.baseUrl === other.baseUrl && one.credential === other.credential && one.model === other.model;
  return isOfSame && one.window === other.window;
}

/**
 * What another window of the editor, run or version of this program has stored; what is no such window is left out.
 * So is what does not say whose it is, as of versions that noted no credential: the next refusal tells it again.
 */
function readWindows(stored: unknown): readonly FullWindow[] {
  return (Array.isArray(stored) ? stored : []).flatMap((one): readonly FullWindow[] => {
    const [baseUrl, credential, model, window] = ['baseUrl', 'credential', 'model', 'window'].map((name) =>
      stringIn(one, name),
    );
    const resumesAt = numberIn(one, 'resumesAt');
    if (!baseUrl || !credential || resumesAt === undefined) return [];
    const isLatest = isRecord(one) && one['isLatest'] === true;
    return [
      { baseUrl, credential, ...(model && { model }), ...(isPlanWindow(window) && { window }), resumesAt, isLatest },
    ];
  });
}
