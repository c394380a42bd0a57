import { isRecord, numberIn, parseJson, stringIn } from '../base/json';
import type { Account } from './account';
import { readRecord, RECORD_PREFIX } from './accountStore';

/** What the key of a record in the trash begins with; its name follows. */
export const TRASH_PREFIX = 'trash/';

/** What is stored of an account in the trash, as JSON. */
export interface TrashRecord {
  /** The account's id. */
  readonly id: string;
  /** When it is destroyed, in milliseconds since the epoch. */
  readonly until: number;
  /** The entries of the store as they were. */
  readonly entries: readonly (readonly [key: string, text: string])[];
}

/** The record of a text; undefined where it is not one, or is missing. */
export function readTrashRecord(text: string | undefined): TrashRecord | undefined {
  const json = parseJson(text ?? '');
  const id = stringIn(json, 'id');
  const until = numberIn(json, 'until');
  if (!isRecord(json) || id === undefined || until === undefined) return undefined;
  const stored: readonly unknown[] = Array.isArray(json['entries']) ? json['entries'] : [];
  return { id, until, entries: stored.flatMap(readEntry) };
}

/** The account of a record; undefined where it cannot be read. */
export function accountOf({ id, entries }: TrashRecord): Account | undefined {
  return readRecord(id, new Map(entries).get(RECORD_PREFIX + id) ?? '');
}

function readEntry(entry: unknown): readonly (readonly [key: string, text: string])[] {
  const [key, text]: readonly unknown[] = Array.isArray(entry) ? entry : [];
  return typeof key === 'string' && typeof text === 'string' ? [[key, text]] : [];
}
