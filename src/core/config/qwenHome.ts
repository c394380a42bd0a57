import path from 'node:path';

/** What decides where Qwen Code keeps its own files. */
export interface QwenHomePlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Whether two paths lead to one folder: VS Code writes `c:` on Windows where the system writes `C:`. */
export function isSameFolder(one: string, other: string, paths: Pick<typeof path, 'relative'> = path): boolean {
  return paths.relative(one, other) === '';
}

/** The folder of Qwen Code's own files: `~/.qwen`, or where `QWEN_HOME` puts it; `~` in front is the home folder. */
export function qwenHome({ environment, home }: QwenHomePlaces): string {
  const moved = environment['QWEN_HOME'];
  return moved ? path.resolve(moved.replace(/^~(?=[/\\]|$)/, () => home)) : path.join(home, '.qwen');
}
