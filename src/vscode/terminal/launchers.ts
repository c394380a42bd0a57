import { chmod, rename } from 'node:fs/promises';
import path from 'node:path';
import { makePrivateFolder, writeBeside } from '../../core/base/privateFile';
import { retryWhileInUse } from '../../core/base/retryWhileInUse';

/**
 * Writes `qwen-auth`, for shells and for Windows, into a folder for the PATH. The program that runs this extension runs
 * the command-line `program` too: Node, or Electron as Node. Nobody else may change them, whatever the umask, and
 * whatever was there before. Throws what the file system throws.
 */
export async function writeLaunchers(folder: string, program: string): Promise<void> {
  await makePrivateFolder(folder);
  await chmod(folder, 0o700);
  const sh = `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec '${quoted(process.execPath)}' '${quoted(program)}' "$@"\n`;
  const cmd = `@set ELECTRON_RUN_AS_NODE=1\r\n@"${process.execPath}" "${program}" %*\r\n`;
  await writeLauncher(path.join(folder, 'qwen-auth'), sh, 0o700);
  await writeLauncher(path.join(folder, 'qwen-auth.cmd'), cmd, 0o600);
}

/** In a file of its own: one that was there may be a link, have another name, or be open in somebody's program. */
async function writeLauncher(file: string, text: string, mode: number): Promise<void> {
  await writeBeside(file, text, mode, (temporary) => retryWhileInUse(() => rename(temporary, file)));
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`'\''`);
}
