import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Disposable, ExtensionContext } from 'vscode';
import type { SettingsReader } from '../core/ports';
import { describeError, type OutputLog } from './log';

const SETTING = 'terminal.path';

/** Keeps `qwen-auth` on the PATH of new terminals for as long as the setting says so. */
export function followTerminalPath(context: ExtensionContext, reader: SettingsReader, log: OutputLog): Disposable {
  const variables = context.environmentVariableCollection;
  // Anew in every window, so that nothing is left behind by an extension that is gone.
  variables.persistent = false;
  variables.description = 'Puts `qwen-auth` on the PATH.';
  const update = async (): Promise<void> => {
    variables.clear();
    if (reader.get(SETTING) !== true) return;
    const folder = path.join(context.globalStorageUri.fsPath, 'bin');
    await writeLaunchers(folder, path.join(context.extensionPath, 'dist', 'cli.js'));
    variables.prepend('PATH', folder + path.delimiter);
  };
  const follow = (): void => void update().catch((error: unknown) => log.error(describeError(error)));
  follow();
  return reader.onDidChange(follow);
}

/** The program that runs this extension runs the command-line program too: Node, or Electron as Node. */
async function writeLaunchers(folder: string, program: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const sh = `#!/bin/sh\nELECTRON_RUN_AS_NODE=1 exec '${quoted(process.execPath)}' '${quoted(program)}' "$@"\n`;
  const cmd = `@set ELECTRON_RUN_AS_NODE=1\r\n@"${process.execPath}" "${program}" %*\r\n`;
  await writeFile(path.join(folder, 'qwen-auth'), sh, { mode: 0o755 });
  await writeFile(path.join(folder, 'qwen-auth.cmd'), cmd);
}

function quoted(text: string): string {
  return text.replaceAll("'", String.raw`'\''`);
}
