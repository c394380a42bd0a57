import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemFiles } from '../../src/core/base/files';
import type { Files } from '../../src/core/base/ports';

/** The contents of files by their names below the folder: text, bytes, or what becomes JSON. */
export type Contents = Readonly<Record<string, string | object>>;

/** Real files in a folder of their own. */
export interface TemporaryFolder {
  /** The full path of a name such as `project/.env`. */
  at(name: string): string;
  write(contents: Contents): void;
  /** The files of this machine as far as they are in the folder: nothing above it has a say in a test. */
  readonly files: Files;
  remove(): void;
}

/** Makes a folder with these files in it. */
export function createTemporaryFolder(contents: Contents = {}): TemporaryFolder {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'qwen-auth-files-')));
  const at = (name: string): string => path.join(root, name);
  const write = (more: Contents): void => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      writeFileSync(at(name), isRaw(content) ? content : JSON.stringify(content, null, 2));
    }
  };
  write(contents);
  return {
    at,
    write,
    files: {
      followLinks: (file) => systemFiles.followLinks(file),
      watch: (paths, changed) => systemFiles.watch(paths, changed),
      read: async (file) => (file.startsWith(root + path.sep) ? systemFiles.read(file) : { kind: 'missing' }),
    },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

function isRaw(content: string | object): content is string | Uint8Array {
  return typeof content === 'string' || content instanceof Uint8Array;
}
