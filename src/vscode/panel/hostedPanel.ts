import type { Disposable, Uri, WebviewPanel } from 'vscode';
import type { Settings } from '../../core/config/settings';
import { Cancelled } from '../../core/base/errors';
import type { UserAgent } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import { type Draft, panelView } from '../../core/views/panelView';
import type { PageId } from '../../shared/providersMessages';
import type { PanelState, ToPanel } from '../../shared/messages';
import { describeError, type OutputLog } from '../platform/log';
import { createHostedProvidersPage, type HostedProvidersPage, type HostedProvidersPageParts } from './providersPage';
import { panelHtml } from './panelHtml';
import { createPanelHandler, type PanelCommandParts } from './panelHandler';
import { readPanelMessage } from './panelMessages';
import type { ShownLimits } from '../status/statusBar';
import type { TerminalEnvironment } from '../terminal/terminalEnvironment';
import { createUsagePage, type UsagePage, type UsagePageParts } from './usagePage';

/** Answers stream in faster than a screen can show; one message a frame or two is enough. */
const FRAME_MS = 30;
/** How often what is said of the age of things is put right. */
const AGE_MS = 60_000;

/** What the panel needs to show the state and to do what it is asked. */
export interface HostedPanelParts {
  readonly session: Session;
  readonly settings: Settings;
  readonly browser: UserAgent;
  readonly providersPage: HostedProvidersPageParts;
  readonly limits: ShownLimits;
  readonly usage: UsagePageParts;
  readonly terminal: Pick<TerminalEnvironment, 'view' | 'onDidChange'>;
  readonly log: OutputLog;
  /** What is done by commands, which say what came of it. */
  readonly commands: PanelCommandParts;
}

/** A webview panel with our page in it. */
export interface HostedPanel extends Disposable {
  readonly page: PageId;
  /** Turns to that page. */
  show(page: PageId): void;
}

/** What the panel shows beside what is known of the session. */
interface Shown {
  page: PageId;
  draft: Draft | undefined;
  pasteError: PanelState['pasteError'];
}

/** Fills a webview panel, beginning with that page, for as long as it is there. */
export function hostPanel(panel: WebviewPanel, extensionUri: Uri, page: PageId, parts: HostedPanelParts): HostedPanel {
  const { session, limits, terminal, log } = parts;
  const { webview } = panel;
  const shown: Shown = { page, draft: undefined, pasteError: undefined };
  let closed = false;
  let due: ReturnType<typeof setTimeout> | undefined;
  const post = (): void => {
    due = undefined;
    const message: ToPanel = { type: 'state', state: stateOf(shown, parts, providersPage, usage) };
    void webview.postMessage(message);
  };
  const schedule = (): void => {
    due ??= setTimeout(post, FRAME_MS);
  };
  const show = (change: Partial<Shown>): void => {
    Object.assign(shown, change);
    usage.follow(shown.page === 'usage');
    schedule();
  };
  const turn = (next: PageId): void => show({ page: next });
  const providersPage = createHostedProvidersPage(parts.providersPage, turn, schedule);
  const usage = createUsagePage(parts.usage, parts.commands, schedule);
  usage.follow(page === 'usage');
  const isSeen = (): boolean => !closed && panel.visible;
  const aging = setInterval(() => isSeen() && schedule(), AGE_MS);
  const handle = createPanelHandler({
    ...parts,
    providersPage,
    usage,
    setDraft: (draft) => show({ draft }),
    refusePasted: (text) => {
      if (text !== undefined) show({ pasteError: { serial: (shown.pasteError?.serial ?? 0) + 1, text } });
    },
  });
  const subscriptions = [
    providersPage,
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
      await handle(message).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log.error(describeError(error));
      });
    }),
  ];
  webview.html = panelHtml(webview, extensionUri);
  return {
    get page() {
      return shown.page;
    },
    show: turn,
    dispose: () => {
      closed = true;
      clearTimeout(due);
      clearInterval(aging);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** A page that is not shown is not worked out. */
function stateOf(
  { page, draft, pasteError }: Shown,
  { session, settings, limits, terminal }: HostedPanelParts,
  providersPage: HostedProvidersPage,
  usage: UsagePage,
): PanelState {
  const shownLimits = limits.view();
  const keyForm = providersPage.keyForm();
  return {
    ...panelView(session.snapshot, settings, draft),
    ...(shownLimits && { limits: shownLimits }),
    ...(page === 'providers' && { providersPage: providersPage.view() }),
    ...(page === 'usage' && { usage: usage.view() }),
    ...(keyForm && { keyForm }),
    terminal: terminal.view(),
    ...(pasteError && { pasteError }),
  };
}
