import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Disposable, env, l10n, type Uri, type WebviewPanel, type WebviewView } from 'vscode';
import type { Settings } from '../../core/config/settings';
import { Cancelled } from '../../core/base/errors';
import type { Event } from '../../core/base/events';
import type { Fetch, UserAgent } from '../../core/base/ports';
import type { Session } from '../../core/session/session';
import { KeptModelList } from '../../core/views/modelListView';
import { type Draft, panelView } from '../../core/views/panelView';
import { stateChanges } from './stateChanges';
import type { PageId } from '../../shared/providersMessages';
import type { ChatView, PanelState, ToPanel } from '../../shared/messages';
import { describeError, type OutputLog } from '../platform/log';
import { HostedProvidersPage, type HostedProvidersPageParts } from './providersPage';
import { LocalServers } from './localServers';
import { panelHtml } from './panelHtml';
import { handlePanelMessage, type PanelCommandParts, type PanelHandlerParts } from './panelHandler';
import { readPanelMessage } from './panelMessages';
import type { ShownLimits } from '../status/shownLimits';
import type { TerminalEnvironment } from '../terminal/terminalEnvironment';
import { UsagePage, type UsagePageParts } from './usagePage';

/** Answers stream in faster than a screen can show; one message a frame or two is enough. */
const FRAME_MS = 30;
/** How often what is said of the age of things is put right. */
const AGE_MS = 60_000;

/** Where a page is shown: in the editor area or in the side bar. */
type PageHost = Pick<WebviewPanel | WebviewView, 'webview' | 'visible'>;

/** What a page needs to show the state and to do what it is asked. */
export interface HostedPanelParts {
  readonly session: Session;
  readonly settings: Settings;
  readonly browser: UserAgent;
  readonly fetch: Fetch;
  readonly providersPage: Omit<HostedProvidersPageParts, 'commands'>;
  readonly limits: ShownLimits;
  readonly usage: UsagePageParts;
  readonly terminal: Pick<TerminalEnvironment, 'view' | 'onDidChange'>;
  /** The way to VS Code's chat. */
  readonly chat: { readonly view: () => ChatView; readonly onDidChange: Event<unknown> };
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

/** Our page, for as long as what it is shown in is there. */
export class HostedPanel implements Disposable {
  readonly #panel: PageHost;
  readonly #parts: HostedPanelParts;
  readonly #shown: Shown;
  readonly #providersPage: HostedProvidersPage;
  readonly #usage: UsagePage;
  readonly #localServers: LocalServers;
  readonly #subscriptions: readonly Disposable[];
  readonly #aging: ReturnType<typeof setInterval>;
  readonly #models = new KeptModelList();
  /** The models that were in use last when the page was turned to: none changes its place while somebody chooses. */
  #recent: Session['recentModels'];
  /** The state that the page has; undefined before it is loaded. */
  #posted: PanelState | undefined;
  #isReady = false;
  #isClosed = false;
  /** The account that was in use last. */
  #account: string | undefined;
  #due: ReturnType<typeof setTimeout> | undefined;

  /** Fills it, beginning with that page. */
  constructor(panel: PageHost, extensionUri: Uri, page: PageId, parts: HostedPanelParts) {
    this.#panel = panel;
    // The page runs its own script, and loads no file.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.#parts = parts;
    this.#shown = { page, draft: undefined, pasteError: undefined };
    const schedule = (): void => this.#schedule();
    this.#account = parts.session.snapshot.credential?.account?.id;
    this.#recent = parts.session.recentModels;
    this.#providersPage = new HostedProvidersPage(
      { ...parts.providersPage, commands: parts.commands },
      (next) => this.show(next),
      schedule,
    );
    this.#usage = new UsagePage(parts.usage, parts.commands, schedule);
    this.#localServers = new LocalServers(parts.fetch, parts.settings, schedule);
    this.#usage.follow(page === 'usage');
    this.#aging = setInterval(() => panel.visible && schedule(), AGE_MS);
    this.#subscriptions = [
      this.#providersPage,
      this.#usage,
      this.#localServers,
      parts.session.onDidChange(schedule),
      parts.session.onDidChange(() => this.#followAccount()),
      parts.limits.onDidChange(schedule),
      parts.terminal.onDidChange(schedule),
      parts.chat.onDidChange(schedule),
      this.#listen(),
    ];
    void this.#load(extensionUri.fsPath);
  }

  /** The page that is shown. */
  get page(): PageId {
    return this.#shown.page;
  }

  /** Turns to that page, as the person wants it. */
  show(page: PageId): void {
    this.#recent = this.#parts.session.recentModels;
    this.#change({ page });
    this.look();
  }

  /** To be called when the person has brought the page into view: they want to know what is left. */
  look(): void {
    if (this.#shown.page !== 'providers') this.#parts.limits.look();
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#due);
    clearInterval(this.#aging);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Fills the page, with the state of the moment in it. */
  async #load(extensionFolder: string): Promise<void> {
    const read = async (name: string): Promise<string> =>
      await readFile(path.join(extensionFolder, 'dist', name), 'utf8');
    const [script, style] = await Promise.all([read('webview.js'), read('webview.css')]);
    if (this.#isClosed) return;
    const state = this.#state();
    this.#posted = state;
    this.#panel.webview.html = panelHtml({
      script,
      style,
      message: { type: 'state', state },
      language: env.language,
      sentences: l10n.bundle,
    });
  }

  /** The page is loaded: with the state that is in it, or, where VS Code has made it once more, with an old one. */
  #begin(): void {
    void this.#parts.session.discovery.refresh('due').catch(() => undefined);
    if (this.#isReady) this.#postState();
    else this.#postChanges();
    this.#isReady = true;
  }

  /** Whoever has switched to another account wants to see what is left of it. */
  #followAccount(): void {
    const { credential } = this.#parts.session.snapshot;
    const account = credential?.account?.id ?? this.#account;
    const isOther = this.#account !== undefined && account !== this.#account;
    this.#account = account;
    if (isOther && this.#panel.visible) this.look();
  }

  /** Does what the page asks for. */
  #listen(): Disposable {
    const { limits, log } = this.#parts;
    const parts: PanelHandlerParts = {
      ...this.#parts,
      providersPage: this.#providersPage,
      usage: this.#usage,
      localServers: this.#localServers,
      setDraft: (draft) => this.#change({ draft }),
      refusePasted: (text) => this.#refusePasted(text),
    };
    return this.#panel.webview.onDidReceiveMessage(async (received: unknown) => {
      const message = readPanelMessage(received);
      if (!message) return log.error('The panel sent a message that is not known.');
      if (message.type === 'ready') return this.#begin();
      // What fails is part of the state, so the panel shows it; the log keeps the causes.
      await handlePanelMessage(parts, message).catch((error: unknown) => {
        if (!(error instanceof Cancelled)) log.error(describeError(error));
      });
      if (message.type === 'signIn') limits.look();
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

  /** What ends after the panel was closed shows nothing more, and a page that loads tells when it is ready. */
  #schedule(): void {
    if (!this.#isClosed && this.#isReady) this.#due ??= setTimeout(() => this.#postChanges(), FRAME_MS);
  }

  #postState(): void {
    const state = this.#state();
    this.#posted = state;
    this.#post({ type: 'state', state });
  }

  #postChanges(): void {
    this.#due = undefined;
    if (!this.#posted) return;
    const state = this.#state();
    const changes = stateChanges(this.#posted, state);
    this.#posted = state;
    if (Object.keys(changes.changed).length + changes.gone.length > 0 || changes.models)
      this.#post({ type: 'changes', ...changes });
  }

  #post(message: ToPanel): void {
    void this.#panel.webview.postMessage(message);
  }

  /** A page that is not shown is not worked out. */
  #state(): PanelState {
    const { session, settings, limits, terminal, chat } = this.#parts;
    const { page, draft, pasteError } = this.#shown;
    const shownLimits = limits.view();
    const { keyForm } = this.#providersPage;
    const { found } = this.#localServers;
    return {
      ...panelView(session.snapshot, settings, draft, this.#models.of(session.snapshot)),
      recentModels: this.#recent,
      ...(session.snapshot.selected && { chat: chat.view() }),
      ...(found && { localServers: found }),
      ...(shownLimits && { limits: shownLimits }),
      ...(page === 'providers' && { providersPage: this.#providersPage.view() }),
      ...(page === 'usage' && { usage: this.#usage.view(), accountLimits: limits.ofAccounts() }),
      ...(keyForm && { keyForm }),
      terminal: terminal.view(),
      ...(pasteError && { pasteError }),
    };
  }
}
