import { randomBytes } from 'node:crypto';
import {
  commands,
  type Disposable,
  type ExtensionContext,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewPanel,
  window,
} from 'vscode';
import type { Settings } from '../core/config/settings';
import { isRecord } from '../core/json';
import { findProvider, type Method } from '../core/models/catalogue';
import type { UserAgent } from '../core/ports';
import type { Session } from '../core/session/session';
import type { SignedIn } from '../core/session/signIn';
import { type Draft, panelView } from '../core/views/panelView';
import { problemOf } from '../core/views/problem';
import type { PageId } from '../shared/manageMessages';
import type { PanelState, ToHost, ToPanel } from '../shared/messages';
import { currentStep } from './currentStep';
import { showFailedSignIn } from './failedSignIn';
import { runIntent } from './intents';
import { describeError, type OutputLog } from './log';
import { isManageIntent, readPage } from './manageMessages';
import { createManagePage, type ManagePage, type ManagePageParts } from './managePage';
import { showProblem } from './notifications';
import { readPanelMessage } from './panelMessages';
import { agreeToOtherRegions, askOtherModel } from './otherRegions';
import { takePasted } from './pastedRedirect';
import { saySignedIn } from './signInOutcome';
import type { ShownLimits } from './statusBar';
import { isUsageIntent } from './usageMessages';
import { createUsagePage, type UsagePage, type UsagePageParts } from './usagePage';
import type { TerminalEnvironment } from './terminalEnvironment';

const VIEW_TYPE = 'qwen.authPanel';
/** Answers stream in faster than a screen can show; one message a frame or two is enough. */
const FRAME_MS = 30;
/** How often what is said of the age of things is put right. */
const AGE_MS = 60_000;

/** What the panel needs to show the state and to do what it is asked. */
export interface AuthPanelParts {
  readonly session: Session;
  readonly settings: Settings;
  readonly browser: UserAgent;
  readonly manage: ManagePageParts;
  readonly limits: ShownLimits;
  readonly usage: UsagePageParts;
  readonly terminal: Pick<TerminalEnvironment, 'view' | 'onDidChange'>;
  readonly log: OutputLog;
}

/** The auth panel in the editor area: at most one at a time. */
export interface AuthPanel extends Disposable {
  /** Shows the panel on that page, the one to sign in on unless given. */
  show(page?: PageId): void;
  isVisible(): boolean;
}

/** Makes the panel available; it is built when it is first shown, or revived after a reload. */
export function createAuthPanel({ extensionUri }: ExtensionContext, parts: AuthPanelParts): AuthPanel {
  let open: { readonly panel: WebviewPanel; readonly host: HostedPanel } | undefined;
  const adopt = (panel: WebviewPanel, page: PageId = 'signIn'): void => {
    open?.panel.dispose();
    panel.webview.options = webviewOptions(extensionUri);
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.svg');
    const own = { panel, host: hostPanel(panel, extensionUri, page, parts) };
    open = own;
    panel.onDidDispose(() => {
      own.host.dispose();
      if (open === own) open = undefined;
    });
  };
  const serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: async (panel, state: unknown) =>
      adopt(panel, readPage(isRecord(state) ? state['page'] : undefined)),
  });
  return {
    show: (page = 'signIn') => {
      if (open) {
        open.panel.reveal();
        open.host.show(page);
      } else {
        adopt(
          window.createWebviewPanel(VIEW_TYPE, 'Qwen Auth', ViewColumn.Active, {
            ...webviewOptions(extensionUri),
            // A key that was typed but not yet saved is nowhere else.
            retainContextWhenHidden: true,
          }),
          page,
        );
      }
    },
    isVisible: () => open?.panel.visible ?? false,
    dispose: () => {
      serializer.dispose();
      open?.panel.dispose();
    },
  };
}

interface HostedPanel extends Disposable {
  show(page: PageId): void;
}

function hostPanel(panel: WebviewPanel, extensionUri: Uri, page: PageId, parts: AuthPanelParts): HostedPanel {
  const { session, settings, limits, terminal, log } = parts;
  const { webview } = panel;
  let closed = false;
  let shownPage = page;
  let draft: Draft | undefined;
  let pasteError: PanelState['pasteError'];
  let due: ReturnType<typeof setTimeout> | undefined;
  const post = (): void => {
    due = undefined;
    const shown = limits.view();
    const keyForm = manage.keyForm();
    const state: PanelState = {
      ...panelView(session.snapshot, settings, draft),
      ...(shown && { limits: shown }),
      ...(shownPage === 'providers' && { manage: manage.view() }),
      ...(shownPage === 'usage' && { usage: usage.view() }),
      ...(keyForm && { keyForm }),
      terminal: terminal.view(),
      ...(pasteError && { pasteError }),
    };
    const message: ToPanel = { type: 'state', state };
    void webview.postMessage(message);
  };
  const schedule = (): void => {
    due ??= setTimeout(post, FRAME_MS);
  };
  const turn = (next: PageId): void => {
    shownPage = next;
    usage.follow(next === 'usage');
    schedule();
  };
  const manage = createManagePage(parts.manage, turn, schedule);
  const usage = createUsagePage(parts.usage, schedule);
  usage.follow(page === 'usage');
  const isSeen = (): boolean => !closed && panel.visible;
  const aging = setInterval(() => isSeen() && schedule(), AGE_MS);
  const handle = panelHandler(parts, { manage, usage }, isSeen, {
    setDraft: (next) => {
      draft = next;
      schedule();
    },
    refusePasted: (text) => {
      if (text === undefined) return;
      pasteError = { serial: (pasteError?.serial ?? 0) + 1, text };
      schedule();
    },
  });
  const subscriptions = [
    manage,
    usage,
    session.onDidChange(schedule),
    limits.onDidChange(schedule),
    terminal.onDidChange(schedule),
    webview.onDidReceiveMessage(async (received: unknown) => {
      const message = readPanelMessage(received);
      if (!message) return log.error('The panel sent a message that is not known.');
      if (message.type === 'ready') {
        void session.refreshModels('due').catch(() => undefined);
        return post();
      }
      // What fails is part of the state, so the panel shows it; the log keeps the causes.
      await handle(message).catch((error: unknown) => log.error(describeError(error)));
    }),
  ];
  webview.html = panelHtml(webview, extensionUri);
  return {
    show: turn,
    dispose: () => {
      closed = true;
      clearTimeout(due);
      clearInterval(aging);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

type Request = Exclude<ToHost, { readonly type: 'ready' }>;

function panelHandler(
  { session, browser }: AuthPanelParts,
  { manage, usage }: { readonly manage: ManagePage; readonly usage: UsagePage },
  isSeen: () => boolean,
  {
    setDraft,
    refusePasted,
  }: { readonly setDraft: (draft: Draft) => void; readonly refusePasted: (why: string | undefined) => void },
) {
  return async (message: Request): Promise<void> => {
    if (isManageIntent(message)) return await manage.handle(message);
    if (isUsageIntent(message)) return await usage.handle(message);
    switch (message.type) {
      case 'signIn': {
        const { type: _, ...request } = message;
        return await signIn(session, request.method, () => session.signIn(request), isSeen);
      }
      case 'checkOtherRegions':
        if (await agreeToOtherRegions(session)) await session.checkOtherRegions();
        return;
      case 'sendKey':
        return await signIn(session, 'api-key', () => session.sendKey(message.to), isSeen);
      case 'enterModel': {
        const work = async () => await session.sendKey('here', await askOtherModel(session));
        return await signIn(session, 'api-key', work, isSeen);
      }
      case 'cancelSignIn':
        return session.cancelSignIn();
      case 'openVerificationPage':
        return await session.openVerificationPage();
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
        await session.switchModel(message);
        return;
      case 'testConnection':
        await session.testConnection();
        return;
      case 'useInChat':
        await commands.executeCommand('qwen.useInChat');
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
      case 'openQwenCode':
        await commands.executeCommand('qwen.openQwenCode');
        return;
      case 'chooseModel':
      case 'allowWorkspace':
      case 'openSettings':
      case 'writeQwenCodeSettings':
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
      signedIn.check.kind === 'accepted' && session.snapshot.selected?.baseUrl === signedIn.account.baseUrl;
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

function webviewOptions(extensionUri: Uri) {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] };
}

function panelHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const resource = (name: string): string => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta property="csp-nonce" content="${nonce}">
    <title>Qwen Auth</title>
    <link rel="stylesheet" nonce="${nonce}" href="${resource('webview.css')}">
  </head>
  <body>
    <main id="panel"></main>
    <script nonce="${nonce}" src="${resource('webview.js')}"></script>
  </body>
</html>`;
}
