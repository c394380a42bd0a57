import type { Disposable, Uri, WebviewPanel } from 'vscode';
import type { Settings } from '../../core/config/settings';
import { Cancelled } from '../../core/base/errors';
import type { UserAgent } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import { type Draft, panelView } from '../../core/views/panelView';
import type { PageId } from '../../shared/providersMessages';
import type { PanelState, ToPanel } from '../../shared/messages';
import { describeError, type OutputLog } from '../platform/log';
import { HostedProvidersPage, type HostedProvidersPageParts } from './providersPage';
import { panelHtml } from './panelHtml';
import { createPanelHandler, type PanelCommandParts } from './panelHandler';
import { readPanelMessage } from './panelMessages';
import type { ShownLimits } from '../status/statusBar';
import type { TerminalEnvironment } from '../terminal/terminalEnvironment';
import { UsagePage, type UsagePageParts } from './usagePage';

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

/** What the panel shows beside what is known of the session. */
interface Shown {
  page: PageId;
  draft: Draft | undefined;
  pasteError: PanelState['pasteError'];
}

/** A webview panel with our page in it, for as long as the panel is there. */
export class HostedPanel implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #parts: HostedPanelParts;
  readonly #shown: Shown;
  readonly #providersPage: HostedProvidersPage;
  readonly #usage: UsagePage;
  readonly #subscriptions: readonly Disposable[];
  readonly #aging: ReturnType<typeof setInterval>;
  #isClosed = false;
  #due: ReturnType<typeof setTimeout> | undefined;

  /** Fills a webview panel, beginning with that page. */
  constructor(panel: WebviewPanel, extensionUri: Uri, page: PageId, parts: HostedPanelParts) {
    this.#panel = panel;
    this.#parts = parts;
    this.#shown = { page, draft: undefined, pasteError: undefined };
    const schedule = (): void => this.#schedule();
    this.#providersPage = new HostedProvidersPage(parts.providersPage, (next) => this.show(next), schedule);
    this.#usage = new UsagePage(parts.usage, parts.commands, schedule);
    this.#usage.follow(page === 'usage');
    this.#aging = setInterval(() => panel.visible && schedule(), AGE_MS);
    this.#subscriptions = [
      this.#providersPage,
      this.#usage,
      parts.session.onDidChange(schedule),
      parts.limits.onDidChange(schedule),
      parts.terminal.onDidChange(schedule),
      this.#listen(),
    ];
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  /** The page that is shown. */
  get page(): PageId {
    return this.#shown.page;
  }

  /** Turns to that page. */
  show(page: PageId): void {
    this.#change({ page });
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#due);
    clearInterval(this.#aging);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Does what the page asks for. */
  #listen(): Disposable {
    const { session, log } = this.#parts;
    const handle = createPanelHandler({
      ...this.#parts,
      providersPage: this.#providersPage,
      usage: this.#usage,
      setDraft: (draft) => this.#change({ draft }),
      refusePasted: (text) => this.#refusePasted(text),
    });
    return this.#panel.webview.onDidReceiveMessage(async (received: unknown) => {
      const message = readPanelMessage(received);
      if (!message) return log.error('The panel sent a message that is not known.');
      if (message.type === 'ready') {
        void session.refreshModels('due').catch(() => undefined);
        return this.#post();
      }
      // What fails is part of the state, so the panel shows it; the log keeps the causes.
      await handle(message).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log.error(describeError(error));
      });
    });
  }

  #refusePasted(text: string | undefined): void {
    if (text === undefined) return;
    this.#change({ pasteError: { serial: (this.#shown.pasteError?.serial ?? 0) + 1, text } });
  }

  #change(change: Partial<Shown>): void {
    Object.assign(this.#shown, change);
    this.#usage.follow(this.#shown.page === 'usage');
    this.#schedule();
  }

  /** What ends after the panel was closed shows nothing more. */
  #schedule(): void {
    if (!this.#isClosed) this.#due ??= setTimeout(() => this.#post(), FRAME_MS);
  }

  #post(): void {
    this.#due = undefined;
    const state = stateOf(this.#shown, this.#parts, this.#providersPage, this.#usage);
    const message: ToPanel = { type: 'state', state };
    void this.#panel.webview.postMessage(message);
  }
}

/** A page that is not shown is not worked out. */
function stateOf(
  { page, draft, pasteError }: Shown,
  { session, settings, limits, terminal }: HostedPanelParts,
  providersPage: HostedProvidersPage,
  usage: UsagePage,
): PanelState {
  const shownLimits = limits.view();
  const { keyForm } = providersPage;
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
