import { isRecord, parseJson } from '../core/base/json';
import { readHomeFile } from '../core/base/ownedFile';
import type { Files, StateStore } from '../core/base/ports';
import { replacePrivateFile } from '../core/base/privateFile';

/** A state store with a file. */
interface StateFile extends StateStore {
  /** Waits until what was set is in the file, where it can be written. */
  settled(): Promise<void>;
}

/**
 * Opens a state store that keeps the value of one key in a file of the person's own, and all others for this run alone.
 */
export async function openStateFile(files: Files, file: string, kept: string): Promise<StateFile> {
  const read = await readHomeFile(files, file);
  const json = read.kind === 'text' ? parseJson(read.text) : undefined;
  const values = new Map<string, unknown>([[kept, isRecord(json) ? json[kept] : undefined]]);
  let writing = Promise.resolve();
  return {
    get: (key) => values.get(key),
    set: async (key, value) => {
      values.set(key, value);
      if (key !== kept) return;
      const text = `${JSON.stringify({ [kept]: value }, undefined, 2)}\n`;
      const written = writing.then(() => replacePrivateFile(file, text));
      writing = written.catch(() => undefined);
      await written;
    },
    settled: () => writing,
  };
}
