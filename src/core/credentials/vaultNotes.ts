import type { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Files } from '../base/ports';
import { idOfKey, openNote, type Note, type Records, sealNote, unseal } from './sealedRecords';

/**
 * What a note beside a lock comes to: `over` is one whose entry was written since, `foreign` one of another vault or
 * time.
 */
type NoteRead =
  | { readonly kind: 'over' | 'foreign' }
  | { readonly kind: 'late'; readonly key: string; readonly value: string };

/** The file of a note. Several people may use the lock in turn; each has a note of their own. */
export function noteBeside(lock: string, key: KeyObject): string {
  return `${lock}.${idOfKey(key)}.late`;
}

/** Notes what is about to be written to that state of a vault, before anything else can happen. Best effort. */
export function writeNote(lock: string, key: KeyObject, vault: string, note: Note): void {
  try {
    writeFileSync(noteBeside(lock, key), sealNote(key, vault, note), { mode: 0o600 });
  } catch {
    // An error here would also occur at the file, and is reported there.
  }
}

/** Removes the note, where there is one. */
export async function removeNote(lock: string, key: KeyObject): Promise<void> {
  await rm(noteBeside(lock, key), { force: true });
}

/** The sealed text of a note that a holder of the lock left who was killed; undefined where there is none. */
export async function noteText(files: Files, lock: string, key: KeyObject): Promise<string | undefined> {
  const read = await files.read(noteBeside(lock, key));
  if (read.kind === 'missing') return undefined;
  return read.kind === 'text' ? read.text : '';
}

/** What a note means for the vault as it is now. */
export function readNote(text: string, key: KeyObject, vault: Records): NoteRead {
  const note = openNote(key, vault.id, text) ?? earlierNote(key, vault, text);
  const since = vault.version - (note?.version ?? Infinity);
  // An old note must not bring back what was deleted since, so one counts only where every write since is known.
  if (!note || since < 0 || since > vault.changed.length) return { kind: 'foreign' };
  const isOver = since > 0 && vault.changed.slice(-since).includes(note.key);
  return isOver ? { kind: 'over' } : { kind: 'late', key: note.key, value: note.value };
}

/** A note of version 0.1, which counts only until this version has written the vault. */
function earlierNote(key: KeyObject, vault: Records, text: string): Note | undefined {
  const entries = vault.id === '' ? unseal(key, text)?.entries : undefined;
  const [name, value] = [entries?.get('key'), entries?.get('value')];
  if (!name || !value || entries?.get('before') !== (vault.entries.get(name) ?? '')) return undefined;
  return { version: vault.version, key: name, value };
}
