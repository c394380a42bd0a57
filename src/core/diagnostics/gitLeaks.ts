import * as l10n from '@vscode/l10n';
import { plural } from '../../language/numbers';
import { andText, listText } from '../../language/listText';
import { findBaseUrl } from '../config/baseUrl';
import { type EnvFile, readEnvFile } from '../config/envFile';
import { canBeKey } from '../config/keyShape';
import { targetOfKey } from '../plainWords/providerNames';
import { FAMILIES } from '../config/families';
import type { Files, Git, GitFile } from '../base/ports';

/** An environment file with keys, which git would publish with the next commit, or has published already. */
export interface Leak {
  readonly file: string;
  readonly git: GitFile & { readonly state: 'untracked' | 'tracked' };
  /** The variables that hold keys. */
  readonly names: readonly string[];
  /** Where the provider of the first key gives out another one. */
  readonly keyPage: string | undefined;
}

/** What a person reads of leaks of one kind, and which they are. */
export interface LeakWarning {
  readonly state: Leak['git']['state'];
  readonly message: string;
  readonly leaks: readonly Leak[];
  /** What takes the files out of git, and leaves them where they are; empty where git does not have them. */
  readonly command: string;
  readonly keyPage: string | undefined;
}

/** Of these environment files, those with a key that are not kept out of git. What cannot be read is passed over. */
export async function findLeaks(
  ports: { readonly files: Pick<Files, 'read'>; readonly git: Git },
  candidates: readonly string[],
): Promise<readonly Leak[]> {
  const found = await Promise.all(
    [...new Set(candidates)].map(async (file) => {
      const read = await ports.files.read(file);
      const variables = read.kind === 'text' ? readEnvFile(file, 'workspace', read.text) : undefined;
      const names = variables ? keysIn(variables) : [];
      const git = variables && names.length > 0 ? await ports.git.stateOf(file) : undefined;
      const state = git?.state;
      if (!variables || !git || state === undefined || state === 'ignored') return [];
      return [{ file, git: { ...git, state }, names, keyPage: keyPage(variables, names) }];
    }),
  );
  return found.flat();
}

/** One warning for all files that can still be kept out of git, and one for those that are in it. */
export function leakWarnings(leaks: readonly Leak[]): readonly LeakWarning[] {
  return (['untracked', 'tracked'] as const).flatMap((state) => {
    const concerned = leaks.filter(({ git }) => git.state === state);
    if (concerned.length === 0) return [];
    const files = concerned.map(({ git }) => git.path);
    const names = [...new Set(concerned.flatMap((leak) => leak.names))];
    const command = state === 'tracked' ? `git rm --cached -- ${files.map(quoted).join(' ')}` : '';
    const page = concerned.map(({ keyPage: one }) => one).find(Boolean);
    return [{ state, message: sentence(state, files, names, command), leaks: concerned, command, keyPage: page }];
  });
}

/** The line by which a .gitignore in the top folder names exactly this file (gitignore(5), "pattern format"). */
export function ignoreLine({ path }: Pick<GitFile, 'path'>): string {
  return `/${path.replace(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (blanks) => '\\ '.repeat(blanks.length))}`;
}

/** The text of a .gitignore with that line at its end, in its own line endings; unchanged where it has it. */
export function withIgnoreLine(text: string, line: string): string {
  if (text.split(/\r?\n/).includes(line)) return text;
  const eol = /\r\n/.test(text) ? '\r\n' : '\n';
  return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${line}${eol}`;
}

/** What came of the lines in .gitignore: it may be locked, or another one deeper in the repository say the contrary. */
export function ignoredMessage(
  leaks: readonly Leak[],
  said: readonly (GitFile | undefined)[],
): { readonly kind: 'info' | 'warning'; readonly message: string } {
  const pathsOf = (some: readonly Leak[]): string => andText(some.map(({ git }) => git.path));
  const visible = leaks.filter((_, index) => said[index]?.state !== 'ignored');
  if (visible.length === 0)
    return { kind: 'info', message: l10n.t('git ignores {leaks} from now on.', { leaks: pathsOf(leaks) }) };
  const paths = pathsOf(visible);
  const message = l10n.t(
    'git still does not ignore {paths}. ' +
      'See whether .gitignore is a link or cannot be written, and whether another one has a line with "!".',
    { paths },
  );
  return { kind: 'warning', message };
}

function keysIn({ values }: EnvFile): readonly string[] {
  return [...values].flatMap(([name, { value }]) =>
    name.endsWith('_API_KEY') && canBeKey(value.reveal()) ? [name] : [],
  );
}

/** Where the provider of the first key gives out keys. */
function keyPage({ values }: EnvFile, [name = '']: readonly string[]): string | undefined {
  const family = FAMILIES.find(({ key }) => key === name);
  const address = findBaseUrl(values.get(family?.baseUrl ?? '')?.value.reveal() ?? '');
  const target = targetOfKey(values.get(name)?.value.reveal() ?? '', name, address?.baseUrl);
  return target?.region?.consoleUrl ?? target?.provider.regions[0].consoleUrl;
}

function sentence(
  state: 'untracked' | 'tracked',
  files: readonly string[],
  names: readonly string[],
  command: string,
): string {
  const about = { files: andText(files), names: listText(names), command };
  if (state === 'untracked')
    return plural(
      files.length,
      l10n.t('{files} holds a key ({names}), and git does not ignore it: the next commit may publish it.', about),
      l10n.t('{files} hold a key ({names}), and git does not ignore them: the next commit may publish them.', about),
    );
  return plural(
    files.length,
    l10n.t(
      '{files} holds a key ({names}), and git keeps it: whoever gets the repository gets the key. ' +
        'Make a new key at the provider and revoke this one, then run "{command}" and add it to .gitignore. ' +
        'What is in the history stays there.',
      about,
    ),
    l10n.t(
      '{files} hold a key ({names}), and git keeps them: whoever gets the repository gets the key. ' +
        'Make a new key at the provider and revoke this one, then run "{command}" and add them to .gitignore. ' +
        'What is in the history stays there.',
      about,
    ),
  );
}

/**
 * A path for git in a line for any shell, which may be pasted into a terminal. In the place of what one of them may obey
 * stands git's sign for any byte (gitglossary(7), "pathspec").
 */
function quoted(file: string): string {
  if (/^[\w.][\w./-]*$/.test(file)) return file;
  return `"${file.replace(/[^\p{L}\p{M}\p{N}_./ -]/gu, (sign) => '?'.repeat(Buffer.byteLength(sign)))}"`;
}
