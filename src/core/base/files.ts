import * as l10n from '@vscode/l10n';
import { dirname, resolve } from 'node:path';
import { atOnce, besideOtherWork, type FileCalls } from './fileCalls';
import { type Attention, FileWatch } from './fileWatch';
import { FolderWatches } from './folderWatches';
import { writeFile } from './fileWrite';
import { followLinks } from './followLinks';
import { platformCode } from './platformCode';
import type { FileRead, FollowedPath, WritableFiles } from './ports';
import type { Disposable } from './events';
import { systemUsers } from './systemUsers';

/** How large a file may be to be read. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** How often files are looked at beside what the system tells of them. */
const POLL_MS = 5000;
/** A program that somebody has started and waits for. */
const ALWAYS: Attention = { isThere: true, onDidChange: () => ({ dispose: () => undefined }) };

/** A byte order mark of UTF-16, or what UTF-16 without one looks like: every other byte of plain letters is zero. */
const UTF_16 = /^(?:\xff\xfe|\xfe\xff)|(?:[\t\n\r -~]\0){4}|(?:\0[\t\n\r -~]){4}/;

const IN_UTF_16: FileRead = {
  kind: 'broken',
  isRead: true,
  why: l10n.t('is in UTF-16, not in UTF-8'),
  mend: l10n.t('Save it as UTF-8: what > and >> of Windows PowerShell write is UTF-16.'),
};

const TOO_LARGE: FileRead = { kind: 'broken', isRead: true, why: l10n.t('is larger than 1 MiB') };

/** 1Password makes such an `.env`. Each reading would ask the person for permission again. */
const A_PIPE: FileRead = {
  kind: 'broken',
  why: l10n.t('is a named pipe, which is not read here'),
  mend: l10n.t('Set its variables in the shell first: set -a; . ./.env; set +a'),
};

/**
 * The files of this machine. Those under watch are looked at every `pollMs` milliseconds too, while somebody is
 * there to see what became of them.
 */
export class SystemFiles implements WritableFiles {
  readonly write = writeFile;
  readonly #folders = new FolderWatches();
  readonly #pollMs: number;
  readonly #attention: Attention;
  readonly #calls: FileCalls;
  #users: ReturnType<typeof systemUsers> | undefined;

  constructor(pollMs = POLL_MS, attention = ALWAYS, calls = besideOtherWork) {
    this.#pollMs = pollMs;
    this.#attention = attention;
    this.#calls = calls;
  }

  async followLinks(path: string): Promise<FollowedPath> {
    return await followLinks(path, (this.#users ??= systemUsers()), this.#calls);
  }

  async read(path: string): Promise<FileRead> {
    try {
      const named = await this.#calls.lstat(path);
      const entry = named?.isSymbolicLink() ? await this.#calls.stat(path) : named;
      if (!entry) return (await this.#deadLink(path, named ? path : dirname(path))) ?? { kind: 'missing' };
      if (entry.isDirectory()) return { kind: 'folder' };
      if (entry.isFIFO()) return A_PIPE;
      if (!entry.isFile()) return { kind: 'broken', why: l10n.t('is not a regular file') };
      if (entry.size > MAX_FILE_BYTES) return TOO_LARGE;
      return textOf(await this.#calls.readBytes(path, MAX_FILE_BYTES + 1));
    } catch (error) {
      return failure(error);
    }
  }

  watch(paths: readonly string[], changed: () => void): Disposable {
    return new FileWatch(paths, changed, { folders: this.#folders, attention: this.#attention, pollMs: this.#pollMs });
  }

  /** The result for a link that leads nowhere, of the file or of a folder above it; undefined where there is none. */
  async #deadLink(file: string, from: string): Promise<FileRead | undefined> {
    const entry = await this.#calls.lstat(from);
    if (!entry) return dirname(from) === from ? undefined : await this.#deadLink(file, dirname(from));
    // In a folder that is there, the file is simply missing.
    if (!entry.isSymbolicLink() || (await this.#calls.stat(from))) return undefined;
    const target = resolve(dirname(from), await this.#calls.readlink(from));
    const why =
      from === file
        ? l10n.t('is a link to {target}, which does not exist', { target })
        : l10n.t('is not there: {from} is a link to {target}, which does not exist', { from, target });
    return { kind: 'broken', why };
  }
}

/** The files of this machine, for a program that somebody has started and waits for. */
export const systemFiles: WritableFiles = new SystemFiles(POLL_MS, ALWAYS, atOnce);

function textOf(bytes: Buffer): FileRead {
  if (bytes.length > MAX_FILE_BYTES) return TOO_LARGE;
  // Read as UTF-8 it would be a file without any variables.
  if (UTF_16.test(bytes.toString('latin1'))) return IN_UTF_16;
  return { kind: 'text', text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
}

function failure(error: unknown): FileRead {
  const code = platformCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
  if (code === 'EACCES' || code === 'EPERM') return { kind: 'broken', why: l10n.t('may not be read by you') };
  return { kind: 'broken', why: l10n.t('cannot be read ({code})', { code: code || l10n.t('unknown error') }) };
}
