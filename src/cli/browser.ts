import { spawn } from 'node:child_process';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The program that opens a page, and its first arguments; undefined where there is no screen to open it on. */
export function browserCommand(
  platform: NodeJS.Platform,
  environment: Environment,
): readonly [string, ...string[]] | undefined {
  if (environment['CI'] || environment['NO_BROWSER']) return undefined;
  if (platform === 'darwin') return ['open'];
  // The address is one argument and no shell reads it.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment['DISPLAY'] || environment['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
}

/** Opens a page; false where that is not possible. */
export function openPage(url: string, environment: Environment): Promise<boolean> {
  const [program, ...rest] = browserCommand(process.platform, environment) ?? [];
  if (!program) return Promise.resolve(false);
  // Not in the folder that is worked in: Windows looks there first, and others where the PATH has relative folders.
  const options = { cwd: path.parse(process.execPath).root, detached: true, stdio: 'ignore' } as const;
  return new Promise((resolve) => {
    const child = spawn(program, [...rest, url], options);
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
