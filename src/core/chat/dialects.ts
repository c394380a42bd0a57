import { createHash } from 'node:crypto';
import { isRecord, numberIn } from '../base/json';
import type { Clock, StateStore } from '../base/ports';
import type { Dialect } from './dialect';

/** What was found out about models, by their keys. */
export interface KnownDialects {
  get(key: string): Dialect | undefined;
  set(key: string, dialect: Dialect): unknown;
}

const STATE = 'dialects';
/** Servers learn: after a day they are asked in the usual way again, which costs one refused request. */
const KEPT_MS = 24 * 60 * 60_000;
/** Of more than these the oldest is forgotten. */
const MOST = 100;

/**
 * What was found out about models, kept for a day beyond the end of the process. Addresses are not to be read from it.
 */
export class Dialects implements KnownDialects {
  readonly #state: StateStore;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(state: StateStore, clock: Pick<Clock, 'now'>) {
    this.#state = state;
    this.#clock = clock;
  }

  get(key: string): Dialect | undefined {
    return readDialect(this.#kept.find(([name]) => name === digest(key))?.[1]);
  }

  /** Keeps a dialect, the time at which it was learned with it; best effort, for it can be learned again. */
  set(key: string, dialect: Dialect): void {
    const name = digest(key);
    const kept = { ...dialect, without: [...dialect.without], at: this.#clock.now() };
    const others = this.#kept.filter(([other]) => other !== name);
    const all = [...others, [name, kept] as const].slice(-MOST);
    void this.#state.set(STATE, Object.fromEntries(all)).catch(() => undefined);
  }

  /** Those that are not too old, the latest at the end. */
  get #kept(): readonly (readonly [name: string, kept: unknown])[] {
    const kept = this.#state.get(STATE);
    const since = this.#clock.now() - KEPT_MS;
    return Object.entries(isRecord(kept) ? kept : {}).filter(([, one]) => (numberIn(one, 'at') ?? 0) > since);
  }
}

function readDialect(kept: unknown): Dialect | undefined {
  if (!isRecord(kept)) return undefined;
  const { without, thoughts } = kept;
  if (!Array.isArray(without) || (thoughts !== 'known' && thoughts !== 'all' && thoughts !== 'none')) return undefined;
  return {
    without: new Set(without.filter((part) => typeof part === 'string')),
    thoughts,
    ...(kept['strictIds'] === true && { strictIds: true }),
    ...(kept['unsigned'] === true && { unsigned: true }),
  };
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}
