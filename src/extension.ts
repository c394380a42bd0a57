import { type ExtensionContext, Uri } from 'vscode';
import { windowFiles } from './vscode/platform/windowFiles';
import { systemGit } from './core/base/git';
import { registerChatParticipant } from './vscode/chat/chatParticipant';
import { askForConsent } from './vscode/keys/consentNotice';
import { followDiagnostics } from './vscode/keys/settingsMarks';
import { configureFromText } from './vscode/signIn/configureFromText';
import { tellInterrupted } from './vscode/signIn/interruptedSignIn';
import { guardLeaks } from './vscode/keys/gitLeaks';
import { createLog, describeError } from './vscode/platform/log';
import { registerLanguageModels } from './vscode/chat/languageModels';
import { followModelDiscovery } from './vscode/models/modelDiscovery';
import { type OpenedSession, openSession } from './vscode/openSession';
import { followSharing, offerQwenCodeSignIn } from './vscode/signIn/qwenCodeSignIn';
import { sayNotDestroyed, sayNotRevoked } from './vscode/signIn/signOutCommand';
import { createStateStore } from './vscode/platform/stateStore';
import { receiveRedirects } from './vscode/signIn/uriHandler';
import { userAgent as browser } from './vscode/platform/userAgent';
import { showSession, type ShownSession } from './vscode/showSession';

let finish = async (): Promise<void> => undefined;

/** Destroys what was signed out of in this window: once it is closed, nobody can undo that. */
export async function deactivate(): Promise<void> {
  await finish();
}

/**
 * Builds the objects and wires them. Nothing is waited for: VS Code has other extensions to start, and who comes before
 * the keychain was read waits for that.
 */
export function activate(context: ExtensionContext): void {
  // Before all else: what terminals get is never kept on the disk, and goes with this extension.
  context.environmentVariableCollection.persistent = false;
  const log = createLog('Qwen Auth');
  const opened = openSession(context, log, () => import('./openai'));
  const { session } = opened;
  // What is left undestroyed here is destroyed by the next window.
  finish = () => session.finishSignOuts().catch((error: unknown) => log.error(describeError(error)));
  context.subscriptions.push(log, ...opened.disposables);
  const parts = showSession(context, opened, log);
  const icon = Uri.joinPath(context.extensionUri, 'media', 'icon.svg');
  context.subscriptions.push(
    receiveRedirects(parts),
    sayNotRevoked(session),
    sayNotDestroyed(session, log),
    registerLanguageModels(parts),
    registerChatParticipant({ ...parts, configure: (text) => configureFromText(parts, text) }, icon),
  );
  void read(context, opened, parts).catch((error: unknown) => log.error(describeError(error)));
}

/** Reads the files and the keychain, and begins what needs to know what they say. */
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
