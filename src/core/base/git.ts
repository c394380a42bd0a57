import { execFile } from 'node:child_process';
import path from 'node:path';
import type { Git } from './ports';

const TIME_LIMIT_MS = 5000;
/** A hook of git sets these for its own repository. */
const OTHER_REPOSITORY = new Set(['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX']);

/** The `git` program of this machine. */
export const systemGit: Git = {
  async stateOf(file) {
    const { dir, base } = path.parse(file);
    const top = await git(dir, 'rev-parse', '--show-toplevel', '--show-prefix', '--absolute-git-dir');
    const [repository, prefix, own, ...rest] = top.output.split('\n');
    // A folder may have more than one line in its name.
    if (top.code !== 0 || !repository || prefix === undefined || rest.join() !== '') return undefined;
    // A repository may name any folder above it as its top, into which a .gitignore would be written.
    const there = await git(repository, 'rev-parse', '--absolute-git-dir');
    if (there.output !== `${own}\n`) return undefined;
    const known = { repository: path.normalize(repository), path: `${prefix}${base}` };
    const tracked = await git(dir, 'ls-files', '--error-unmatch', '--', `:(literal)${base}`);
    if (tracked.code === 0) return { ...known, state: 'tracked' };
    const ignored = await git(dir, 'check-ignore', '--quiet', '--', base);
    // 0 is yes, 1 is no, and anything else that git could not tell.
    if (ignored.code !== 0 && ignored.code !== 1) return undefined;
    return { ...known, state: ignored.code === 0 ? 'ignored' : 'untracked' };
  },
};

interface GitAnswer {
  readonly code: number | undefined;
  readonly output: string;
}

/**
 * Whoever has written a repository's configuration may name programs in it: a monitor of its files, and ways to fetch
 * what it lacks, such as ssh. None is started. A project may bring such a repository among its files, as a bare one.
 */
const NO_PROGRAMS = {
  settings: ['core.fsmonitor=false', 'safe.bareRepository=explicit'],
  // Versions of git that do not know the first of them fetch by no protocol.
  variables: { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' },
} as const;

/** Runs git in a folder, without a shell and without any program that the repository names. */
function git(folder: string, ...command: readonly string[]): Promise<GitAnswer> {
  const kept = Object.entries(process.env).filter(([name]) => !OTHER_REPOSITORY.has(name));
  const env = { ...Object.fromEntries(kept), GIT_OPTIONAL_LOCKS: '0', ...NO_PROGRAMS.variables };
  const args = ['-C', folder, ...NO_PROGRAMS.settings.flatMap((setting) => ['-c', setting]), ...command];
  // Where the PATH has relative folders, a program of the project could be started in the place of git.
  const options = { cwd: path.parse(process.execPath).root, env, timeout: TIME_LIMIT_MS, windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile('git', args, options, (error, output) => {
      const code = error ? error.code : 0;
      resolve({ code: typeof code === 'number' ? code : undefined, output });
    });
  });
}
