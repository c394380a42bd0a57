import type { StateStore } from '../base/ports';
import { isSameModel, type ModelIdentity } from '../providers/model';
import { readIdentity } from './recentModels';

const KEY = 'favouriteModels';

/** The models that the person has marked with a star, in any window, in the order in which they did. */
export class FavouriteModels {
  readonly #state: StateStore;

  constructor(state: StateStore) {
    this.#state = state;
  }

  /** All of them, those included whose models are gone for now. */
  all(): readonly ModelIdentity[] {
    const kept = this.#state.get(KEY);
    return Array.isArray(kept) ? kept.flatMap((one) => readIdentity(one) ?? []) : [];
  }

  /** Marks a model, or takes its mark away. */
  async toggle({ id, baseUrl }: ModelIdentity): Promise<void> {
    const before = this.all();
    const others = before.filter((one) => !isSameModel(one, { id, baseUrl }));
    await this.#state.set(KEY, others.length < before.length ? others : [...before, { id, baseUrl }]);
  }
}
