import type { Method } from '../../core/base/method';
import { commands } from 'vscode';
import { findProvider } from '../../core/providers/catalogue';
import type { UserAgent } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import type { SignedIn } from '../../core/signIn/signIn';
import type { Draft } from '../../core/views/panelView';
import { problemOf } from '../../core/views/problem';
import type { PanelMessage } from './panelMessages';
import { currentStep } from '../signIn/currentStep';
import { showFailedSignIn } from '../signIn/failedSignIn';
import { runIntent } from '../answers/intents';
import { isManageIntent } from './providersMessages';
import type { ManagePage } from './providersPage';
import { showProblem } from '../answers/notifications';
import { agreeToOtherRegions, askOtherModel } from '../signIn/otherRegions';
import { takePasted } from '../signIn/pastedRedirect';
import { saySignedIn } from '../signIn/signInOutcome';
import { isUsageIntent } from './usageMessages';
import type { UsagePage } from './usagePage';

type Request = Exclude<PanelMessage, { readonly type: 'ready' }>;

/** What the panel's requests are done with. */
export interface PanelHandlerParts {
  readonly session: Session;
  readonly browser: UserAgent;
  readonly manage: ManagePage;
  readonly usage: UsagePage;
  /** Whether the page to sign in on is in front of somebody. */
  readonly isSeen: () => boolean;
  readonly setDraft: (draft: Draft) => void;
  /** Shows why what was pasted does not end the sign-in; undefined where it does. */
  readonly refusePasted: (why: string | undefined) => void;
}

/** Does what the panel asks for. The handler throws what that throws. */
export function createPanelHandler(parts: PanelHandlerParts): (message: Request) => Promise<void> {
  const { session, browser, manage, usage, isSeen, setDraft, refusePasted } = parts;
  return async (message) => {
    if (isManageIntent(message)) return await manage.handle(message);
    if (isUsageIntent(message)) return await usage.handle(message);
    switch (message.type) {
      case 'signIn': {
        const { type: _, ...request } = message;
        return await signIn(session, request.method, () => session.signIns.signIn(request), isSeen);
      }
      case 'checkOtherRegions':
        if (await agreeToOtherRegions(session)) await session.signIns.checkOtherRegions();
        return;
      case 'sendKey':
        return await signIn(session, 'api-key', () => session.signIns.sendKey(message.to), isSeen);
      case 'enterModel': {
        const work = async () => await session.signIns.sendKey('here', await askOtherModel(session));
        return await signIn(session, 'api-key', work, isSeen);
      }
      case 'cancelSignIn':
        return session.signIns.cancel();
      case 'openVerificationPage':
        return await session.signIns.openPage();
      case 'copyVerificationPage': {
        const step = currentStep(session);
        if (step?.kind === 'redirect') await browser.copy(step.url);
        return;
      }
      case 'pasteRedirect':
        return refusePasted(takePasted(session, message.text));
      case 'signOut':
        // By the command, which says what was forgotten.
        await commands.executeCommand('qwen.signOut', { account: message.account });
        return;
      case 'switchModel':
        // By the command, which says why it could not be.
        await commands.executeCommand('qwen.switchModel', { id: message.id, baseUrl: message.baseUrl });
        return;
      case 'testConnection':
        await session.testConnection();
        return;
      case 'refreshModels':
        return await refreshModels(session);
      case 'draft':
        return setDraft(message);
      case 'openConsole':
      case 'openDocs': {
        const { regions } = findProvider(message.provider) ?? { regions: [] };
        const region = regions.find(({ id }) => id === (message.region ?? '')) ?? regions[0];
        const page = message.type === 'openConsole' ? region?.consoleUrl : region?.docsUrl;
        if (page) await browser.open(page);
        return;
      }
      case 'useInTerminal':
        // What it means is asked about where it is turned on.
        await commands.executeCommand('qwen.useInTerminal', ...(message.on ? [] : [{ on: false }]));
        return;
      case 'useInChat':
      case 'openQwenCode':
        await commands.executeCommand(`qwen.${message.type}`);
        return;
      case 'chooseModel':
      case 'allowWorkspace':
      case 'openSettings':
      case 'writeQwenCodeSettings':
      case 'setLogLevel':
      case 'showLog':
        await runIntent(message, session);
    }
  };
}

/** A sign-in may outlive the panel that it began in; then, and where a key could not be verified, it is said aloud. */
async function signIn(
  session: Session,
  method: Method,
  work: () => Promise<SignedIn>,
  isSeen: () => boolean,
): Promise<void> {
  try {
    const signedIn = await work();
    const isPlain =
      signedIn.check.kind === 'accepted' &&
      !signedIn.replaced &&
      session.snapshot.selected?.baseUrl === signedIn.account.baseUrl;
    if (!isPlain || !isSeen()) void saySignedIn(signedIn, session);
  } catch (error) {
    if (!isSeen()) void showFailedSignIn(error, method, session);
    throw error;
  }
}

/** The lists that could be had are shown; the panel has no place for why one could not. */
async function refreshModels(session: Session): Promise<void> {
  const { snapshot } = session;
  try {
    await session.refreshModels();
  } catch (error) {
    const problem = problemOf(error, { during: 'test' });
    if (problem) void showProblem(problem, (intent) => runIntent(intent, session, snapshot));
    throw error;
  }
}
