import { isRecord, stringIn } from '../base/json';
import type { Clock, StateStore } from '../base/ports';

/**
 * A model that a chat holds on to, by the id that VS Code knows it by; `name` and `place` are as the person saw them.
 */
export interface HeldModel {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

const KEY = 'heldModels';
const MOST_CHATS = 20;
/**
 * VS Code does not say when a chat is deleted.
 * Nobody misses the model of one that was quiet for that long, in milliseconds.
 */
const LONGEST_QUIET = 7 * 24 * 3_600_000;

interface Hold extends HeldModel {
  readonly chat: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The models that the chats of a workspace were answered by last, one for each chat: they stay chosen there after they
 * are gone, and VS Code runs nothing in a chat whose model it does not know.
 */
export class HeldModels {
  readonly #state: StateStore;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(state: StateStore, clock: Pick<Clock, 'now'>) {
    this.#state = state;
    this.#clock = clock;
  }

  /** The models that are held, each once, the latest first. */
  all(): readonly HeldModel[] {
    const models = this.#holds().map(({ id, name, place }) => ({ id, name, place }));
    return [...new Map(models.map((model) => [model.id, model])).values()];
  }

  /** Notes which model a chat asks; undefined for the one in use, which is never gone. */
  hold(chat: string, model: HeldModel | undefined): void {
    const before = this.#holds();
    if (!model && before.every((one) => one.chat !== chat)) return;
    const others = before.filter((one) => one.chat !== chat);
    const own = model ? [{ ...model, chat, at: this.#clock.now() }] : [];
    this.#save([...own, ...others].slice(0, MOST_CHATS));
  }

  #holds(): readonly Hold[] {
    const kept = this.#state.get(KEY);
    const since = this.#clock.now() - LONGEST_QUIET;
    return Array.isArray(kept) ? kept.flatMap((one) => readHold(one) ?? []).filter(({ at }) => at > since) : [];
  }

  #save(holds: readonly Hold[]): void {
    void this.#state.set(KEY, holds.length > 0 ? holds : undefined);
  }
}

function readHold(value: unknown): Hold | undefined {
  const [id, name, place, chat] = ['id', 'name', 'place', 'chat'].map((member) => stringIn(value, member));
  const at = isRecord(value) ? value['at'] : undefined;
  const isWhole = id !== undefined && name !== undefined && place !== undefined && chat !== undefined;
  return isWhole && typeof at === 'number' ? { id, name, place, chat, at } : undefined;
}
