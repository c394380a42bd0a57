import { type Disposable, type ExtensionContext, type Uri, type WebviewView, window } from 'vscode';
import { isRecord } from '../../core/base/json';
import type { PageId } from '../../shared/providersMessages';
import { HostedPanel, type HostedPanelParts } from './hostedPanel';
import { readPage } from './providersMessages';

const VIEW_ID = 'qwen.home';

/** The same pages in the side bar. Nothing is loaded before somebody opens the view. */
export class SideBarView implements Disposable {
  readonly #extensionUri: Uri;
  readonly #parts: () => HostedPanelParts;
  readonly #registration: Disposable;
  #open: { readonly view: WebviewView; readonly host: HostedPanel } | undefined;

  /** Makes the view available; what it works on is asked for when it is opened. */
  constructor({ extensionUri }: ExtensionContext, parts: () => HostedPanelParts) {
    this.#extensionUri = extensionUri;
    this.#parts = parts;
    // A key that was typed but not yet saved is nowhere else.
    const webviewOptions = { retainContextWhenHidden: true };
    this.#registration = window.registerWebviewViewProvider(
      VIEW_ID,
      {
        resolveWebviewView: (view, { state }) =>
          this.#adopt(view, readPage(isRecord(state) ? state['page'] : undefined)),
      },
      { webviewOptions },
    );
  }

  /** Whether that page is in view. */
  isVisible(page: PageId): boolean {
    return this.#open?.view.visible === true && this.#open.host.page === page;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#open?.host.dispose();
  }

  #adopt(view: WebviewView, page: PageId = 'signIn'): void {
    const parts = this.#parts();
    const own = { view, host: new HostedPanel(view, this.#extensionUri, page, parts) };
    this.#open = own;
    // Where the window begins with the view in it, nobody has just opened it.
    if (parts.session.snapshot.loaded) own.host.look();
    view.onDidChangeVisibility(() => view.visible && own.host.look());
    view.onDidDispose(() => {
      own.host.dispose();
      if (this.#open === own) this.#open = undefined;
    });
  }
}
