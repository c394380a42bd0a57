import type { StateStore } from '../ports';

/** The model ids that a server, by account or base URL, named when it was last asked; none where it never was. */
export function readDiscovered(state: StateStore, place: string): readonly string[] {
  const ids = state.get(keyOf(place));
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}

/** Keeps the model ids that a server, by account or base URL, named; undefined forgets them. */
export function saveDiscovered(state: StateStore, place: string, ids: readonly string[] | undefined): Promise<void> {
  return state.set(keyOf(place), ids);
}

function keyOf(place: string): string {
  return `models/${place}`;
}
