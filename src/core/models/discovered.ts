import type { StateStore } from '../ports';

/** The model ids that an account's server named when it was last asked; none where it never was. */
export function readDiscovered(state: StateStore, account: string): readonly string[] {
  const ids = state.get(keyOf(account));
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** Keeps the model ids that an account's server named; undefined forgets them. */
export function saveDiscovered(state: StateStore, account: string, ids: readonly string[] | undefined): Promise<void> {
  return state.set(keyOf(account), ids);
}

function keyOf(account: string): string {
  return `models/${account}`;
}
