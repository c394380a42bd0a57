import type { Disposable } from '../base/events';
import { RequestError } from '../base/errors';
import { isRecord, numberIn, stringIn } from '../base/json';
import type { Settings } from '../config/settings';
import { isPlanWindow } from '../base/calendar';
import type { Clock, StateStore } from '../base/ports';
import type { ModelIdentity } from '../providers/model';
import { type FullWindow, fullWindowOf } from './fullWindow';
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

/** The windows that are used up, as refusals have told; each is remembered until it goes on. */
export class FullWindows implements Disposable {
  readonly #ports: FullWindowsPorts;
  #windows: readonly FullWindow[];
  #waiting = new AbortController();

  constructor(ports: FullWindowsPorts) {
    this.#ports = ports;
    this.#windows = readWindows(ports.state.get(FULL_WINDOWS));
    this.#wait();
  }

  /** Those that are used up now. */
  get current(): readonly FullWindow[] {
    const now = this.#ports.clock.now();
    return this.#windows.filter(({ resumesAt }) => resumesAt > now);
  }

  /** Notes how a request to a model has ended: with an error, or, where that is undefined, with an answer. */
  note(model: ModelIdentity, error: unknown): void {
    const { clock, settings } = this.#ports;
    if (error === undefined) return this.#keep((windows) => windows.filter((one) => !isFullFor(one, model)));
    if (!(error instanceof RequestError)) return;
    const plan = planAt(model.baseUrl, settings);
    const full = fullWindowOf(error, model, clock.now(), plan && settings.plan(plan).startDay);
    if (full) this.#keep((windows) => [...windows.filter((other) => !isSame(other, full)), full]);
  }

  dispose(): void {
    this.#waiting.abort();
  }

  #keep(change: (windows: readonly FullWindow[]) => readonly FullWindow[]): void {
    const windows = change(this.current);
    if (windows.length === this.#windows.length && windows.every((full) => this.#windows.includes(full))) return;
    this.#windows = windows;
    const changed = this.#ports.state.change(FULL_WINDOWS, (stored) => {
      const now = this.#ports.clock.now();
      const kept = change(readWindows(stored).filter(({ resumesAt }) => resumesAt > now));
      return kept.length > 0 ? kept : undefined;
    });
    void changed.catch(() => undefined);
    this.#ports.changed();
    this.#wait();
  }

  #goOn(): void {
    this.#ports.changed();
    this.#wait();
  }

  /** Says so when time alone has changed something. */
  #wait(): void {
    this.#waiting.abort();
    const { signal } = (this.#waiting = new AbortController());
    const { clock } = this.#ports;
    const now = clock.now();
    const next = this.current.map(({ resumesAt }) => resumesAt - now);
    if (next.length === 0) return;
    clock.sleep(Math.min(LONGEST_MS, ...next), signal).then(
      () => this.#goOn(),
      () => undefined,
    );
  }
}

/** Whether a window that is used up stands in the way of a model. */
function isFullFor(full: FullWindow, { id, baseUrl }: ModelIdentity): boolean {
  return full.baseUrl === baseUrl && (full.model === undefined || full.model === id);
}

/** The window that stands longest in the way of a model; undefined where none does. */
export function fullWindowFor(windows: readonly FullWindow[], model: ModelIdentity): FullWindow | undefined {
  return windows
    .filter((full) => isFullFor(full, model))
    .reduce<FullWindow | undefined>((one, other) => (one && one.resumesAt > other.resumesAt ? one : other), undefined);
}

function isSame(one: FullWindow, other: FullWindow): boolean {
  return one.baseUrl === other.baseUrl && one.model === other.model && one.window === other.window;
}

/**
 * What an earlier window of the editor, run or version of this program, has stored; what is no such window is left out.
 */
function readWindows(stored: unknown): readonly FullWindow[] {
  return (Array.isArray(stored) ? stored : []).flatMap((one): readonly FullWindow[] => {
    const [baseUrl, model, window] = ['baseUrl', 'model', 'window'].map((name) => stringIn(one, name));
    const resumesAt = numberIn(one, 'resumesAt');
    if (!baseUrl || resumesAt === undefined) return [];
    const isLatest = isRecord(one) && one['isLatest'] === true;
    return [{ baseUrl, ...(model && { model }), ...(isPlanWindow(window) && { window }), resumesAt, isLatest }];
  });
}
