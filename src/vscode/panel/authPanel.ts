import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { isRecord } from '../../core/base/json';
import type { PageId } from '../../shared/providersMessages';
import type { PanelView } from '../answers/answerParts';
import { HostedPanel, type HostedPanelParts } from './hostedPanel';
import { readPage } from './providersMessages';

const VIEW_TYPE = 'qwen.authPanel';

/**
 * The auth panel in the editor area: at most one at a time, first shown when somebody asks, or revived after a reload.
 */
export class AuthPanel implements PanelView, Disposable {
  readonly #extensionUri: Uri;
  readonly #parts: () => HostedPanelParts;
  readonly #serializer: Disposable;
  #open: { readonly panel: WebviewPanel; readonly host: HostedPanel } | undefined;

  /** Makes the panel available; what it works on is asked for when it is opened. */
  constructor({ extensionUri }: ExtensionContext, parts: () => HostedPanelParts) {
    this.#extensionUri = extensionUri;
    this.#parts = parts;
    this.#serializer = window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state: unknown) =>
        this.#adopt(panel, readPage(isRecord(state) ? state['page'] : undefined)),
    });
  }

  show(page: PageId = 'signIn'): void {
    if (this.#open) this.#open.panel.reveal();
    else this.#create(page);
    this.#open?.host.show(page);
  }

  isVisible(page: PageId): boolean {
    return this.#open?.panel.visible === true && this.#open.host.page === page;
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.panel.dispose();
  }

  #create(page: PageId): void {
    const panel = window.createWebviewPanel(VIEW_TYPE, 'Qwen Auth', ViewColumn.Active, {
      // A key that was typed but not yet saved is nowhere else.
      retainContextWhenHidden: true,
    });
    this.#adopt(panel, page);
  }

  #adopt(panel: WebviewPanel, page: PageId = 'signIn'): void {
    this.#open?.panel.dispose();
    panel.iconPath = Uri.joinPath(this.#extensionUri, 'media', 'icon.svg');
    const own = { panel, host: new HostedPanel(panel, this.#extensionUri, page, this.#parts()) };
    this.#open = own;
    panel.onDidDispose(() => {
      own.host.dispose();
      if (this.#open === own) this.#open = undefined;
    });
  }
}
