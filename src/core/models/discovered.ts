import { fingerprint } from '../credentials/fingerprint';
import type { Credential } from '../credentials/resolve';
import { isRecord, numberIn } from '../base/json';
import { Kept } from '../base/kept';
import type { StateStore } from '../base/ports';
import { readServerModel } from './serverModel';
import type { ServerModels } from './serverModels';

const HOUR_MS = 60 * 60_000;
/** How long a list is good before its server is asked again. */
const FRESH_MS = 24 * HOUR_MS;
/** The places that have a list, the one that was kept last at the end; of more than these the first is forgotten. */
const PLACES = 'modelLists';
const MOST_PLACES = 30;

/** What a server named when it was last asked. Times are in milliseconds since the epoch. */
export interface Discovered extends ServerModels {
  /** Undefined where it never answered. */
  readonly askedAt: number | undefined;
  /** When it last failed to answer, if that was after its last answer. */
  readonly failedAt: number | undefined;
}

/** Whose list it is: by account id or base URL, good for one address and one credential. */
interface ListOwner {
  readonly place: string;
  readonly baseUrl: string;
  readonly credential: string;
}

/** Whose list it is that a credential brings from a base URL; of the credential it has what tells it from others. */
export function listOwner(place: string, baseUrl: string, credential: Credential): ListOwner {
  return {
    place,
    baseUrl,
    // Where nothing is kept to be compared with it, it is not made.
    get credential() {
      return fingerprint(credential);
    },
  };
}

const lists = new Kept<object, Discovered>();

/** The list that is kept; undefined where there is none, or another address or credential brought it. */
export function readDiscovered(state: StateStore, owner: ListOwner): Discovered | undefined {
  const kept = state.get(keyOf(owner.place));
  if (!isRecord(kept) || kept['baseUrl'] !== owner.baseUrl || kept['credential'] !== owner.credential) return undefined;
  return lists.of(kept, [], () => readList(kept));
}

function readList(kept: Readonly<Record<string, unknown>>): Discovered {
  const models: readonly unknown[] = Array.isArray(kept['models']) ? kept['models'] : [];
  const leftOut = kept['leftOut'] === 'more' ? 'more' : numberIn(kept, 'leftOut');
  return {
    models: models.flatMap((model) => readServerModel(model) ?? []),
    ...(leftOut !== undefined && { leftOut }),
    askedAt: numberIn(kept, 'askedAt'),
    failedAt: numberIn(kept, 'failedAt'),
  };
}

/** Keeps what a server named. Answers how to bring back what was kept for that place before. */
export async function saveDiscovered(
  state: StateStore,
  owner: ListOwner,
  { models, leftOut }: ServerModels,
  now: number,
): Promise<() => Promise<void>> {
  const { place, ...whose } = owner;
  const before = state.get(keyOf(place));
  await state.set(keyOf(place), { ...whose, askedAt: now, models, ...(leftOut && { leftOut }) });
  await keepPlaces(state, [...placesIn(state).filter((one) => one !== place), place]);
  return () => (before === undefined ? forgetDiscovered(state, place) : state.set(keyOf(place), before));
}

/** Notes that a server did not answer; its last list stays. */
export async function noteFailure(state: StateStore, owner: ListOwner, now: number): Promise<void> {
  const { place, ...whose } = owner;
  const { models = [], leftOut, askedAt } = readDiscovered(state, owner) ?? {};
  const before = { models, ...(leftOut && { leftOut }), ...(askedAt !== undefined && { askedAt }) };
  await state.set(keyOf(place), { ...whose, ...before, failedAt: now });
  if (!placesIn(state).includes(place)) await keepPlaces(state, [...placesIn(state), place]);
}

/** Forgets what a server named. */
export async function forgetDiscovered(state: StateStore, place: string): Promise<void> {
  await state.set(keyOf(place), undefined);
  const others = placesIn(state).filter((one) => one !== place);
  await state.set(PLACES, others.length > 0 ? others : undefined);
}

/** Whether it is time to ask again: after a day, and after an hour where the last time was in vain. */
export function isDue(discovered: Discovered | undefined, now: number): boolean {
  const { askedAt = -Infinity, failedAt = -Infinity } = discovered ?? {};
  return now - askedAt >= FRESH_MS && now - failedAt >= HOUR_MS;
}

function placesIn(state: StateStore): readonly string[] {
  const places = state.get(PLACES);
  return Array.isArray(places) ? places.filter((place) => typeof place === 'string') : [];
}

async function keepPlaces(state: StateStore, places: readonly string[]): Promise<void> {
  for (const place of places.slice(0, -MOST_PLACES)) await state.set(keyOf(place), undefined);
  await state.set(PLACES, places.slice(-MOST_PLACES));
}

function keyOf(place: string): string {
  return `models/${place}`;
}
