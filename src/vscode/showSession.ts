import * as l10n from '@vscode/l10n';
import path from 'node:path';
import { env, type ExtensionContext, UIKind, Uri, version } from 'vscode';
import { systemClock } from '../core/base/clock';
import { windowFiles } from './platform/windowFiles';
import { Gateway } from '../core/gateway/gateway';
import { TypedSignIn } from '../core/signIn/typedSignIn';
import { FavouriteModels } from '../core/models/favouriteModels';
import { HeldModels } from '../core/models/heldModels';
import { stringIn } from '../core/base/json';
import { UsageLog } from '../core/usage/usageLog';
import { AskedQuotas } from '../core/limits/askedQuotas';
import type { Versions } from '../core/views/diagnosticsText';
import type { ConsentQuestion } from '../core/views/consentQuestions';
import type { Snapshot } from '../core/session/snapshot';
import { problemOf } from '../core/views/problem';
import { textWithWayOut } from '../core/views/wayOut';
import { terminalNotice } from '../core/views/terminalView';
import { unreadFileText } from '../core/views/unreadFileText';
import { registerAuthenticationProvider } from './signIn/authenticationProvider';
import { AuthPanel } from './panel/authPanel';
import type { HostedPanelParts } from './panel/hostedPanel';
import { SideBarView } from './panel/sideBarView';
import { ChatSetup } from './chat/chatSetup';
import { wayToChat } from './chat/chatSetupCommand';
import { bindCommands, type CommandParts, registerCommands } from './commands';
import type { PanelView } from './answers/answerParts';
import { askToSend } from './answers/consentDialog';
import { confirm } from './answers/notifications';
import { followContextKeys } from './status/contextKeys';
import { ExplainDocument } from './status/explainDocument';
import type { OutputLog } from './platform/log';
import type { OpenedSession } from './openSession';
import { SettingsFiles } from './keys/settingsFiles';
import { createSpending, type Spending } from './usage/spending';
import { createStateStore } from './platform/stateStore';
import { followLimitWarnings } from './status/limitWarnings';
import { ShownLimits } from './status/shownLimits';
import { createStatusBar } from './status/statusBar';
import { TerminalEnvironment } from './terminal/terminalEnvironment';
import { TerminalGateway } from './terminal/terminalGateway';
import { userAgent as browser } from './platform/userAgent';
import { hasUnsavedChanges } from './platform/openDocument';
import { createUserSettings } from './panel/userSettings';
import type { OwnQwenSettings } from './terminal/ownQwenSettings';

/** What the commands work on, and what keeps blocked extensions from the models. */
export type ShownSession = CommandParts & { readonly spending: Spending; readonly held: HeldModels };

/** Puts the session where a person sees it, and its commands where they are called; its state may still be unknown. */
export function showSession(context: ExtensionContext, opened: OpenedSession, log: OutputLog): ShownSession {
  const { session, reader, settings, configuration, limits, secrets, qwenCode } = opened;
  const { globalStorageUri: storage } = context;
  const state = createStateStore(context.globalState);
  const quotas = new AskedQuotas({ clock: systemClock, fetch: limits.fetch, isOn: () => settings.asksForQuota() });
  const shownLimits = new ShownLimits({ session, limits, quotas, settings });
  const terminals = createTerminals(context, opened, log, (initiator) => spending.refusalOf(initiator));
  const { panel, authPanel, sideBar } = createPages(context, () => ({
    session,
    settings,
    browser,
    fetch: limits.fetch,
    chat: { view: () => wayToChat(chatSetup), onDidChange: chatSetup.onDidChange },
    providersPage: providersPageParts(opened, storage),
    limits: shownLimits,
    usage: { log: usage, spending, clock: systemClock },
    terminal: terminals.terminal,
    log,
    commands: parts,
  }));
  const { usage, spending } = createUsage(reader, storage, () => panel.show('usage'));
  const folders = { session, configuration, folders: opened.folders };
  const explanation = new ExplainDocument(folders);
  const chatSetup = new ChatSetup(storage, state);
  const parts = bindCommands({
    versions: versionsOf(context),
    session,
    settings,
    panel,
    explanation,
    settingsFiles: new SettingsFiles(storage, windowFiles, configuration),
    places: { secrets, qwenCode },
    ...terminals,
    chatSetup,
    usage,
    folders,
    favourites: new FavouriteModels(state),
    typed: new TypedSignIn(session.onDidSignIn),
    unreadFile: () => unreadFileText(session.snapshot.configuration),
    log,
  });
  context.subscriptions.push(
    quotas,
    shownLimits,
    followLimitWarnings({ ...parts, settings }, shownLimits, state),
    usage,
    session.onDidEndChat((outcome) => void usage.note(outcome)),
    authPanel,
    sideBar,
    explanation,
    chatSetup,
    createStatusBar(session, shownLimits, noticeOf(terminals.terminal)),
    followContextKeys(session, chatSetup),
    terminals.terminal,
    terminals.gateway,
    ...registerCommands(parts),
    registerAuthenticationProvider(parts),
  );
  return { ...parts, spending, held: new HeldModels(createStateStore(context.workspaceState), systemClock) };
}

/** What brings the sign-in to terminals: their environment, the gateway that it points to, and Qwen Code's settings. */
function createTerminals(
  context: ExtensionContext,
  opened: OpenedSession,
  log: OutputLog,
  refusalOf: Spending['refusalOf'],
) {
  const { session, configuration, reader } = opened;
  const qwenSettings = qwenCodeSettings(opened, context.globalStorageUri);
  const gateway = new TerminalGateway(new Gateway({ session, describe, refusalOf }), qwenSettings);
  const parts = { session, configuration, reader, clock: systemClock, log, gateway };
  return { qwenSettings, gateway, terminal: new TerminalEnvironment(context, parts) };
}

function noticeOf(terminal: TerminalEnvironment) {
  return { text: () => terminalNotice(terminal.view()), onDidChange: terminal.onDidChange };
}

/** The log of the usage, and what may be spent by it; `show` brings the person to its page. */
function createUsage(reader: OpenedSession['reader'], storage: Uri, show: () => void) {
  const folder = Uri.joinPath(storage, 'usage').fsPath;
  const usage = new UsageLog({ clock: systemClock, files: windowFiles, folder });
  return { usage, spending: createSpending(reader, folder, show) };
}

/** The pages in the editor area and in the side bar, and both of them as what commands show a page in. */
function createPages(context: ExtensionContext, parts: () => HostedPanelParts) {
  const authPanel = new AuthPanel(context, parts);
  const sideBar = new SideBarView(context, parts);
  const panel: PanelView = {
    show: (page) => authPanel.show(page),
    isVisible: (page) => authPanel.isVisible(page) || sideBar.isVisible(page),
  };
  return { panel, authPanel, sideBar };
}

function versionsOf({ extension }: ExtensionContext): Versions {
  // What runs is named alike in every language, for whoever mends a fault; sentences around it are in the one that is set.
  const where = [env.uiKind === UIKind.Web ? 'web' : 'desktop', env.remoteName && `remote: ${env.remoteName}`];
  return {
    extension: stringIn(extension.packageJSON, 'version') ?? '?',
    editor: `${env.appName} ${version} (${where.filter(Boolean).join(', ')})`,
    system: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
  };
}

function providersPageParts({ session, configuration }: OpenedSession, storage: Uri) {
  return {
    session,
    askToSend: (about: Pick<Snapshot, 'selected' | 'credential'>) => askToSend(session, about),
    confirm: ({ title, detail, yes }: ConsentQuestion) => confirm(title, detail, yes),
    userSettings: createUserSettings(storage),
    files: windowFiles,
    hasUnsavedChanges,
    reload: () => configuration.load(),
  };
}

function qwenCodeSettings({ qwenFolder, configuration }: OpenedSession, storage: Uri): OwnQwenSettings {
  return {
    file: path.join(qwenFolder, 'settings.json'),
    files: windowFiles,
    storage: storage.fsPath,
    reload: () => configuration.load(),
  };
}

/** What the gateway says of an error to a program, for the person who reads it there. */
function describe(error: unknown): string {
  const problem = problemOf(error, { during: 'test' });
  return problem ? textWithWayOut(problem) : l10n.t('It was called off.');
}
