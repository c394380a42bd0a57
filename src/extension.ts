import path from 'node:path';
import { type ExtensionContext, Uri } from 'vscode';
import { systemClock } from './core/base/clock';
import { windowFiles } from './vscode/platform/windowFiles';
import { systemGit } from './core/base/git';
import { UsageLog } from './core/usage/usageLog';
import { limitsView } from './core/views/limitsView';
import { terminalNotice } from './core/views/terminalView';
import { registerAuthenticationProvider } from './vscode/signIn/authenticationProvider';
import { createAuthPanel } from './vscode/panel/authPanel';
import { registerChatParticipant } from './vscode/chat/chatParticipant';
import { createChatUse } from './vscode/chat/chatSetup';
import { bindCommands, type CommandParts, registerCommands } from './vscode/commands';
import { askToSend } from './vscode/answers/consent';
import { askForConsent } from './vscode/keys/consentQuestion';
import { followContextKeys } from './vscode/status/contextKeys';
import { ExplainDocument } from './vscode/status/explainDocument';
import { followDiagnostics } from './vscode/keys/diagnostics';
import { configureFromText } from './vscode/signIn/configureFromText';
import { tellInterrupted } from './vscode/signIn/interruptedSignIn';
import { guardLeaks } from './vscode/keys/leakGuard';
import { createLog, describeError, type OutputLog } from './vscode/platform/log';
import { registerLanguageModels } from './vscode/chat/languageModels';
import { followModelDiscovery } from './vscode/models/modelDiscovery';
import { type OpenedSession, openSession } from './vscode/openSession';
import { followSharing, offerQwenCodeSignIn } from './vscode/signIn/qwenCodeSignIn';
import { createSettingsFiles } from './vscode/keys/settingsFiles';
import { sayNotRevoked } from './vscode/signIn/signOutCommand';
import { createSpending, type Spending } from './vscode/usage/spending';
import { createStateStore } from './vscode/platform/stateStore';
import { createStatusBar } from './vscode/status/statusBar';
import { TerminalEnvironment } from './vscode/terminal/terminalEnvironment';
import { receiveRedirects } from './vscode/signIn/uriHandler';
import { userAgent as browser } from './vscode/platform/userAgent';
import { createUserSettings } from './vscode/panel/userSettings';

let finish = async (): Promise<void> => undefined;

/** Destroys what was signed out of in this window: once it is closed, nobody can undo that. */
export async function deactivate(): Promise<void> {
  await finish();
}

/**
 * Builds the objects and wires them. Nothing is waited for: VS Code has other extensions to start, and who comes before the
 * keychain was read waits for that.
 */
export function activate(context: ExtensionContext): void {
  // Before all else: what terminals get is never kept on the disk, and goes with this extension.
  context.environmentVariableCollection.persistent = false;
  const log = createLog('Qwen Auth');
  const opened = openSession(context, log, () => import('./openai'));
  const { session } = opened;
  finish = () => session.finishSignOuts();
  context.subscriptions.push(log, ...opened.disposables);
  const parts = showSession(context, opened, log);
  const icon = Uri.joinPath(context.extensionUri, 'media', 'icon.svg');
  context.subscriptions.push(
    receiveRedirects(session, log, parts),
    sayNotRevoked(session),
    registerLanguageModels(parts),
    registerChatParticipant({ ...parts, configure: (text) => configureFromText(parts, text) }, icon),
  );
  void read(context, opened, parts).catch((error: unknown) => log.error(describeError(error)));
}

/** Reads the files and the keychain, and begins what needs to know what they say. Nothing is asked of the network. */
async function read(context: ExtensionContext, opened: OpenedSession, parts: ShownSession): Promise<void> {
  const { session, secrets, settings, configuration, limits, reader } = opened;
  void limits.load();
  await configuration.load();
  context.subscriptions.push(await followSharing(secrets, settings, reader.onDidChange, parts.log));
  await session.load().catch((error: unknown) => parts.log.error(describeError(error)));
  await tellInterrupted(parts);
  // Only now is it known which key would go where.
  void offerQwenCodeSignIn(parts, context.globalStorageUri);
  context.subscriptions.push(
    askForConsent(session),
    followModelDiscovery(session),
    followDiagnostics(session, parts.settingsFiles),
    guardLeaks({
      configuration,
      files: windowFiles,
      git: systemGit,
      browser,
      state: createStateStore(context.workspaceState),
    }),
  );
}

type ShownSession = CommandParts & { readonly spending: Spending };

/** Puts the session where a person sees it, and its commands where they are called; its state may still be unknown. */
function showSession(context: ExtensionContext, opened: OpenedSession, log: OutputLog): ShownSession {
  const { session, reader, settings, configuration, limits, secrets, qwenCode } = opened;
  const { globalStorageUri: storage } = context;
  const reload = (): Promise<void> => configuration.load();
  const providersPage = {
    session,
    askToSend: (about: Parameters<typeof askToSend>[1]) => askToSend(session, about),
    userSettings: createUserSettings(storage),
    files: windowFiles,
    reload,
  };
  const settingsFiles = createSettingsFiles(storage, windowFiles, configuration);
  const shownLimits = {
    view: () => limitsView(session.snapshot, (baseUrl) => limits.status(baseUrl), settings),
    onDidChange: limits.onDidChange,
  };
  const usageFolder = Uri.joinPath(storage, 'usage').fsPath;
  const usage = new UsageLog({ clock: systemClock, files: windowFiles, folder: usageFolder });
  const terminal = new TerminalEnvironment(context, { session, configuration, reader, clock: systemClock, log });
  const panel = createAuthPanel(context, () => ({
    session,
    settings,
    browser,
    providersPage,
    limits: shownLimits,
    usage: { log: usage, spending, clock: systemClock },
    terminal,
    log,
    commands: parts,
  }));
  const spending = createSpending(reader, usageFolder, () => panel.show('usage'));
  const folderParts = { session, configuration, folders: opened.folders };
  const explanation = new ExplainDocument(folderParts);
  const chatUse = createChatUse(storage, createStateStore(context.globalState));
  const places = { secrets, qwenCode };
  const qwenSettings = {
    file: path.join(opened.qwenFolder, 'settings.json'),
    files: windowFiles,
    storage: storage.fsPath,
    reload,
  };
  const tools = { terminal, qwenSettings, chatUse, usage, folders: folderParts };
  const parts = bindCommands({ session, settings, panel, explanation, settingsFiles, places, ...tools, log });
  context.subscriptions.push(
    usage,
    session.onDidEndChat((outcome) => void usage.note(outcome)),
    panel,
    explanation,
    chatUse,
    createStatusBar(session, shownLimits, {
      text: () => terminalNotice(terminal.view()),
      onDidChange: terminal.onDidChange,
    }),
    followContextKeys(session, chatUse),
    terminal,
    ...registerCommands(parts),
    registerAuthenticationProvider(parts),
  );
  return { ...parts, spending };
}
