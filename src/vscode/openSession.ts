import { homedir } from 'node:os';
import { type ExtensionContext, workspace } from 'vscode';
import { systemClock } from '../core/base/clock';
import { KEY_COMMAND } from '../core/config/keyCommands';
import { qwenHome } from '../core/config/qwenHome';
import { WorkspaceConfiguration } from '../core/config/workspaceConfiguration';
import type { ChatPorts } from '../core/chat/sdkClient';
import { createSettings, type Settings } from '../core/config/settings';
import { QwenCredentials } from '../core/credentials/qwenCredentials';
import { SharedSignIn } from '../core/credentials/sharedSignIn';
import type { Disposable } from '../core/base/events';
import { windowFiles } from './platform/windowFiles';
import { stringIn } from '../core/base/json';
import { Limits } from '../core/limits/limits';
import { limitsFolder } from '../core/limits/requestLog';
import { isCountedApi } from '../core/session/countedApi';
import type { SettingsReader } from '../core/base/ports';
import { Session } from '../core/session/session';
import { createVaultKeeper } from './answers/vaultKeeper';
import type { OutputLog } from './platform/log';
import { createNetworkFetch, networkProblems } from './platform/networkFetch';
import { openSecretStore } from './platform/secretStore';
import { createSettingsReader } from './platform/settingsReader';
import { createStateStore } from './platform/stateStore';
import { UNDO_MS } from '../core/credentials/trash';
import { createRedirectPorts } from './signIn/uriHandler';
import { userAgent as browser } from './platform/userAgent';
import { WorkspaceFolders } from './platform/workspaceFolders';

/** The session of a window, with all that it stands on. */
export interface OpenedSession {
  readonly session: Session;
  readonly reader: SettingsReader;
  readonly settings: Settings;
  readonly configuration: WorkspaceConfiguration;
  readonly folders: WorkspaceFolders;
  readonly limits: Limits;
  /** The folder of Qwen Code's own files. */
  readonly qwenFolder: string;
  /** The two places where a sign-in may lie, and the one where it does. */
  readonly qwenCode: QwenCredentials;
  readonly secrets: SharedSignIn;
  /** What ends with the window, in the order in which it began. */
  readonly disposables: readonly Disposable[];
}

/** Builds the session of a window. Nothing of VS Code or the network is waited for, and no file is read. */
export function openSession(
  context: ExtensionContext,
  log: OutputLog,
  loadOpenAI: ChatPorts['loadOpenAI'],
): OpenedSession {
  const reader = createSettingsReader();
  const settings = createSettings(reader);
  const person = { environment: process.env, home: homedir() };
  const folders = new WorkspaceFolders(createStateStore(context.workspaceState));
  const keyCommand = (): unknown => reader.get(KEY_COMMAND);
  const configuration = new WorkspaceConfiguration(
    { files: windowFiles, ...person, networkProblems, keyCommand },
    folders,
  );
  const followingProxy = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('http') || change.affectsConfiguration(`qwen.${KEY_COMMAND}`))
      void configuration.load();
  });
  const qwenFolder = qwenHome(person);
  const qwenCode = new QwenCredentials(qwenFolder, { files: windowFiles, clock: systemClock });
  const vault = openSecretStore(context, createVaultKeeper(log), log);
  const secrets = new SharedSignIn(vault, qwenCode);
  const limits = new Limits({
    clock: systemClock,
    fetch: createNetworkFetch(),
    files: windowFiles,
    folder: limitsFolder(qwenFolder),
    isCounted: (baseUrl) => isCountedApi(session.snapshot, baseUrl),
  });
  const session = new Session({
    clock: systemClock,
    fetch: limits.fetch,
    loadOpenAI,
    log,
    userAgent: `QwenAuth/${stringIn(context.extension.packageJSON, 'version') ?? '0'}`,
    secrets,
    selection: {
      workspace: workspace.workspaceFolders ? createStateStore(context.workspaceState) : undefined,
      global: createStateStore(context.globalState),
    },
    settings,
    onDidChangeSettings: reader.onDidChange,
    browser,
    configuration,
    undoMs: UNDO_MS,
    redirects: createRedirectPorts(context, log),
  });
  const disposables = [vault, folders, configuration, followingProxy, limits, session, secrets];
  return { session, reader, settings, configuration, folders, limits, qwenFolder, qwenCode, secrets, disposables };
}
