import * as l10n from '@vscode/l10n';
import { type Disposable, FileType, RelativePattern, Uri, workspace } from 'vscode';
import {
  findLeaks,
  ignoredMessage,
  ignoreLine,
  type Leak,
  type LeakWarning,
  leakWarnings,
  withIgnoreLine,
} from '../../core/diagnostics/gitLeaks';
import type { Files, Git, StateStore, UserAgent } from '../../core/base/ports';
import type { ConfigurationSource } from '../../core/session/sessionPorts';
import { notify } from '../answers/notifications';

const ADD = l10n.t('Add to .gitignore');
const OPEN_KEY_PAGE = l10n.t('Open key page');
const COPY_COMMAND = l10n.t('Copy command');
const NOT_NOW = l10n.t('Not now');
const REMEMBERED = 'leakGuard.notNow';
const NAMES = ['.qwen/.env', '.env'];
/** A folder with more projects than this has other worries. */
const MOST_FILES = 100;

/** What the guard works with. */
interface LeakGuardParts {
  readonly configuration: ConfigurationSource;
  readonly files: Files;
  readonly git: Git;
  readonly browser: UserAgent;
  /** The memory of this workspace. */
  readonly state: StateStore;
}

/** Warns, once for each file, of keys in a trusted workspace's environment files that git does not ignore. */
export function guardLeaks(parts: LeakGuardParts): Disposable {
  const known = new Set<string>();
  const check = async (): Promise<void> => {
    const leaks = workspace.isTrusted ? await findLeaks(parts, await environmentFiles(parts.configuration)) : [];
    const remembered = readRemembered(parts.state);
    const news = leaks.filter((leak) => !known.has(nameOf(leak)) && !remembered.includes(nameOf(leak)));
    known.clear();
    for (const leak of leaks) known.add(nameOf(leak));
    for (const warning of leakWarnings(news)) void warn(warning, parts);
  };
  void check();
  const watcher = workspace.createFileSystemWatcher('**/.env');
  const subscriptions = [
    watcher,
    watcher.onDidCreate(check),
    watcher.onDidChange(check),
    parts.configuration.onDidChange(() => void check()),
  ];
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** Those of the folders that are open, at any depth, and the one in use, which may be in a folder above. */
async function environmentFiles({ current: { envSearch } }: ConfigurationSource): Promise<readonly string[]> {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const found = await Promise.all(
    folders.map(async (folder) => [
      ...NAMES.map((name) => Uri.joinPath(folder.uri, name)),
      // Where the search fails the usual places are still looked at.
      ...(await workspace.findFiles(new RelativePattern(folder, '**/.env'), '**/node_modules/**', MOST_FILES).then(
        (files) => files,
        () => [],
      )),
    ]),
  );
  const used = envSearch.file && envSearch.file.side !== 'person' ? [envSearch.file.path] : [];
  return [...used, ...found.flat().map(({ fsPath }) => fsPath)];
}

async function warn(warning: LeakWarning, { browser, git, state }: LeakGuardParts): Promise<void> {
  const { keyPage, command, leaks } = warning;
  const rotate = [...(keyPage ? [OPEN_KEY_PAGE] : []), COPY_COMMAND];
  const buttons = warning.state === 'untracked' ? [ADD] : rotate;
  const chosen = await notify('warning', warning.message, ...buttons, NOT_NOW);
  if (chosen === ADD) {
    // What could not be written is seen by what git says then.
    for (const leak of leaks) await addToGitignore(leak).catch(() => undefined);
    const said = await Promise.all(leaks.map(({ file }) => git.stateOf(file)));
    const { kind, message } = ignoredMessage(leaks, said);
    void notify(kind, message);
  }
  if (chosen === OPEN_KEY_PAGE && keyPage) await browser.open(keyPage);
  if (chosen === COPY_COMMAND) await browser.copy(command);
  if (chosen === NOT_NOW) await state.set(REMEMBERED, [...readRemembered(state), ...leaks.map(nameOf)]);
}

async function addToGitignore({ git }: Leak): Promise<void> {
  const file = Uri.joinPath(Uri.file(git.repository), '.gitignore');
  // git follows no such link since 2.32, and one that a project brings may lead to any file of the person's.
  if (await isLink(file)) return;
  const before = await workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    () => '',
  );
  await workspace.fs.writeFile(file, new TextEncoder().encode(withIgnoreLine(before, ignoreLine(git))));
}

async function isLink(file: Uri): Promise<boolean> {
  return await workspace.fs.stat(file).then(
    ({ type }) => (type & FileType.SymbolicLink) !== 0,
    () => false,
  );
}

function nameOf({ file, git }: Leak): string {
  return `${git.state}:${file}`;
}

function readRemembered(state: StateStore): readonly string[] {
  const value = state.get(REMEMBERED);
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
