import path from 'node:path';
import {
  type Disposable,
  env,
  type EnvironmentVariableCollection,
  EventEmitter,
  type ExtensionContext,
  window,
  workspace,
} from 'vscode';
import { ConfigurationError } from '../../core/base/errors';
import type { Clock, SettingsReader } from '../../core/base/ports';
import type { OpenFolder } from '../../core/config/openFolders';
import type { FolderConfiguration, WorkspaceConfiguration } from '../../core/config/workspaceConfiguration';
import type { Session } from '../../core/session/session';
import type { Snapshot } from '../../core/session/snapshot';
import {
  accessInUse,
  isQwenCodes,
  type TerminalVariables,
  terminalVariables,
} from '../../core/terminal/terminalVariables';
import { keyWouldBeLogged } from '../../core/views/logLevel';
import { type TerminalView, terminalView } from '../../core/views/terminalView';
import { describeError, type OutputLog } from '../platform/log';
import { findWorkspaceFolder } from '../platform/workspaceFolders';
import { fillCollection } from './environmentCollection';
import { writeLaunchers } from './launchers';
import { isEnvironmentLogged } from './logLevel';

/** What a terminal's environment is made from. */
export interface TerminalParts {
  readonly session: Session;
  readonly configuration: WorkspaceConfiguration;
  readonly reader: SettingsReader;
  readonly clock: Clock;
  readonly log: OutputLog;
}

/** What the terminals of one folder get, or why they get nothing. */
interface FolderTerminals {
  readonly snapshot: Snapshot;
  readonly variables: TerminalVariables;
  readonly error?: unknown;
}

const UNTRUSTED = new ConfigurationError(
  { part: 'workspace' },
  'This workspace is not trusted, so its terminals get nothing of your sign-in.',
);

/**
 * Keeps the variables of new terminals as the settings and the session say: in a workspace of several folders for each
 * folder its own. VS Code keeps none of them on the disk.
 */
export class TerminalEnvironment implements Disposable {
  readonly #context: ExtensionContext;
  readonly #parts: TerminalParts;
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];
  readonly #scoped = new Map<string, EnvironmentVariableCollection>();
  #launchers: string | undefined;

  /** Fires when `view` may answer something else. */
  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, parts: TerminalParts) {
    this.#context = context;
    this.#parts = parts;
    const update = (): void => this.#update();
    this.#subscriptions = [
      parts.session.onDidChange(update),
      parts.configuration.onDidChangeAny(update),
      parts.reader.onDidChange(update),
      workspace.onDidChangeWorkspaceFolders(update),
      workspace.onDidGrantWorkspaceTrust(update),
      env.onDidChangeLogLevel(update),
      window.onDidOpenTerminal(() => this.#renew()),
      this.#changed,
    ];
    update();
  }

  /** What new terminals get, in the folder that is worked in. */
  view(): TerminalView {
    if (!this.#isOn) return terminalView({ isOn: false });
    const { snapshot } = this.#parts.session;
    const { variables, error } = this.#terminalsOf(snapshot);
    const { selected, configuration } = snapshot;
    const named = configuration.variables.qwenSettings.find((settings) => settings.model)?.model?.id;
    const folder = configuration.folderLabel;
    return terminalView({ isOn: true, names: Object.keys(variables), model: selected, folder, named, error });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  get #isOn(): boolean {
    return this.#parts.reader.get('terminal.env') === true;
  }

  #update(): void {
    const hasPath = this.#isOn || this.#parts.reader.get('terminal.path') === true;
    const isForAll = this.#isOn && !isMultiRoot();
    const shared = isForAll ? this.#terminalsOf(this.#parts.session.snapshot).variables : {};
    // What goes for all terminals would beat what goes for those of a folder.
    fillCollection(this.#context.environmentVariableCollection, shared, hasPath ? this.#launchers : undefined);
    this.#fillFolders(this.#isOn && isMultiRoot() ? this.#parts.configuration.followAll() : []);
    this.#changed.fire();
    if (hasPath && this.#launchers === undefined) void this.#addLaunchers();
  }

  /** Those of folders that are not among these get nothing. */
  #fillFolders(folders: readonly FolderConfiguration[]): void {
    const wanted = new Map(
      folders.map(({ folder, configuration }) => {
        this.#openScope(folder);
        return [folder.uri, this.#terminalsOf(this.#parts.session.snapshotOf(configuration)).variables] as const;
      }),
    );
    for (const [uri, collection] of this.#scoped) fillCollection(collection, wanted.get(uri) ?? {}, undefined);
  }

  #openScope(folder: OpenFolder): void {
    const workspaceFolder = findWorkspaceFolder(folder);
    if (!workspaceFolder || this.#scoped.has(folder.uri)) return;
    this.#scoped.set(folder.uri, this.#context.environmentVariableCollection.getScoped({ workspaceFolder }));
  }

  #terminalsOf(snapshot: Snapshot): FolderTerminals {
    try {
      if (!workspace.isTrusted) throw UNTRUSTED;
      if (isEnvironmentLogged()) throw keyWouldBeLogged();
      // A terminal that is open is marked as out of date at each change: nothing is put before it is known.
      const inUse = snapshot.loaded ? accessInUse(snapshot, this.#parts.clock.now()) : undefined;
      return { snapshot, variables: inUse ? terminalVariables(inUse, snapshot) : {} };
    } catch (error) {
      return { snapshot, variables: {}, error };
    }
  }

  async #addLaunchers(): Promise<void> {
    this.#launchers = path.join(this.#context.globalStorageUri.fsPath, 'bin');
    try {
      await writeLaunchers(this.#launchers, path.join(this.#context.extensionPath, 'dist', 'cli.js'));
      this.#update();
    } catch (error) {
      this.#parts.log.error(describeError(error));
    }
  }

  /** Opening a terminal is a use of the sign-in; VS Code starts one anew in which nobody has typed yet. */
  #renew(): void {
    if (!this.#isOn || !workspace.isTrusted) return;
    const { session, configuration, log } = this.#parts;
    const snapshots = isMultiRoot()
      ? configuration.followAll().map((one) => session.snapshotOf(one.configuration))
      : [session.snapshot];
    const ids = snapshots.flatMap((snapshot) => renewable(snapshot) ?? []);
    for (const id of new Set(ids))
      session.renewed(id, new AbortController().signal).catch((error: unknown) => log.error(describeError(error)));
  }
}

function isMultiRoot(): boolean {
  return (workspace.workspaceFolders ?? []).length > 1;
}

/** The account that is to be renewed by us where it is due; undefined where there is none. */
function renewable(snapshot: Snapshot): string | undefined {
  const { credential } = snapshot;
  return credential?.kind === 'oauth' && !isQwenCodes(snapshot) ? credential.account.id : undefined;
}
