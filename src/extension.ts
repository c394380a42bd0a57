import { homedir } from 'node:os';
import path from 'node:path';
import { type ExtensionContext, Uri, workspace } from 'vscode';
import { systemClock } from './core/clock';
import { qwenHome } from './core/config/qwenHome';
import { createSettings } from './core/config/settings';
import { createQwenCredentials } from './core/credentials/qwenCredentials';
import { createSharedSignIn } from './core/credentials/sharedSignIn';
import { systemFiles } from './core/files';
import { systemGit } from './core/git';
import { stringIn } from './core/json';
import { isOAuthApi, Limits } from './core/limits/limits';
import { Session } from './core/session/session';
import { UsageLog } from './core/usage/usageLog';
import { limitsView } from './core/views/limitsView';
import { registerAuthenticationProvider } from './vscode/authenticationProvider';
import { createAuthPanel } from './vscode/authPanel';
import { registerChatParticipant } from './vscode/chatParticipant';
import { createChatUse } from './vscode/chatUse';
import { registerCommands } from './vscode/commands';
import { followConfiguration } from './vscode/configurationSource';
import { askForConsent } from './vscode/consentQuestion';
import { followContextKeys } from './vscode/contextKeys';
import { createExplainDocument } from './vscode/explainDocument';
import { followDiagnostics } from './vscode/diagnostics';
import { tellInterrupted } from './vscode/failedSignIn';
import { guardLeaks } from './vscode/leakGuard';
import { createLog, describeError } from './vscode/log';
import { registerLanguageModels } from './vscode/languageModels';
import { followModelDiscovery } from './vscode/modelDiscovery';
import { createNetworkFetch } from './vscode/networkFetch';
import { followSharing, offerQwenCodeSignIn } from './vscode/qwenCodeSignIn';
import { openSecretStore } from './vscode/secretStore';
import { createSettingsFiles } from './vscode/settingsFiles';
import { createSettingsReader } from './vscode/settingsReader';
import { sayNotRevoked } from './vscode/signOutCommand';
import { createSpending } from './vscode/spending';
import { createStateStore } from './vscode/stateStore';
import { createStatusBar } from './vscode/statusBar';
import { followTerminals } from './vscode/terminalEnvironment';
import { createRedirectPorts, receiveRedirects } from './vscode/uriHandler';
import { userAgent as browser } from './vscode/userAgent';
import { createUserSettings } from './vscode/userSettings';

/** Builds the objects, wires them, and reads the keychain; nothing is asked of the network. */
export async function activate(context: ExtensionContext): Promise<void> {
  // Before all else: what terminals get is never kept on the disk, and goes with this extension.
  context.environmentVariableCollection.persistent = false;
  const log = createLog('Qwen Auth');
  const reader = createSettingsReader();
  const settings = createSettings(reader);
  const person = { environment: process.env, home: homedir() };
  const global = createStateStore(context.globalState);
  const configuration = followConfiguration({ files: systemFiles, ...person });
  const qwenCode = createQwenCredentials(qwenHome(person), { files: systemFiles, clock: systemClock });
  const vault = await openSecretStore(context, log);
  const secrets = createSharedSignIn(vault, qwenCode);
  const limits = new Limits({
    clock: systemClock,
    fetch: createNetworkFetch(),
    files: systemFiles,
    folder: Uri.joinPath(context.globalStorageUri, 'limits').fsPath,
    isCounted: (baseUrl) => isOAuthApi(session.snapshot, baseUrl),
  });
  const session = new Session({
    clock: systemClock,
    fetch: limits.fetch,
    loadOpenAI: () => import('./openai.js'),
    userAgent: `QwenAuth/${stringIn(context.extension.packageJSON, 'version') ?? '0'}`,
    secrets,
    selection: {
      workspace: workspace.workspaceFolders ? createStateStore(context.workspaceState) : undefined,
      global,
    },
    settings,
    onDidChangeSettings: reader.onDidChange,
    browser,
    configuration,
    redirects: createRedirectPorts(context, log),
  });
  // As early as may be: VS Code keeps a link back for no longer than a few minutes.
  context.subscriptions.push(receiveRedirects(session, log), sayNotRevoked(session));
  const manage = {
    session,
    userSettings: await createUserSettings(context.globalStorageUri),
    files: systemFiles,
    reload: () => configuration.load(),
  };
  const shownLimits = {
    view: () => limitsView(session.snapshot, (baseUrl) => limits.usage(baseUrl), settings),
    onDidChange: limits.onDidChange,
  };
  const usageFolder = Uri.joinPath(context.globalStorageUri, 'usage').fsPath;
  const usage = new UsageLog({ clock: systemClock, files: systemFiles, folder: usageFolder });
  const spending = createSpending(reader, usageFolder);
  const terminal = followTerminals(context, { session, reader, clock: systemClock, log });
  const panel = createAuthPanel(context, {
    session,
    settings,
    browser,
    manage,
    limits: shownLimits,
    usage: { log: usage, spending, clock: systemClock },
    terminal,
    log,
  });
  const explanation = createExplainDocument(session);
  const settingsFiles = await createSettingsFiles(context.globalStorageUri, systemFiles, configuration);
  const chatUse = createChatUse(context.globalStorageUri, global);
  const places = { secrets, qwenCode };
  const qwenSettings = {
    file: path.join(qwenHome(person), 'settings.json'),
    files: systemFiles,
    storage: context.globalStorageUri.fsPath,
    reload: () => configuration.load(),
  };
  const tools = { terminal, qwenSettings, chatUse, usage, spending };
  const parts = { session, settings, panel, explanation, settingsFiles, places, ...tools, log };
  context.subscriptions.push(
    log,
    vault,
    configuration,
    limits,
    session,
    secrets,
    usage,
    session.onDidAnswer((asked) => void usage.note(asked)),
    panel,
    explanation,
    chatUse,
    createStatusBar(session, shownLimits),
    followContextKeys(session, chatUse),
    terminal,
    ...registerCommands(parts),
    registerAuthenticationProvider(parts),
  );
  void limits.load();
  await configuration.load();
  context.subscriptions.push(await followSharing(secrets, settings, reader.onDidChange, log));
  await session.load().catch((error: unknown) => log.error(describeError(error)));
  context.subscriptions.push(
    registerLanguageModels(parts),
    registerChatParticipant(parts, Uri.joinPath(context.extensionUri, 'media', 'icon.svg')),
  );
  await tellInterrupted(session);
  // Only now is it known which key would go where.
  void offerQwenCodeSignIn(parts, context.globalStorageUri);
  context.subscriptions.push(
    askForConsent(session),
    followModelDiscovery(session),
    followDiagnostics(session, settingsFiles),
    guardLeaks({
      configuration,
      files: systemFiles,
      git: systemGit,
      browser,
      state: createStateStore(context.workspaceState),
    }),
  );
}
