import { stringIn } from '../base/json';
import type { StateStore } from '../base/ports';
import { isSameModel, type ModelIdentity } from '../providers/model';

const KEY = 'recentModels';
const MOST = 5;

/** The models that were selected last, in any window, the latest first; at most five. */
export function recentModels(state: StateStore): readonly ModelIdentity[] {
  const kept = state.get(KEY);
  return Array.isArray(kept) ? kept.flatMap((one) => readIdentity(one) ?? []).slice(0, MOST) : [];
}

/** Notes that a model was selected. */
export async function noteRecentModel(state: StateStore, { id, baseUrl }: ModelIdentity): Promise<void> {
  const before = recentModels(state);
  const [latest] = before;
  if (latest && isSameModel(latest, { id, baseUrl })) return;
  const others = before.filter((one) => !isSameModel(one, { id, baseUrl }));
  await state.set(KEY, [{ id, baseUrl }, ...others].slice(0, MOST));
}

/** What names a model, as it was kept; undefined for anything else. */
export function readIdentity(value: unknown): ModelIdentity | undefined {
  const id = stringIn(value, 'id');
  const baseUrl = stringIn(value, 'baseUrl');
  return id && baseUrl ? { id, baseUrl } : undefined;
}
