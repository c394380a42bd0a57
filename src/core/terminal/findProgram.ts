import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';

/** What decides which program a name means. */
interface ProgramPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/**
 * The program of that name on the PATH; undefined where there is none. Folders that are named from where somebody
 * happens to be do not count: a workspace could have brought the program.
 */
export async function findProgram(name: string, { environment, platform }: ProgramPlaces): Promise<string | undefined> {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  const found = environment['PATH'] ?? environment['Path'] ?? '';
  const folders = found.split(paths.delimiter).filter((folder) => paths.isAbsolute(folder));
  const names = platform === 'win32' ? ['.exe', '.cmd', '.bat'].map((ending) => name + ending) : [name];
  for (const file of folders.flatMap((folder) => names.map((own) => paths.join(folder, own)))) {
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
