import * as l10n from '@vscode/l10n';
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
import { namedModel } from '../../core/config/qwenSettings';
import { readTerminalMode, type TerminalMode } from '../../core/config/terminalMode';
import type { FolderConfiguration, WorkspaceConfiguration } from '../../core/config/workspaceConfiguration';
import type { Session } from '../../core/session/session';
import { modelInUse, type Snapshot } from '../../core/session/snapshot';
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
import type { TerminalGateway } from './terminalGateway';

/** What a terminal's environment is made from. */
interface TerminalParts {
  readonly session: Session;
  readonly configuration: WorkspaceConfiguration;
  readonly reader: SettingsReader;
  readonly clock: Clock;
  readonly log: OutputLog;
  readonly gateway: TerminalGateway;
}

/** What the terminals of one folder get, or why they get nothing. */
interface FolderTerminals {
  readonly snapshot: Snapshot;
  readonly variables: TerminalVariables;
  readonly error?: unknown;
}

const UNTRUSTED = new ConfigurationError(
  { part: 'workspace' },
  l10n.t('This workspace is not trusted, so its terminals get nothing of your sign-in.'),
);

/** The scope of the terminals of a window in which no folder is open; that of a folder is its address. */
const NO_FOLDER = '';

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
      parts.gateway.onDidChange(update),
      this.#changed,
    ];
    update();
  }

  /** What new terminals get, in the folder that is worked in. */
  view(): TerminalView {
    const mode = this.mode;
    if (mode === 'off') return terminalView({ isOn: false });
    const { snapshot } = this.#parts.session;
    const { variables, error } = this.#terminalsOf(snapshot);
    const { selected, configuration } = snapshot;
    const named = namedModel(configuration.variables.qwenSettings)?.id;
    const folder = configuration.folderLabel;
    return terminalView({ isOn: true, mode, names: Object.keys(variables), model: selected, folder, named, error });
  }

  /** The same once the gateway is open, where it is used, or cannot be opened. */
  async openedView(): Promise<TerminalView> {
    // Looking begins it.
    this.view();
    await this.#parts.gateway.opened(this.#scopeInUse);
    return this.view();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** What terminals get, by the setting. */
  get mode(): TerminalMode {
    return readTerminalMode(this.#parts.reader.get('terminal.env'));
  }

  #update(): void {
    const isOn = this.mode !== 'off';
    const hasPath = isOn || this.#parts.reader.get('terminal.path') === true;
    const folders = isOn && isMultiRoot() ? this.#parts.configuration.followAll() : [];
    this.#parts.gateway.keep(new Set(this.mode === 'gateway' ? scopes() : []));
    const shared = isOn && !isMultiRoot() ? this.#terminalsOf(this.#parts.session.snapshot).variables : {};
    // What goes for all terminals would beat what goes for those of a folder.
    fillCollection(this.#context.environmentVariableCollection, shared, hasPath ? this.#launchers : undefined);
    this.#fillFolders(folders);
    this.#changed.fire();
    if (hasPath && this.#launchers === undefined) void this.#addLaunchers();
  }

  /** Those of folders that are not among these get nothing. */
  #fillFolders(folders: readonly FolderConfiguration[]): void {
    const wanted = new Map(
      folders.map(({ folder, configuration }) => {
        this.#openScope(folder);
        const snapshot = this.#parts.session.snapshotOf(configuration);
        return [folder.uri, this.#terminalsOf(snapshot, folder.uri).variables] as const;
      }),
    );
    for (const [uri, collection] of this.#scoped) fillCollection(collection, wanted.get(uri) ?? {}, undefined);
  }

  #openScope(folder: OpenFolder): void {
    const workspaceFolder = findWorkspaceFolder(folder);
    if (!workspaceFolder || this.#scoped.has(folder.uri)) return;
    this.#scoped.set(folder.uri, this.#context.environmentVariableCollection.getScoped({ workspaceFolder }));
  }

  #terminalsOf(snapshot: Snapshot, scope: string = this.#scopeInUse): FolderTerminals {
    try {
      if (!workspace.isTrusted) throw UNTRUSTED;
      if (isEnvironmentLogged()) throw keyWouldBeLogged();
      // A terminal that is open is marked as out of date at each change: nothing is put before it is known.
      if (!snapshot.loaded) return { snapshot, variables: {} };
      return { snapshot, ...(this.mode === 'gateway' ? this.#gatewayTo(snapshot, scope) : this.#keyOf(snapshot)) };
    } catch (error) {
      return { snapshot, variables: {}, error };
    }
  }

  #keyOf(snapshot: Snapshot): Pick<FolderTerminals, 'variables'> {
    const inUse = accessInUse(snapshot, this.#parts.clock.now());
    return { variables: inUse ? terminalVariables(inUse, snapshot) : {} };
  }

  /** What stands in the way of a request is said to whoever makes it: the variables stay the same. */
  #gatewayTo(snapshot: Snapshot, scope: string): Pick<FolderTerminals, 'variables' | 'error'> {
    if (isSignedOut(snapshot)) modelInUse(snapshot);
    const variables = this.#parts.gateway.variablesOf(scope, () => this.#snapshotIn(scope));
    try {
      modelInUse(snapshot);
      return { variables };
    } catch (error) {
      return { variables, error };
    }
  }

  get #scopeInUse(): string {
    const [first = NO_FOLDER] = scopes();
    if (!isMultiRoot()) return first;
    const { folder: inUse } = this.#parts.session.snapshot.configuration;
    return this.#parts.configuration.followAll().find(({ folder }) => folder.path === inUse)?.folder.uri ?? first;
  }

  /** What is known in a scope at this moment. */
  #snapshotIn(scope: string): Snapshot {
    const { session, configuration } = this.#parts;
    const own = scope === NO_FOLDER ? undefined : configuration.followAll().find(({ folder }) => folder.uri === scope);
    return own ? session.snapshotOf(own.configuration) : session.snapshot;
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
    if (this.mode !== 'key' || !workspace.isTrusted) return;
    const { session, configuration, log } = this.#parts;
    const snapshots = isMultiRoot()
      ? configuration.followAll().map((one) => session.snapshotOf(one.configuration))
      : [session.snapshot];
    const ids = snapshots.flatMap((snapshot) => renewable(snapshot) ?? []);
    for (const id of new Set(ids))
      session.renewed(id, new AbortController().signal).catch((error: unknown) => log.error(describeError(error)));
  }
}

/** Whether there is nobody left whose credential a terminal could use. */
function isSignedOut({ loaded, accounts, credential }: Snapshot): boolean {
  return loaded && accounts.length === 0 && credential === undefined;
}

/** A folder's terminals keep theirs when others are opened or closed beside it. */
function scopes(): readonly string[] {
  const folders = workspace.workspaceFolders ?? [];
  return folders.length > 0 ? folders.map(({ uri }) => uri.toString()) : [NO_FOLDER];
}

function isMultiRoot(): boolean {
  return scopes().length > 1;
}

/** The account that is to be renewed by us where it is due; undefined where there is none. */
function renewable(snapshot: Snapshot): string | undefined {
  const { credential } = snapshot;
  return credential?.kind === 'oauth' && !isQwenCodes(snapshot) ? credential.account.id : undefined;
}
