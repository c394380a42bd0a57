import { isRecord, parseJson } from '../core/base/json';
import { readHomeFile } from '../core/base/ownedFile';
import type { Clock, Files, StateStore } from '../core/base/ports';
import { replacePrivateFile } from '../core/base/privateFile';
import { OWN_TERMS, withFileLock } from '../core/credentials/fileLock';

/** What a state store in a file needs from outside. */
export interface StateFilePorts {
  readonly files: Files;
  readonly clock: Clock;
}

/** A state store with a file. */
interface StateFile extends StateStore {
  /** Waits until what was set is in the file, where it can be written. */
  settled(): Promise<void>;
}

/**
 * Opens a state store that keeps the value of one key in a file of the person's own, and all others for this run alone.
 * Runs that change the file at the same time do so one after the other.
 */
export async function openStateFile({ files, clock }: StateFilePorts, file: string, kept: string): Promise<StateFile> {
  const read = async (): Promise<unknown> => {
    const found = await readHomeFile(files, file);
    const json = found.kind === 'text' ? parseJson(found.text) : undefined;
    return isRecord(json) ? json[kept] : undefined;
  };
  const values = new Map<string, unknown>([[kept, await read()]]);
  let writing = Promise.resolve();
  const change = async (key: string, work: (value: unknown) => unknown): Promise<void> => {
    values.set(key, work(values.get(key)));
    if (key !== kept) return;
    const write = async (): Promise<void> => {
      const text = JSON.stringify({ [kept]: work(await read()) }, undefined, 2);
      await replacePrivateFile(file, `${text}\n`);
    };
    const written = writing.then(() => withFileLock(`${file}.lock`, clock, write, OWN_TERMS));
    writing = written.catch(() => undefined);
    await written;
  };
  return {
    get: (key) => values.get(key),
    set: (key, value) => change(key, () => value),
    change,
    settled: () => writing,
  };
}
