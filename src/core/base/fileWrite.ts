import * as l10n from '@vscode/l10n';
import { isUtf8 } from 'node:buffer';
import { lstat, readFile, realpath, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { platformCode } from './platformCode';
import { makePrivateFolder, OWNER_ONLY, writeBeside } from './privateFile';
import { retryWhileInUse } from './retryWhileInUse';
import type { FileWrite } from './ports';

const BYTE_ORDER_MARK = '\uFEFF';
const OWNER_WRITES = 0o200;
const READ_ONLY: FileWrite = { kind: 'broken', why: l10n.t('may not be written by you') };

/** Writes a file as `WritableFiles` promises: into a new file beside it, which then takes its place. */
export async function writeFile(
  file: string,
  text: string,
  before: string | undefined,
  access?: 'ownerOnly',
): Promise<FileWrite> {
  try {
    // A link is followed: the file behind it changes, and the link stays.
    const target = await targetOf(file);
    if (before === undefined) await makePrivateFolder(path.dirname(target));
    const current = await currentText(target);
    if (withoutMark(current) !== before) return { kind: 'changed' };
    const marked = current?.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK + text : text;
    const present = current === undefined ? OWNER_ONLY : (await stat(target)).mode & 0o7777;
    // Replacing it would work in spite of its being read-only.
    if (!(present & OWNER_WRITES)) return READ_ONLY;
    return await writeBeside(target, marked, access ? OWNER_ONLY : present, (temporary) =>
      retryWhileInUse(async () => {
        // Once more, as late as possible: another program may have written meanwhile.
        if ((await currentText(target)) !== current) return { kind: 'changed' };
        await rename(temporary, target);
        return { kind: 'written' };
      }),
    );
  } catch (error) {
    const code = platformCode(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return READ_ONLY;
    if (code === 'EBUSY') return { kind: 'broken', why: l10n.t('cannot be written while another program has it open') };
    return { kind: 'broken', why: l10n.t('cannot be written ({code})', { code: code || l10n.t('unknown error') }) };
  }
}

/** The file behind a link; the path itself where there is none yet. A link to nothing is an error. */
async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (!isMissing(error) || (await lstat(file).catch(() => undefined))) throw error;
    return file;
  }
}

async function currentText(file: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(file);
    // Bytes that are not UTF-8 would be damaged by writing them as text.
    if (!isUtf8(bytes)) throw Object.assign(new Error('not text'), { code: 'not UTF-8' });
    return bytes.toString('utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function withoutMark(text: string | undefined): string | undefined {
  return text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function isMissing(error: unknown): boolean {
  return platformCode(error) === 'ENOENT';
}
