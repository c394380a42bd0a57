import { randomBytes } from 'node:crypto';
import {
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
import type { UserAgent } from '../core/ports';
import type { Session } from '../core/session/session';
import { type Draft, panelView } from '../core/views/panelView';
import type { PageId } from '../shared/manageMessages';
import type { PanelState, ToPanel } from '../shared/messages';
import { describeError, type OutputLog } from './log';
import { readPage } from './manageMessages';
import { createManagePage, type ManagePageParts } from './managePage';
import { createPanelHandler } from './panelHandler';
import { readPanelMessage } from './panelMessages';
import type { ShownLimits } from './statusBar';
import { createUsagePage, type UsagePageParts } from './usagePage';
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
  const handle = createPanelHandler({
    ...parts,
    manage,
    usage,
    isSeen,
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
