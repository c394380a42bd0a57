import { type Disposable, window, workspace } from 'vscode';
import { emptyConfiguration, readConfiguration } from '../../core/config/configuration';
import { Emitter } from '../../core/base/events';
import type { Files } from '../../core/base/ports';
import type { ConfigurationSource } from '../../core/session/sessionPorts';
import { networkProblems } from './networkFetch';

/** What the configuration is read from. */
export interface ConfigurationParts {
  readonly files: Files;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The configuration of the folder that is worked in: of the active editor's, else of the first one. */
export interface FollowedConfiguration extends ConfigurationSource, Disposable {
  /** Reads the files anew; to be called once at the start. */
  load(): Promise<void>;
}

/** Follows the files, the active folder and the workspace's trust. */
export function followConfiguration(parts: ConfigurationParts): FollowedConfiguration {
  const changed = new Emitter<void>();
  let current = emptyConfiguration(parts.environment);
  let watched: Disposable | undefined;
  let reading = 0;
  let folder = activeFolder();

  const load = async (): Promise<void> => {
    const turn = ++reading;
    folder = activeFolder();
    const read = await readConfiguration({ ...parts, folder, trusted: workspace.isTrusted });
    // A later reading knows better.
    if (turn !== reading) return;
    current = { ...read, problems: [...read.problems, ...networkProblems()] };
    const before = watched;
    const paths = [...read.envSearch.candidates, ...read.settingsFiles].map(({ path }) => path);
    // The old watch ends after the new one began: so that what changes in between is not missed.
    watched = parts.files.watch(paths, () => void load());
    before?.dispose();
    changed.fire();
  };
  const subscriptions = [
    window.onDidChangeActiveTextEditor(() => {
      if (activeFolder() !== folder) void load();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('http')) void load();
    }),
    workspace.onDidChangeWorkspaceFolders(() => void load()),
    workspace.onDidGrantWorkspaceTrust(() => void load()),
  ];
  return {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    load,
    dispose: () => {
      reading = Number.POSITIVE_INFINITY;
      watched?.dispose();
      for (const subscription of subscriptions) subscription.dispose();
      changed.dispose();
    },
  };
}

/** The folder that is worked in: of the active editor, else the first one. */
export function activeFolder(): string | undefined {
  const active = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const { uri } = active ?? workspace.workspaceFolders?.[0] ?? {};
  return uri?.scheme === 'file' ? uri.fsPath : undefined;
}
