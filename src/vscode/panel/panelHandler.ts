import { commands as editor } from 'vscode';
import { findProvider } from '../../core/providers/catalogue';
import type { UserAgent } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import type { Draft } from '../../core/views/panelView';
import { answer } from '../answers/answer';
import type { ExplainDocument } from '../status/explainDocument';
import { chooseFolder, type FolderParts } from '../status/folderPicker';
import { useInChat, type UseInChatParts } from '../chat/chatSetupCommand';
import { switchModel } from '../models/modelCommands';
import type { PickerParts } from '../models/modelPicker';
import { configure } from '../signIn/configureFromText';
import { signInStep } from '../signIn/signInStep';
import { signInAtServer } from '../signIn/otherServer';
import { submitPasted } from '../signIn/pastedRedirect';
import { signInWith, type SignInParts } from '../signIn/signInCommand';
import { signOutOf } from '../signIn/signOutCommand';
import { openQwenCode, type TerminalCommandParts, useInTerminal } from '../terminal/terminalCommands';
import type { UsageParts } from '../usage/usageCommands';
import type { PanelMessage } from './panelMessages';
import { isProvidersIntent } from './providersMessages';
import type { LocalServers } from './localServers';
import type { HostedProvidersPage } from './providersPage';
import { isUsageIntent } from './usageMessages';
import type { UsagePage } from './usagePage';

/** What the commands that the panel runs work on. */
export type PanelCommandParts = PickerParts &
  SignInParts &
  UseInChatParts &
  TerminalCommandParts &
  UsageParts & { readonly folders: FolderParts; readonly explanation: ExplainDocument };

type Request = Exclude<PanelMessage, { readonly type: 'ready' }>;

type SignInIntent = Extract<
  Request,
  {
    readonly type:
      | 'signIn'
      | 'signInAtServer'
      | 'cancelSignIn'
      | 'openVerificationPage'
      | 'copyVerificationPage'
      | 'pasteRedirect'
      | 'signOut'
      | 'tryAgain';
  }
>;

/** What the panel's requests are done with. */
export interface PanelHandlerParts {
  readonly session: Session;
  readonly browser: UserAgent;
  readonly providersPage: HostedProvidersPage;
  readonly usage: UsagePage;
  readonly localServers: LocalServers;
  readonly commands: PanelCommandParts;
  readonly setDraft: (draft: Draft) => void;
  /** Shows why what was pasted does not end the sign-in; undefined where it does. */
  readonly refusePasted: (why: string | undefined) => void;
}

/** Does what the panel asks for. Throws what that throws. */
export async function handlePanelMessage(parts: PanelHandlerParts, message: Request): Promise<void> {
  const { session, browser, providersPage, usage, localServers, commands, setDraft } = parts;
  if (isProvidersIntent(message)) return await providersPage.handle(message);
  if (isUsageIntent(message)) return await usage.handle(message);
  switch (message.type) {
    case 'signIn':
    case 'signInAtServer':
    case 'cancelSignIn':
    case 'openVerificationPage':
    case 'copyVerificationPage':
    case 'pasteRedirect':
    case 'signOut':
    case 'tryAgain':
      return await handleSignIn(parts, message);
    case 'switchModel':
      return void (await switchModel(commands, { id: message.id, baseUrl: message.baseUrl }));
    case 'testConnection':
      return void (await session.testConnection());
    case 'refreshModels':
      return void (await refreshModels(commands));
    case 'draft':
      return setDraft(message);
    case 'openConsole':
    case 'openDocs': {
      const page = pageOf(message);
      if (page) await browser.open(page);
      return;
    }
    case 'useInTerminal':
      // What it means is asked about where it is turned on.
      return void (await useInTerminal(commands, message.on ? undefined : { on: false }));
    case 'chooseFolder':
      return await chooseFolder(commands.folders);
    case 'useInChat':
      return void (await useInChat(commands));
    case 'manageTrust':
      return void (await editor.executeCommand('workbench.trust.manage'));
    case 'findLocalServers':
      return await localServers.find();
    case 'configureFromText':
      return void (await configure(commands, undefined));
    case 'explain':
      return void (await commands.explanation.open(undefined));
    case 'openQwenCode':
      return void (await openQwenCode(commands));
    case 'checkOtherRegions':
    case 'sendKey':
    case 'enterModel':
    case 'chooseModel':
    case 'choosePlan':
    case 'allowWorkspace':
    case 'openSettings':
    case 'writeQwenCodeSettings':
    case 'setLogLevel':
    case 'showLog':
    case 'copyDiagnostics':
      await commands.act(message);
  }
}

/** Does what is asked of a sign-in that is under way, or is to begin or to end. */
async function handleSignIn(parts: PanelHandlerParts, message: SignInIntent): Promise<void> {
  const { session, browser, commands, refusePasted } = parts;
  switch (message.type) {
    case 'signIn': {
      const { type: _, ...request } = message;
      return void (await signInWith(commands, request));
    }
    case 'signInAtServer':
      return await signInAtServer(commands, message);
    case 'cancelSignIn':
      return session.signIns.cancel();
    case 'openVerificationPage':
      return await session.signIns.openPage();
    case 'copyVerificationPage':
      return await copyPage(session, browser);
    case 'pasteRedirect':
      return refusePasted(submitPasted(session, message.text));
    case 'signOut':
      return void (await signOutOf(commands, message.account));
    case 'tryAgain':
      return void (await checkAgain(commands, message.account));
  }
}

async function copyPage(session: Session, browser: UserAgent): Promise<void> {
  const step = signInStep(session);
  if (step?.kind === 'redirect') await browser.copy(step.url);
}

/** The page of a provider on which a key can be had, or that explains it; of its first region unless one is named. */
function pageOf(wanted: Extract<Request, { readonly type: 'openConsole' | 'openDocs' }>): string | undefined {
  const { regions } = findProvider(wanted.provider) ?? { regions: [] };
  const region = regions.find(({ id }) => id === (wanted.region ?? '')) ?? regions[0];
  return wanted.type === 'openConsole' ? region?.consoleUrl : region?.docsUrl;
}

/** What comes of it stands in the row of the account; why it did not go well is said beside. */
async function checkAgain(parts: PanelCommandParts, account: string): Promise<unknown> {
  return await answer(parts, { during: 'test' }, async () => {
    await parts.session.checkAgain(account, new AbortController().signal);
    return {};
  });
}

/** The lists that could be had are shown; the panel has no place for why one could not. */
async function refreshModels(parts: PanelCommandParts): Promise<unknown> {
  return await answer(parts, { during: 'test' }, async () => {
    await parts.session.discovery.refresh();
    return {};
  });
}
