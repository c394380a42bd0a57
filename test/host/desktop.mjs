// An installed desktop VS Code.
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';

/**
 * The program of the installed VS Code: the one that VSCODE_EXECUTABLE names, else the one behind `code` on PATH.
 * `code` itself is a script that starts the program and leaves; only the program can be ended with us.
 * @returns {string | undefined}
 */
export function findDesktop() {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const scripts = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => ['code', 'code.cmd'].map((name) => path.join(folder, name)))
    .filter((file) => existsSync(file));
  return scripts
    .map((file) => path.dirname(realpathSync(file)))
    .flatMap((bin) => ['../code', '../Code.exe', '../../../MacOS/Electron'].map((file) => path.resolve(bin, file)))
    .find((file) => existsSync(file));
}
